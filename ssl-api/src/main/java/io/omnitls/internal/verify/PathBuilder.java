package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.VerifyCode;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the path from the peer's certificate to a trust anchor: OpenSSL's {@code build_chain}, trusted issuers first.
 * One pass without backtracking: each certificate that the peer sent is used once at most, so the work is bounded by the
 * length of the path times the number of certificates.
 */
final class PathBuilder {
    private final TrustAnchors anchors;
    private final VerifyRequest request;
    private final List<X509Certificate> untrusted;
    private final List<X509Certificate> path = new ArrayList<>();
    private int trusted; // how many certificates at the end of the path come from the anchors

    PathBuilder(TrustAnchors anchors, List<X509Certificate> presented, VerifyRequest request) {
        this.anchors = anchors;
        this.request = request;
        this.path.add(presented.get(0));
        this.untrusted = new ArrayList<>(presented.subList(1, presented.size()));
    }

    List<X509Certificate> path() {
        return path;
    }

    /** Extends the path as far as it goes; the failure if it does not end at an anchor. */
    Optional<VerifyResult> build() {
        while (path.size() <= request.maxDepth() + 1) {
            if (extendByTrusted()) {
                if (reachesAnchor()) {
                    return Optional.empty();
                }
            } else if (!extendByUntrusted()) {
                break;
            }
        }
        // Not what is too long already: build_chain has the same limit there.
        boolean mayBeLeaf = path.size() <= request.maxDepth() + 1;
        return mayBeLeaf && leafItselfTrusted() ? Optional.empty() : Optional.of(failure());
    }

    private X509Certificate last() {
        return path.get(path.size() - 1);
    }

    private boolean extendByTrusted() {
        X509Certificate last = last();
        if (Issuance.selfSigned(last)) {
            // A self-signed certificate of the peer ends the path, unless it is the anchor itself: equal names are not
            // enough, or anybody could put a key of his own in the anchor's place.
            if (trusted == 0 && anchors.contains(last)) {
                trusted = 1;
                return true;
            }
            return false;
        }
        Optional<X509Certificate> issuer = best(anchors.bySubject(last.getIssuerX500Principal()), last);
        if (issuer.isPresent() && path.size() <= request.maxDepth() + 1) {
            path.add(issuer.get());
            trusted++;
            return true;
        }
        return false;
    }

    private boolean extendByUntrusted() {
        if (trusted > 0 || Issuance.selfSigned(last())) {
            return false;
        }
        Optional<X509Certificate> issuer = best(untrusted, last());
        issuer.ifPresent(found -> {
            untrusted.remove(found);
            path.add(found);
        });
        return issuer.isPresent();
    }

    /** The first plausible issuer that is valid now; if none is, the one that expires last. */
    private Optional<X509Certificate> best(List<X509Certificate> candidates, X509Certificate subject) {
        X509Certificate best = null;
        for (X509Certificate candidate : candidates) {
            if (!Issuance.likely(candidate, subject) || path.contains(candidate)) {
                continue;
            }
            if (Validity.at(request.time(), candidate) == VerifyCode.OK) {
                return Optional.of(candidate);
            }
            if (best == null
                    || candidate
                            .getNotAfter()
                            .toInstant()
                            .isAfter(best.getNotAfter().toInstant())) {
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean reachesAnchor() {
        return trusted > 0 && (Issuance.selfSigned(last()) || request.flags().contains(VerifyFlag.X509_PARTIAL_CHAIN));
    }

    private boolean leafItselfTrusted() {
        if (trusted == 0 && request.flags().contains(VerifyFlag.X509_PARTIAL_CHAIN) && anchors.contains(path.get(0))) {
            trusted = 1;
            return true;
        }
        return false;
    }

    private VerifyResult failure() {
        int depth = path.size() - 1;
        if (path.size() > request.maxDepth() + 1) {
            return result(
                    VerifyCode.CERT_CHAIN_TOO_LONG,
                    depth,
                    "the chain is longer than " + request.maxDepth() + " issuers");
        }
        X509Certificate last = last();
        if (Issuance.selfSigned(last)) {
            return path.size() == 1
                    ? result(
                            VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT,
                            depth,
                            "the certificate of " + last.getSubjectX500Principal()
                                    + " is self-signed and not trusted itself")
                    : result(
                            VerifyCode.SELF_SIGNED_CERT_IN_CHAIN,
                            depth,
                            "the root " + last.getSubjectX500Principal() + " is not trusted");
        }
        return result(
                trusted > 0 ? VerifyCode.UNABLE_TO_GET_ISSUER_CERT : VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                depth,
                "the issuer " + last.getIssuerX500Principal() + " is neither trusted nor in the chain");
    }

    private VerifyResult result(VerifyCode code, int depth, String explanation) {
        return new VerifyResult(code, depth, path, explanation);
    }
}
