package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.TrustSettings;
import io.omnitls.internal.x509.CertificateView;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The trust anchors as members of a path, and whether one of them ends it. */
record TrustSource(TrustAnchors anchors, VerifyRequest request) {

    /** The anchors that have the name of {@code subject}'s issuer. */
    List<PathMember> issuersOf(CertificateView subject) {
        List<PathMember> members = new ArrayList<>();
        for (X509Certificate certificate : anchors.bySubject(subject.issuer().encoded())) {
            members.add(member(certificate));
        }
        return members;
    }

    /** The anchor that is this very certificate. */
    Optional<PathMember> same(CertificateView certificate) {
        for (X509Certificate candidate : anchors.bySubject(certificate.subject().encoded())) {
            PathMember member = member(candidate);
            if (member.view().equals(certificate)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    private PathMember member(X509Certificate anchor) {
        return new PathMember(ChainVerifier.viewed(anchor), anchor, Optional.of(anchors.settings(anchor)));
    }

    /** {@code check_trust} of an anchor that a path has got to. */
    TrustDecision decision(PathMember anchor) {
        TrustDecision explicit = explicitly(anchor);
        if (explicit != TrustDecision.UNDECIDED) {
            return explicit;
        }
        return anchor.view().selfSigned() || request.rules().partialChain()
                ? TrustDecision.TRUSTED
                : TrustDecision.UNDECIDED;
    }

    /** What was said of it when it was loaded. */
    TrustDecision explicitly(PathMember anchor) {
        return TrustDecision.of(anchor.trust().orElse(TrustSettings.NONE), request.purpose());
    }
}
