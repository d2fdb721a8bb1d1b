package io.omnitls.cli;

import io.omnitls.forge.issue.CertificateDraft;
import io.omnitls.forge.issue.IssuedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for a server without a certificate of its own: one that nobody but its own key has signed. */
final class SelfSigned {
    @Option(
            names = "--self-signed",
            description = {
                "Serve with a new certificate for localhost, this machine's name and its addresses, valid for a day,",
                "instead of --cert. Clients trust it by the text that is printed."
            })
    private boolean wanted;

    @Option(
            names = "--names",
            paramLabel = "LIST",
            split = ",",
            description = "The host names and addresses of --self-signed, in the place of this machine's.")
    private @Nullable List<String> names;

    @Option(
            names = "--cert-out",
            paramLabel = "F",
            description = "Write the certificate of --self-signed to this file.")
    private @Nullable Path file;

    /** A new certificate, where one is asked for. */
    Optional<IssuedCertificate> certificate() {
        if (!wanted && (file != null || names != null)) {
            throw new IllegalArgumentException((file != null ? "--cert-out" : "--names") + " goes with --self-signed");
        }
        if (!wanted) {
            return Optional.empty();
        }
        Instant now = Instant.now();
        return Optional.of(CertificateDraft.server(names == null ? namesOfMachine() : names)
                .valid(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)))
                .selfSigned());
    }

    /** Writes the certificate to where it was asked for. */
    void write(IssuedCertificate certificate) throws IOException {
        if (file != null) {
            try {
                Files.writeString(file, certificate.certificatePem());
            } catch (IOException e) {
                throw new IOException("--cert-out: " + Failures.unwritable(file, e), e);
            }
        }
    }

    /** Says how a client comes to trust the certificate. */
    void explain(IssuedCertificate certificate, int port, ServerLog log) {
        String how = ": tls connect localhost:" + port + " --cafile ";
        if (file != null) {
            log.note("clients trust it by this file" + how + file);
        } else {
            log.certificate("clients trust it by this text in a file" + how + "FILE", certificate.certificatePem());
        }
    }

    private static List<String> namesOfMachine() {
        List<String> all = new ArrayList<>(List.of("localhost"));
        nameOfMachine().ifPresent(all::add);
        all.addAll(addresses());
        return all;
    }

    private static Optional<String> nameOfMachine() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            CertificateDraft.server(List.of(name));
            return Optional.of(name);
        } catch (UnknownHostException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Those of loopback first: they are there even where no network is up. */
    private static Set<String> addresses() {
        Set<String> addresses = new LinkedHashSet<>(List.of("127.0.0.1", "::1"));
        try {
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                network.inetAddresses().map(SelfSigned::withoutScope).forEach(addresses::add);
            }
        } catch (SocketException unknown) {
            // Loopback's are known.
        }
        addresses.remove("0:0:0:0:0:0:0:1"); // as the JDK writes ::1
        return addresses;
    }

    /** A scope ({@code %eth0}) means something on this machine alone. */
    private static String withoutScope(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
