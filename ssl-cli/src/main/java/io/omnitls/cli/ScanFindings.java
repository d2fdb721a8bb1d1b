package io.omnitls.cli;

import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What several providers find out about a server, together. Thread-safe. */
final class ScanFindings {
    private final Sightings<TlsVersion> tried = new Sightings<>();
    private final Sightings<TlsVersion> versions = new Sightings<>();
    private final Map<TlsVersion, String> refusals = new EnumMap<>(TlsVersion.class); // guarded by this
    private final Map<TlsVersion, Sightings<CipherSuite>> suites = new EnumMap<>(TlsVersion.class);
    private final Sightings<NamedGroup> groups = new Sightings<>();
    private final Sightings<String> protocols = new Sightings<>();
    private final Map<X509Certificate, List<X509Certificate>> chains = new LinkedHashMap<>(); // guarded by this

    ScanFindings() {
        for (TlsVersion version : TlsVersion.values()) {
            suites.put(version, new Sightings<>());
        }
    }

    /** A handshake in which only {@code version} was offered. */
    void add(String provider, TlsVersion version, Probe.Attempt attempt) {
        tried.add(version, provider);
        synchronized (this) {
            if (!attempt.chain().isEmpty()) {
                chains.putIfAbsent(attempt.chain().get(0), attempt.chain());
            }
            if (attempt.info().isEmpty()) {
                refusals.putIfAbsent(version, attempt.trouble());
            }
        }
        attempt.info().ifPresent(info -> {
            versions.add(version, provider);
            suites(version).add(info.cipher(), provider);
            info.namedGroup().ifPresent(group -> groups.add(group, provider));
            info.applicationProtocol().ifPresent(protocol -> protocols.add(protocol, provider));
        });
    }

    Sightings<TlsVersion> tried() {
        return tried;
    }

    Sightings<TlsVersion> versions() {
        return versions;
    }

    /** Why a version was refused the first time that it was. */
    synchronized Optional<String> refusal(TlsVersion version) {
        return Optional.ofNullable(refusals.get(version));
    }

    Sightings<CipherSuite> suites(TlsVersion version) {
        return Objects.requireNonNull(suites.get(version));
    }

    Sightings<NamedGroup> groups() {
        return groups;
    }

    Sightings<String> protocols() {
        return protocols;
    }

    /** One for each certificate that the server has. */
    synchronized List<List<X509Certificate>> chains() {
        return new ArrayList<>(chains.values());
    }
}
