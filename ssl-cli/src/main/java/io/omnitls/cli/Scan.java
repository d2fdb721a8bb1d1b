package io.omnitls.cli;

import io.omnitls.ClientContext;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.spi.TlsProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What one provider can find out about a server, as steps that can be done at the same time: first which versions and
 * suites it takes, then which groups, application protocols and certificates it has besides.
 */
final class Scan {
    private static final String ALL_SUITES = "ALL:COMPLEMENTOFALL:@SECLEVEL=0";

    /** Schemes that sign with one kind of key alone. */
    private static final List<String> KINDS_OF_SIGNATURE =
            List.of("rsa_pss_rsae_", "ecdsa_", "ed25519", "rsa_pss_pss_");

    private final TlsProvider provider;
    private final Probe probe;
    private final ScanFindings findings;
    private final List<String> protocols;

    Scan(TlsProvider provider, Probe probe, ScanFindings findings, List<String> protocols) {
        this.provider = provider;
        this.probe = probe;
        this.findings = findings;
        this.protocols = protocols;
    }

    /** A step for each version. */
    List<Callable<Void>> versions() {
        List<Callable<Void>> steps = new ArrayList<>();
        for (TlsVersion version : provider.capabilities().versions()) {
            steps.add(() -> {
                suites(version);
                return null;
            });
        }
        return steps;
    }

    /** Steps that know which versions there are. */
    List<Callable<Void>> details() {
        List<Callable<Void>> steps = new ArrayList<>();
        for (NamedGroup group : provider.capabilities().groups()) {
            steps.add(step(builder -> builder.groups(group)));
        }
        for (String protocol : protocols) {
            steps.add(step(builder -> builder.alpnProtocols(protocol)));
        }
        for (String kind : KINDS_OF_SIGNATURE) {
            SignatureScheme[] schemes = provider.capabilities().signatureSchemes().stream()
                    .filter(scheme -> scheme.name().startsWith(kind))
                    .toArray(SignatureScheme[]::new);
            if (schemes.length > 0) {
                steps.add(step(builder -> builder.signatureSchemes(schemes)));
            }
        }
        return steps;
    }

    /** A handshake of the newest version that the server takes. */
    private Callable<Void> step(Consumer<ClientContext.Builder> wishes) {
        return () -> {
            Optional<TlsVersion> newest = findings.versions().all().stream()
                    .filter(version -> findings.versions().by(version).contains(provider.name()))
                    .max(Comparator.naturalOrder());
            if (newest.isPresent()) {
                Optional<ClientContext> context = probe.context(newest.get(), builder -> {
                    if (newest.get() != TlsVersion.TLS_1_3) {
                        builder.ciphers(ALL_SUITES);
                    }
                    wishes.accept(builder);
                });
                if (context.isPresent()) {
                    findings.add(provider.name(), newest.get(), probe.attempt(context.get()));
                }
            }
            return null;
        };
    }

    /** Offers all suites, and then again all but those that the server has chosen already, until it takes none. */
    private void suites(TlsVersion version) throws IOException {
        Optional<ClientContext> all = probe.context(version, builder -> builder.ciphers(ALL_SUITES));
        if (all.isEmpty()) {
            return;
        }
        List<CipherSuite> left = new ArrayList<>(all.get().ciphers());
        left.removeIf(suite -> suite.tls13() != (version == TlsVersion.TLS_1_3));
        boolean choice =
                version != TlsVersion.TLS_1_3 || provider.capabilities().has(Feature.TLS13_CIPHER_CHOICE);
        Optional<ClientContext> context = all;
        while (context.isPresent() && !Thread.currentThread().isInterrupted()) {
            Probe.Attempt attempt = probe.attempt(context.get());
            findings.add(provider.name(), version, attempt);
            boolean fresh = attempt.info().isPresent()
                    && left.remove(attempt.info().get().cipher());
            context = fresh && choice && !left.isEmpty() ? offering(version, left) : Optional.empty();
        }
    }

    private Optional<ClientContext> offering(TlsVersion version, List<CipherSuite> suites) throws IOException {
        String names = suites.stream().map(CipherSuite::name).collect(Collectors.joining(":"));
        return probe.context(version, builder -> {
            if (version == TlsVersion.TLS_1_3) {
                builder.ciphersuites(names);
            } else {
                builder.ciphers(names + ":@SECLEVEL=0");
            }
        });
    }
}
