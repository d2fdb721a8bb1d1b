package io.omnitls.internal.settings;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.internal.verify.ChainVerifier;
import io.omnitls.internal.x509.KeyScheme;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The signature schemes that are chosen for a context, held against what it has to sign.
 *
 * @param schemes in order of preference; empty for the backend's own
 * @param versions the versions in question
 */
public record SchemeChoice(List<SignatureScheme> schemes, List<TlsVersion> versions) {

    /**
     * Refuses what cannot work: a backend would offer an empty list, or find out in the handshake.
     *
     * @param keys of this end's identities
     * @throws IllegalArgumentException when a scheme stands there twice, an enabled version has no scheme, or one of the
     *     keys has none; on a server with keys, when an enabled version has none for any of them
     */
    private void requireEnough(List<PublicKeyInfo> keys, Role role) {
        if (new HashSet<>(schemes).size() != schemes.size()) {
            throw new IllegalArgumentException("a signature scheme stands twice in " + schemes);
        }
        for (TlsVersion version : versions) {
            // TLS 1.1 and older do not negotiate schemes.
            if (version.atLeast(TlsVersion.TLS_1_2)) {
                requireScheme(version, keys, role);
            }
        }
        for (PublicKeyInfo key : keys) {
            if (versions.stream().noneMatch(version -> canSign(key, version))) {
                throw new IllegalArgumentException("none of the signature schemes " + schemes + " is for this end's "
                        + key.kind().orElse(key.name()) + " key of " + key.bits() + " bits");
            }
        }
    }

    /** Whether the backend can be told these schemes, and whether they are enough for these keys. */
    public void require(Requirements requirements, List<PublicKeyInfo> keys, Role role) {
        if (schemes.isEmpty()) {
            return;
        }
        requireEnough(keys, role);
        requirements.require(
                "choosing signature schemes",
                capabilities -> !capabilities.signatureSchemes().isEmpty());
        requirements.requireInOrder(
                "the signature scheme", schemes, Capabilities::signatureSchemes, Feature.SIGNATURE_SCHEME_ORDER);
    }

    /** The public keys of these identities. */
    public static List<PublicKeyInfo> keys(List<CertifiedKey> identities) {
        return identities.stream()
                .map(identity -> ChainVerifier.viewed(identity.leaf()).publicKey())
                .collect(Collectors.toList());
    }

    private void requireScheme(TlsVersion version, List<PublicKeyInfo> keys, Role role) {
        if (schemes.stream().noneMatch(scheme -> scheme.usableIn(version))) {
            throw new IllegalArgumentException(
                    "none of the signature schemes " + schemes + " is for handshakes of " + version);
        }
        if (role == Role.SERVER && !keys.isEmpty() && keys.stream().noneMatch(key -> canSign(key, version))) {
            throw new IllegalArgumentException("none of the signature schemes " + schemes
                    + " is for a key of this server in handshakes of " + version);
        }
    }

    private boolean canSign(PublicKeyInfo key, TlsVersion version) {
        return schemes.stream().anyMatch(scheme -> scheme.usableIn(version) && KeyScheme.fits(scheme, key));
    }
}
