package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for a path that is good where the first one is not: depth first, trusted issuers before those that the peer sent,
 * and those that are valid now before others. A path that has begun wrong is not gone on with, and all of it costs no more
 * than its {@link SearchBudget}.
 */
final class PathSearch {
    private final TrustSource trust;
    private final VerifyRequest request;
    private final PathMember leaf;
    private final Map<Name, List<PathMember>> untrusted = new HashMap<>();
    private final SearchBudget budget;
    private final List<ChainCheck> begun;
    private final List<ChainCheck> complete;
    private final List<PathMember> path = new ArrayList<>();

    /**
     * @param begun the checks whose complaints about the begin of a path no continuation removes
     * @param complete all checks
     */
    PathSearch(
            TrustAnchors anchors,
            List<PathMember> presented,
            VerifyRequest request,
            SearchBudget budget,
            List<ChainCheck> begun,
            List<ChainCheck> complete) {
        this.trust = new TrustSource(anchors, request);
        this.request = request;
        this.leaf = presented.get(0);
        this.budget = budget;
        this.begun = begun;
        this.complete = complete;
        for (PathMember member : presented.subList(1, presented.size())) {
            if (mayStandBetween(member)) {
                untrusted
                        .computeIfAbsent(member.view().subject(), subject -> new ArrayList<>(1))
                        .add(member);
            }
        }
    }

    /** Not those that nobody else has issued, and not those that are rejected. */
    private boolean mayStandBetween(PathMember member) {
        return !member.view().selfSigned()
                && trust.same(member.view())
                        .filter(anchor -> trust.decision(anchor) == TrustDecision.REJECTED)
                        .isEmpty();
    }

    /** A path that passes all checks; empty when there is none, or the search was given up. */
    Optional<CertificatePath> find() {
        Optional<PathMember> itself = trust.same(leaf.view());
        if (itself.isPresent()) {
            switch (trust.decision(itself.get())) {
                case TRUSTED -> {
                    // As in build_chain, an anchor speaks for itself if it is a root, or where partial chains do.
                    if (leaf.view().selfSigned() || request.rules().partialChain()) {
                        path.add(itself.get());
                        if (good()) {
                            return Optional.of(new CertificatePath(path));
                        }
                        path.clear();
                    }
                }
                case REJECTED -> {
                    return Optional.empty();
                }
                case UNDECIDED -> {
                    // Somebody above it may be trusted.
                }
            }
        }
        path.add(leaf);
        return promising() && extend(false) ? Optional.of(new CertificatePath(path)) : Optional.empty();
    }

    /** Whether the path can be brought to an anchor; then it is. */
    private boolean extend(boolean inTrust) {
        CertificateView last = path.get(path.size() - 1).view();
        if (last.selfSigned()) {
            return false;
        }
        List<PathMember> anchors = issuers(trust.issuersOf(last), last);
        for (PathMember anchor : anchors) {
            TrustDecision decision = trust.decision(anchor);
            path.add(anchor);
            boolean found = decision == TrustDecision.TRUSTED
                    ? good()
                    : decision == TrustDecision.UNDECIDED && promising() && extend(true);
            if (found) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        // As in build_chain, above what is trusted stands nothing but what is trusted.
        List<PathMember> others = inTrust ? List.of() : issuers(untrusted.getOrDefault(last.issuer(), List.of()), last);
        for (PathMember other : others) {
            path.add(other);
            if (promising() && extend(false)) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }

    private List<PathMember> issuers(List<PathMember> candidates, CertificateView subject) {
        budget.spendBytes((long) candidates.size() * SearchBudget.GLANCE);
        if (budget.exhausted()) {
            return List.of();
        }
        List<PathMember> issuers = new ArrayList<>();
        for (PathMember candidate : candidates) {
            if (subject.likelyIssuedBy(candidate.view()) && !loops(candidate.view())) {
                issuers.add(candidate);
            }
        }
        issuers.sort(
                Comparator.comparing(issuer -> Validity.at(request.time(), issuer.view()) == VerifyCode.OK ? 0 : 1));
        return issuers;
    }

    /** Whether this name with this key stands in the path: coming back to it leads nowhere that was not reached before. */
    private boolean loops(CertificateView candidate) {
        return path.stream()
                .map(PathMember::view)
                .anyMatch(member -> member.subject().equals(candidate.subject())
                        && member.publicKey()
                                .encoded()
                                .equals(candidate.publicKey().encoded())
                        && member.extensions()
                                .subjectAltName()
                                .equals(candidate.extensions().subjectAltName()));
    }

    private boolean good() {
        budget.spendPath();
        CertificatePath whole = new CertificatePath(path);
        return affordable(whole)
                && request.rules().allowsBetween(path.subList(Math.min(1, path.size() - 1), path.size() - 1))
                && pass(complete, whole);
    }

    private boolean promising() {
        CertificatePath begin = CertificatePath.open(path);
        return affordable(begin) && request.rules().allowsBetween(path.subList(1, path.size())) && pass(begun, begin);
    }

    private boolean affordable(CertificatePath any) {
        budget.spend(any);
        return !budget.exhausted();
    }

    /** A signature that could not be afforded is not one that is good. */
    private boolean pass(List<ChainCheck> checks, CertificatePath any) {
        return checks.stream().allMatch(check -> check.check(any).isEmpty());
    }
}
