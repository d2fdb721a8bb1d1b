package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.error.VerifyCode;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether certificates were revoked: OpenSSL's {@code check_revocation} without {@code X509_V_FLAG_EXTENDED_CRL_SUPPORT}.
 * Delta CRLs, indirect ones and those for some reasons are not gone by, so where there is no other the list is missing.
 *
 * @param wholeChain whether to check every certificate of the path, or the leaf alone
 */
record RevocationCheck(boolean wholeChain, Instant time, TrustAnchors anchors, CryptoServices crypto)
        implements ChainCheck {
    private static final int CRL_SIGN = 6;

    /** A list that could be meant, and how much speaks for it: the bits of OpenSSL's {@code CRL_SCORE_*}. */
    private record Candidate(RevocationList list, X509Certificate issuer, int score, int reasons) {
        static final int NO_CRITICAL = 0x100;
        static final int SCOPE = 0x080;
        static final int TIME = 0x040;
        static final int ISSUER = 0x018;
        static final int SAME_PATH = 0x008;
    }

    @Override
    public Optional<Finding> check(List<X509Certificate> path) {
        int last = wholeChain ? path.size() - 1 : 0;
        for (int depth = 0; depth <= last; depth++) {
            Optional<Finding> finding =
                    Extension.present(path.get(depth), Extension.PROXY_CERT_INFO) ? Optional.empty() : one(path, depth);
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    /** Goes on from list to list until all reasons for a revocation are covered: one list, as a rule. */
    private Optional<Finding> one(List<X509Certificate> path, int depth) {
        int covered = 0;
        while (covered != RevocationList.ALL_REASONS) {
            Candidate best = best(path, depth, covered);
            if (best == null || (best.score() & Candidate.SCOPE) != 0 && (best.reasons() | covered) == covered) {
                return Finding.of(VerifyCode.UNABLE_TO_GET_CRL, depth, missing(path.get(depth)));
            }
            Optional<Finding> finding = judge(best, path.get(depth), depth);
            if (finding.isPresent()) {
                return finding;
            }
            covered |= best.reasons();
        }
        return Optional.empty();
    }

    private String missing(X509Certificate certificate) {
        String why = anchors.crls(certificate.getIssuerX500Principal()).stream()
                .flatMap(crl -> new RevocationList(crl).unsupported().stream())
                .findFirst()
                .map(reason -> " that can be gone by: " + reason)
                .orElse("");
        return "there is no CRL of " + certificate.getIssuerX500Principal() + why;
    }

    /** {@code get_crl_sk}: the best list; of equals the newest. */
    private @Nullable Candidate best(List<X509Certificate> path, int depth, int covered) {
        Candidate best = null;
        for (X509CRL crl : anchors.crls(path.get(depth).getIssuerX500Principal())) {
            Candidate candidate = candidate(new RevocationList(crl), path, depth, covered);
            if (candidate == null) {
                continue;
            }
            boolean better = best == null
                    || candidate.score() > best.score()
                    || candidate.score() == best.score()
                            && candidate.list().issuedAt().isAfter(best.list().issuedAt());
            if (better) {
                best = candidate;
            }
        }
        return best;
    }

    /** {@code get_crl_score}. */
    private @Nullable Candidate candidate(RevocationList list, List<X509Certificate> path, int depth, int covered) {
        if (list.unsupported().isPresent()) {
            return null;
        }
        X509Certificate direct = path.get(Math.min(depth + 1, path.size() - 1));
        X509Certificate issuer = Issuance.keyIdentifierFits(direct, list.crl()) ? direct : null;
        int score = Candidate.ISSUER;
        if (issuer == null) {
            score = Candidate.SAME_PATH;
            issuer = path.stream()
                    .skip(depth + 2L)
                    .filter(above ->
                            above.getSubjectX500Principal().equals(list.crl().getIssuerX500Principal()))
                    .filter(above -> Issuance.keyIdentifierFits(above, list.crl()))
                    .findFirst()
                    .orElse(null);
        }
        if (issuer == null) {
            return null;
        }
        int reasons = list.reasonsFor(path.get(depth));
        if (reasons != 0) {
            if ((reasons & ~covered) == 0) {
                return null;
            }
            score |= Candidate.SCOPE;
        }
        score |= list.hasUnknownCriticalExtension() ? 0 : Candidate.NO_CRITICAL;
        score |= list.begun(time) && !list.expired(time) ? Candidate.TIME : 0;
        return new Candidate(list, issuer, score, reasons);
    }

    /** {@code check_crl} and {@code cert_crl}. */
    private Optional<Finding> judge(Candidate candidate, X509Certificate certificate, int depth) {
        RevocationList list = candidate.list();
        X509Certificate issuer = candidate.issuer();
        String name = "the CRL of " + list.crl().getIssuerX500Principal();
        boolean[] usage = issuer.getKeyUsage();
        if (usage != null && !usage[CRL_SIGN]) {
            return Finding.of(
                    VerifyCode.KEYUSAGE_NO_CRL_SIGN,
                    depth,
                    "the key usage of " + issuer.getSubjectX500Principal() + " does not allow to sign CRLs");
        }
        if ((candidate.score() & Candidate.SCOPE) == 0) {
            return Finding.of(VerifyCode.DIFFERENT_CRL_SCOPE, depth, name + " is about other certificates");
        }
        if (!list.begun(time)) {
            return Finding.of(VerifyCode.CRL_NOT_YET_VALID, depth, name + " begins at " + list.issuedAt());
        }
        if (list.expired(time)) {
            return Finding.of(
                    VerifyCode.CRL_HAS_EXPIRED,
                    depth,
                    name + " was good until " + list.crl().getNextUpdate().toInstant() + "; fetch the next one");
        }
        try {
            crypto.verify(list.crl(), issuer.getPublicKey());
        } catch (GeneralSecurityException forged) {
            return Finding.of(
                    VerifyCode.CRL_SIGNATURE_FAILURE,
                    depth,
                    name + " was not signed with the key of " + issuer.getSubjectX500Principal());
        }
        if (list.hasUnknownCriticalExtension()) {
            return Finding.of(
                    VerifyCode.UNHANDLED_CRITICAL_CRL_EXTENSION,
                    depth,
                    name + " has a critical extension that nobody here understands");
        }
        return revoked(list.crl(), certificate, depth);
    }

    private static Optional<Finding> revoked(X509CRL crl, X509Certificate certificate, int depth) {
        X509CRLEntry entry = crl.getRevokedCertificate(certificate.getSerialNumber());
        if (entry == null || entry.getRevocationReason() == CRLReason.REMOVE_FROM_CRL) {
            return Optional.empty();
        }
        return Finding.of(
                VerifyCode.CERT_REVOKED,
                depth,
                certificate.getSubjectX500Principal() + " was revoked on "
                        + entry.getRevocationDate().toInstant()
                        + (entry.getRevocationReason() == null ? "" : ", reason " + entry.getRevocationReason()));
    }
}
