package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.CrlView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DistributionPoint;
import io.omnitls.internal.x509.Name;
import io.omnitls.internal.x509.RevokedCertificate;
import io.omnitls.protocol.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether certificates were revoked: OpenSSL's {@code check_revocation} without {@code X509_V_FLAG_EXTENDED_CRL_SUPPORT}.
 * Delta CRLs, indirect ones and those for some reasons are not gone by, so where there is no other the list is missing.
 *
 * @param wholeChain whether to check every certificate of the path, or the leaf alone
 * @param objection to lists that OpenSSL would go by
 */
record RevocationCheck(
        boolean wholeChain, Instant time, TrustAnchors anchors, SignatureVerifier verifier, Objection objection)
        implements ChainCheck {
    /** Why a list does not count for a certificate, beyond OpenSSL's reasons. */
    interface Objection {
        Objection NONE = (crl, certificate) -> Optional.empty();

        Optional<String> to(CrlView crl, CertificateView certificate);
    }

    /** A list that could be meant, and how much speaks for it: the bits of OpenSSL's {@code CRL_SCORE_*}. */
    private record Candidate(RevocationList list, CertificateView issuer, int score, int reasons) {
        static final int NO_CRITICAL = 0x100;
        static final int SCOPE = 0x080;
        static final int TIME = 0x040;
        static final int ISSUER = 0x018;
        static final int SAME_PATH = 0x008;
    }

    @Override
    public Optional<Finding> check(CertificatePath path) {
        int last = wholeChain ? path.size() - 1 : 0;
        for (int depth = 0; depth <= last; depth++) {
            Optional<Finding> finding = path.get(depth).extensions().isProxy() ? Optional.empty() : one(path, depth);
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    /** Goes on from list to list until all reasons for a revocation are covered: one list, as a rule. */
    private Optional<Finding> one(CertificatePath path, int depth) {
        int covered = 0;
        while (covered != DistributionPoint.ALL_REASONS) {
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

    /** The lists of {@code issuer} that can be read at all. */
    private List<RevocationList> lists(Name issuer) {
        List<RevocationList> lists = new ArrayList<>();
        for (Bytes crl : anchors.crls(issuer.encoded())) {
            try {
                lists.add(new RevocationList(CrlView.of(crl)));
            } catch (DerException unreadable) {
                // As good as missing.
            }
        }
        return lists;
    }

    private Optional<String> unusable(RevocationList list, CertificateView certificate) {
        return list.unsupported().or(() -> objection.to(list.crl(), certificate));
    }

    private String missing(CertificateView certificate) {
        String why = lists(certificate.issuer()).stream()
                .flatMap(list -> unusable(list, certificate).stream())
                .findFirst()
                .map(reason -> " that can be gone by: " + reason)
                .orElse("");
        return "there is no CRL of " + certificate.issuer() + why;
    }

    /** {@code get_crl_sk}: the best list; of equals the newest, or the first where it cannot be told. */
    private @Nullable Candidate best(CertificatePath path, int depth, int covered) {
        Candidate best = null;
        for (RevocationList list : lists(path.get(depth).issuer())) {
            Candidate candidate = candidate(list, path, depth, covered);
            if (candidate == null) {
                continue;
            }
            boolean better = best == null
                    || candidate.score() > best.score()
                    || candidate.score() == best.score()
                            && candidate
                                    .list()
                                    .crl()
                                    .thisUpdate()
                                    .isAfter(best.list().crl().thisUpdate());
            if (better) {
                best = candidate;
            }
        }
        return best;
    }

    /** {@code get_crl_score}. */
    private @Nullable Candidate candidate(RevocationList list, CertificatePath path, int depth, int covered) {
        if (unusable(list, path.get(depth)).isPresent()) {
            return null;
        }
        CertificateView direct = path.get(Math.min(depth + 1, path.size() - 1));
        CertificateView issuer = signedBy(direct, list) ? direct : null;
        int score = Candidate.ISSUER;
        for (int above = depth + 2; issuer == null && above < path.size(); above++) {
            score = Candidate.SAME_PATH;
            boolean named = path.get(above).subject().equals(list.crl().issuer());
            issuer = named && signedBy(path.get(above), list) ? path.get(above) : null;
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
        score |= list.crl().hasUnknownCriticalExtension() ? 0 : Candidate.NO_CRITICAL;
        score |= list.current(time) ? Candidate.TIME : 0;
        return new Candidate(list, issuer, score, reasons);
    }

    private static boolean signedBy(CertificateView issuer, RevocationList list) {
        return list.crl()
                .authorityKeyIdentifier()
                .filter(key -> !key.fits(issuer))
                .isEmpty();
    }

    /** {@code check_crl} and {@code cert_crl}. */
    private Optional<Finding> judge(Candidate candidate, CertificateView certificate, int depth) {
        RevocationList list = candidate.list();
        CertificateView issuer = candidate.issuer();
        String name = "the CRL of " + list.crl().issuer();
        if (!issuer.extensions().allows(CertificateExtensions.CRL_SIGN)) {
            return Finding.of(
                    VerifyCode.KEYUSAGE_NO_CRL_SIGN,
                    depth,
                    "the key usage of " + issuer + " does not allow to sign CRLs");
        }
        if ((candidate.score() & Candidate.SCOPE) == 0) {
            return Finding.of(VerifyCode.DIFFERENT_CRL_SCOPE, depth, name + " is about other certificates");
        }
        Optional<Finding> untimely = untimely(list, name, depth);
        if (untimely.isPresent()) {
            return untimely;
        }
        Optional<Finding> unsigned = unsigned(list.crl(), issuer, name, depth);
        if (unsigned.isPresent()) {
            return unsigned;
        }
        if (list.crl().hasUnknownCriticalExtension()) {
            return Finding.of(
                    VerifyCode.UNHANDLED_CRITICAL_CRL_EXTENSION,
                    depth,
                    name + ", or one of its entries, has a critical extension that nobody here understands");
        }
        return revoked(list.crl(), certificate, depth);
    }

    /** {@code check_crl_time}. */
    private Optional<Finding> untimely(RevocationList list, String name, int depth) {
        if (list.crl().thisUpdate().instant().isEmpty()) {
            return Finding.of(
                    VerifyCode.ERROR_IN_CRL_LAST_UPDATE_FIELD,
                    depth,
                    name + " has a malformed thisUpdate, " + list.crl().thisUpdate());
        }
        if (!list.begun(time)) {
            return Finding.of(VerifyCode.CRL_NOT_YET_VALID, depth, name + " begins at " + list.issuedAt());
        }
        String end = list.crl().nextUpdate().map(Object::toString).orElse("");
        if (list.malformedEnd()) {
            return Finding.of(
                    VerifyCode.ERROR_IN_CRL_NEXT_UPDATE_FIELD, depth, name + " has a malformed nextUpdate, " + end);
        }
        return list.expired(time)
                ? Finding.of(
                        VerifyCode.CRL_HAS_EXPIRED, depth, name + " was good until " + end + "; fetch the next one")
                : Optional.empty();
    }

    private Optional<Finding> unsigned(CrlView crl, CertificateView issuer, String name, int depth) {
        SignatureVerifier.Outcome outcome = verifier.check(crl.signed(), issuer.publicKey());
        return outcome == SignatureVerifier.Outcome.GOOD
                ? Optional.empty()
                : Finding.of(
                        outcome.code(VerifyCode.CRL_SIGNATURE_FAILURE),
                        depth,
                        SignatureVerifier.explain(outcome, name, crl.signed(), issuer, issuer.publicKey()));
    }

    private static Optional<Finding> revoked(CrlView crl, CertificateView certificate, int depth) {
        Optional<RevokedCertificate> entry = crl.revoked(certificate.serial());
        if (entry.isEmpty() || entry.get().removed()) {
            return Optional.empty();
        }
        return Finding.of(
                VerifyCode.CERT_REVOKED,
                depth,
                certificate + " was revoked on " + entry.get().date()
                        + entry.get()
                                .reasonName()
                                .map(reason -> ", reason " + reason)
                                .orElse(""));
    }
}
