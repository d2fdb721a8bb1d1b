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

/** A certificate for this machine that nobody but its own key has signed. */
final class SelfSigned {
    private SelfSigned() {}

    static IssuedCertificate create() {
        Instant now = Instant.now();
        List<String> names = new ArrayList<>(List.of("localhost"));
        nameOfMachine().ifPresent(names::add);
        names.addAll(addresses());
        return CertificateDraft.server(names)
                .valid(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)))
                .selfSigned();
    }

    /** Says how a client comes to trust the certificate. */
    static void explain(IssuedCertificate certificate, Optional<Path> file, int port, ServerLog log)
            throws IOException {
        String how = ": tls connect localhost:" + port + " --cafile ";
        if (file.isPresent()) {
            Files.writeString(file.get(), certificate.certificatePem());
            log.note("clients trust it by this file" + how + file.get());
        } else {
            log.certificate("clients trust it by this text in a file" + how + "FILE", certificate.certificatePem());
        }
    }

    private static Optional<String> nameOfMachine() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            CertificateDraft.server(List.of(name));
            return name.equals("localhost") ? Optional.empty() : Optional.of(name);
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
