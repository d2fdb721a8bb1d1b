package io.omnitls.internal.x509;

import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one end can sign a handshake by.
 *
 * @param chosen the schemes that its context chose; empty for the backend's own
 * @param backend what the backend can do
 */
public record SigningSchemes(List<SignatureScheme> chosen, Capabilities backend) {

    /** The ids of those that {@code key} signs by in TLS 1.3. */
    public List<Integer> tls13(PublicKeyInfo key) {
        List<SignatureScheme> left = chosen.isEmpty() ? backend.signatureSchemes() : chosen;
        return only(left, KeyScheme.tls13(key));
    }

    /** The same in TLS 1.2, where a backend has more than can be chosen, without the next. */
    public List<Integer> tls12(PublicKeyInfo key) {
        return only(chosen, KeyScheme.tls12(key));
    }

    /** Those with SHA-1 and SHA-224, which a backend may refuse. */
    public List<Integer> legacyTls12(PublicKeyInfo key) {
        return only(chosen, KeyScheme.legacyTls12(key));
    }

    private static List<Integer> only(List<SignatureScheme> allowed, List<Integer> ids) {
        return allowed.isEmpty()
                ? ids
                : ids.stream()
                        .filter(id -> allowed.contains(SignatureScheme.of(id)))
                        .collect(Collectors.toList());
    }

    /** Whether an end with {@code key} can be authenticated in {@code version}. */
    public boolean usable(PublicKeyInfo key, TlsVersion version) {
        if (!backend.keyAlgorithms().contains(key.kind().orElse(key.name())) || !hasCurve(key)) {
            return false;
        }
        if (!KeyScheme.knows(key)) {
            return true;
        }
        if (version.atLeast(TlsVersion.TLS_1_3)) {
            return !tls13(key).isEmpty();
        }
        return version == TlsVersion.TLS_1_2
                ? !tls12(key).isEmpty() || !legacyTls12(key).isEmpty()
                : List.of("RSA", "EC", "DSA").contains(key.kind().orElse("")); // there are no schemes yet
    }

    /** Whether the backend authenticates with keys on this key's curve, if it has one. */
    public boolean hasCurve(PublicKeyInfo key) {
        return !key.kind().equals(Optional.of("EC"))
                || key.group().filter(backend.keyCurves()::contains).isPresent();
    }
}
