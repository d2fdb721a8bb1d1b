package io.omnitls.internal.verify;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.internal.x509.CertificateView;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Completes the chain of an identity that came without its issuers from what its own context trusts, up to the root:
 * OpenSSL's {@code ssl_add_cert_chain} without SSL_MODE_NO_AUTO_CHAIN. As there, a chain that has an issuer is sent as it is.
 */
public record AutoChain(TrustAnchors anchors) {
    private static final int MAX_DEPTH = 100; // OpenSSL's, whatever peers are held to

    /** {@code identity} with the issuers that were found, as far as they go. */
    public CertifiedKey complete(CertifiedKey identity) {
        if (identity.chain().size() > 1) {
            return identity;
        }
        X509Certificate leaf = identity.leaf();
        CertificateView view = ChainVerifier.viewed(leaf);
        PathBuilder builder = new PathBuilder(anchors, List.of(PathMember.presented(view, leaf)), request());
        builder.build(); // a path that ends nowhere is sent too, as in OpenSSL
        List<X509Certificate> path = builder.path().certificates();
        return path.size() == 1 ? identity : new CertifiedKey(identity.privateKey(), path);
    }

    /** Nothing is judged here, so the context's clock, which is for peers, has no say. */
    private static VerifyRequest request() {
        return new VerifyRequest(
                Purpose.ANY,
                Optional.empty(),
                Instant.now(),
                new VerifyRules(Set.of(), 0, MAX_DEPTH, false, VerifyProfile.OPENSSL, false));
    }
}
