package io.omnitls.internal.settings;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.internal.x509.SigningSchemes;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.TlsProvider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a backend can do with the key of an identity: found out here, and not in the first handshake. */
public record KeyUse(Requirements requirements, PublicKeyInfo key) {

    /** Refuses a kind of key that the backend does not authenticate with. */
    void requireKind() {
        String algorithm = key.kind().orElse(key.name());
        requirements.require(
                algorithm + " keys",
                capabilities -> capabilities.keyAlgorithms().contains(algorithm));
    }

    /** Refuses a key of such a kind that is good for none of {@code versions}. */
    void requireIn(List<TlsVersion> versions) {
        requirements.require(
                "keys that are " + key.description(),
                capabilities -> own(capabilities).hasCurve(key));
        requirements.require(
                "keys that are " + key.description() + " in " + named(versions),
                capabilities ->
                        versions.stream().anyMatch(version -> own(capabilities).usable(key, version)),
                this::elsewhere);
    }

    /** In which versions that are not allowed it could. */
    private Optional<String> elsewhere(TlsProvider provider) {
        Capabilities capabilities = provider.capabilities();
        List<TlsVersion> others = capabilities.versions().stream()
                .filter(version -> own(capabilities).usable(key, version))
                .collect(Collectors.toList());
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("in " + named(others) + ", which this context does not allow");
    }

    private static String named(List<TlsVersion> versions) {
        return versions.stream().map(TlsVersion::protocolName).collect(Collectors.joining(" and "));
    }

    /**
     * Those of {@code asked} that a server can prove one of {@code identities} in, all if it has none. In another it would fail
     * each handshake, also with clients that could do an older one: OpenSSL's {@code is_tls13_capable}.
     */
    public static List<TlsVersion> provable(
            List<CertifiedKey> identities, List<TlsVersion> asked, Capabilities capabilities) {
        List<PublicKeyInfo> keys = SchemeChoice.keys(identities);
        return asked.stream()
                .filter(version -> keys.isEmpty()
                        || keys.stream().anyMatch(key -> own(capabilities).usable(key, version)))
                .collect(Collectors.toList());
    }

    private static SigningSchemes own(Capabilities capabilities) {
        return new SigningSchemes(List.of(), capabilities);
    }
}
