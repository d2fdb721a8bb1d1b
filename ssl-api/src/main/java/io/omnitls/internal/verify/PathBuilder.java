package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds the path from the peer's certificate to a trust anchor: OpenSSL's {@code build_chain}, trusted issuers first.
 * One pass without backtracking: each certificate that the peer sent is used once at most, so the work is bounded by the
 * length of the path times the number of certificates.
 */
final class PathBuilder {
    private final TrustSource source;
    private final VerifyRequest request;
    private final List<PathMember> untrusted;
    private final List<PathMember> path = new ArrayList<>();
    private int trusted; // how many certificates at the end of the path come from the anchors

    PathBuilder(TrustAnchors anchors, List<PathMember> presented, VerifyRequest request) {
        this.source = new TrustSource(anchors, request);
        this.request = request;
        this.path.add(presented.get(0));
        this.untrusted = new ArrayList<>(presented.subList(1, presented.size()));
    }

    CertificatePath path() {
        return new CertificatePath(path);
    }

    /** Extends the path as far as it goes; the failure if it does not end at an anchor. */
    Optional<ChainCheck.Finding> build() {
        while (!tooLong()) {
            if (extendByTrusted()) {
                // Those before it were undecided.
                switch (source.decision(path.get(path.size() - 1))) {
                    case TRUSTED -> {
                        return Optional.empty();
                    }
                    case REJECTED -> {
                        return rejected(path.size() - 1);
                    }
                    case UNDECIDED -> {
                        // What is trusted may still have an issuer that is the anchor.
                    }
                }
            } else if (!extendByUntrusted()) {
                break;
            }
        }
        // Not what is too long already: build_chain has the same limit there.
        if (trusted == 0 && !tooLong() && request.rules().partialChain()) {
            Optional<PathMember> itself = source.same(path.get(0).view());
            if (itself.isPresent()) {
                path.set(0, itself.get());
                return source.explicitly(itself.get()) == TrustDecision.REJECTED ? rejected(0) : Optional.empty();
            }
        }
        return Optional.of(failure());
    }

    private CertificateView last() {
        return path.get(path.size() - 1).view();
    }

    private boolean tooLong() {
        return !request.rules().allowsBetween(path.subList(1, path.size()));
    }

    private boolean extendByTrusted() {
        CertificateView last = last();
        if (last.selfSigned()) {
            // A self-signed certificate of the peer ends the path, unless it is the anchor itself: equal names are not
            // enough, or anybody could put a key of his own in the anchor's place.
            Optional<PathMember> anchor = trusted == 0 ? source.same(last) : Optional.empty();
            anchor.ifPresent(found -> {
                path.set(path.size() - 1, found);
                trusted = 1;
            });
            return anchor.isPresent();
        }
        Optional<PathMember> issuer = best(source.issuersOf(last), last);
        if (issuer.isPresent()) {
            path.add(issuer.get());
            trusted++;
            return true;
        }
        return false;
    }

    private boolean extendByUntrusted() {
        if (trusted > 0 || last().selfSigned()) {
            return false;
        }
        Optional<PathMember> issuer = best(untrusted, last());
        issuer.ifPresent(found -> {
            untrusted.remove(found);
            path.add(found);
        });
        return issuer.isPresent();
    }

    /** The first plausible issuer that is valid now; if none is, the one that expires last. */
    private Optional<PathMember> best(List<PathMember> candidates, CertificateView subject) {
        PathMember best = null;
        for (PathMember candidate : candidates) {
            if (!subject.likelyIssuedBy(candidate.view()) || contains(candidate.view())) {
                continue;
            }
            if (Validity.at(request.time(), candidate.view()) == VerifyCode.OK) {
                return Optional.of(candidate);
            }
            if (best == null || candidate.view().notAfter().isAfter(best.view().notAfter())) {
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean contains(CertificateView certificate) {
        return path.stream().anyMatch(member -> member.view().equals(certificate));
    }

    private Optional<ChainCheck.Finding> rejected(int depth) {
        return ChainCheck.Finding.of(
                VerifyCode.CERT_REJECTED,
                depth,
                "the trust anchor " + path.get(depth).view() + " is not trusted for "
                        + request.purpose().phrase());
    }

    private ChainCheck.Finding failure() {
        int depth = path.size() - 1;
        if (tooLong()) {
            return finding(
                    VerifyCode.CERT_CHAIN_TOO_LONG,
                    depth,
                    "the chain is longer than " + request.rules().maxDepth() + " issuers");
        }
        CertificateView last = last();
        if (last.selfSigned()) {
            return path.size() == 1
                    ? finding(
                            VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT,
                            depth,
                            "the certificate of " + last + " is self-signed and not trusted itself")
                    : finding(VerifyCode.SELF_SIGNED_CERT_IN_CHAIN, depth, "the root " + last + " is not trusted");
        }
        return finding(
                trusted > 0 ? VerifyCode.UNABLE_TO_GET_ISSUER_CERT : VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                depth,
                why(last));
    }

    /** A certificate that is malformed has no issuer: nobody vouches for what cannot be read. */
    private String why(CertificateView last) {
        if (last.extensions().invalid().isPresent()) {
            return last + " is malformed: " + last.extensions().invalid().get();
        }
        @Nullable String malformed = malformedIssuer(last);
        return malformed == null
                ? "the issuer " + last.issuer() + " is neither trusted nor in the chain"
                : "the issuer " + last.issuer() + " is malformed: " + malformed;
    }

    private @Nullable String malformedIssuer(CertificateView subject) {
        List<PathMember> candidates = new ArrayList<>(untrusted);
        candidates.addAll(source.issuersOf(subject));
        for (PathMember candidate : candidates) {
            Optional<String> invalid = candidate.view().extensions().invalid();
            if (invalid.isPresent() && candidate.view().subject().equals(subject.issuer())) {
                return invalid.get();
            }
        }
        return null;
    }

    private static ChainCheck.Finding finding(VerifyCode code, int depth, String explanation) {
        return new ChainCheck.Finding(code, depth, explanation);
    }
}
