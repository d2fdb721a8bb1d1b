package io.omnitls.internal.verify;

import io.omnitls.cert.OcspStapling;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.OcspAnswer;
import io.omnitls.internal.x509.OcspResponse;
import io.omnitls.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a stapled OCSP response says of the leaf (RFC 6960 section 3.2): the answer has to be about it, {@linkplain
 * ResponderCheck signed} by its issuer or by a responder that the issuer itself has appointed, and current.
 *
 * @param response the OCSPResponse, DER; empty when the server stapled none
 * @param strength what keys and signatures of the response have to have, as those of the chain
 */
record StapleCheck(
        StaplePolicy policy, Optional<Bytes> response, Instant time, StrengthCheck strength, SignatureVerifier verifier)
        implements ChainCheck {
    /** How far clocks may be apart, as {@code OCSP_check_validity} is commonly called with. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    @Override
    public Optional<Finding> check(CertificatePath path) {
        if (policy.mode() == OcspStapling.IGNORE) {
            return Optional.empty();
        }
        if (response.isEmpty()) {
            return complaint(VerifyCode.OCSP_VERIFY_NEEDED, "the server stapled no OCSP response");
        }
        try {
            return judge(path.leaf(), path.get(Math.min(1, path.size() - 1)), response.get());
        } catch (DerException | GeneralSecurityException | RuntimeException unusable) {
            return unusable("cannot be used: " + unusable.getMessage());
        }
    }

    private Optional<Finding> judge(CertificateView leaf, CertificateView issuer, Bytes der)
            throws DerException, GeneralSecurityException {
        OcspResponse decoded = OcspResponse.parse(der.toByteArray());
        Optional<String> objection = new ResponderCheck(time, strength, verifier).objection(decoded, issuer);
        if (objection.isPresent()) {
            return unusable("cannot be used: " + objection.get());
        }
        if (decoded.unknownCritical().isPresent()) {
            return unusable("has the critical extension "
                    + decoded.unknownCritical().get() + ", which nobody here understands");
        }
        if (decoded.producedAt().isAfter(time.plus(SKEW))) {
            return unusable("was produced at " + decoded.producedAt() + ", now is " + time);
        }
        return verdict(answersFor(leaf, issuer, decoded));
    }

    /** Of several answers, one that is current counts, and "revoked" before all: no responder says it by mistake. */
    private Optional<Finding> verdict(List<OcspAnswer> answers) {
        Optional<String> objection = Optional.of("is not about the certificate");
        Optional<OcspAnswer> best = Optional.empty();
        for (OcspAnswer answer : answers) {
            Optional<String> own = notCurrent(answer);
            if (own.isPresent()) {
                objection = own;
            } else if (best.isEmpty() || answer.status() == OcspAnswer.Status.REVOKED) {
                best = Optional.of(answer);
            }
        }
        if (best.isEmpty()) {
            return unusable(objection.get());
        }
        return switch (best.get().status()) {
            case GOOD -> Optional.empty();
            case REVOKED ->
                Finding.of(
                        VerifyCode.CERT_REVOKED,
                        0,
                        "the stapled OCSP response says that the certificate was revoked on "
                                + best.get().revokedAt().map(Instant::toString).orElse("a day that it does not tell"));
            case UNKNOWN -> complaint(VerifyCode.OCSP_CERT_UNKNOWN, "the OCSP responder does not know the certificate");
        };
    }

    /** Why an answer does not count now (RFC 6960 section 4.2.2.1); empty when it does. */
    private Optional<String> notCurrent(OcspAnswer answer) {
        if (answer.unknownCritical().isPresent()) {
            return Optional.of("has an answer with the critical extension "
                    + answer.unknownCritical().get() + ", which nobody here understands");
        }
        if (answer.thisUpdate().isAfter(time.plus(SKEW))) {
            return Optional.of("is valid from " + answer.thisUpdate() + " on, now is " + time);
        }
        if (answer.nextUpdate().filter(next -> next.isBefore(time.minus(SKEW))).isPresent()) {
            return Optional.of("has expired at " + answer.nextUpdate().get());
        }
        // Section 2.4: without a nextUpdate newer answers are there all the time, so an old one is a replayed one.
        Duration age = Duration.between(answer.thisUpdate(), time).minus(SKEW);
        return age.compareTo(policy.maxAge()) > 0
                ? Optional.of("is of " + answer.thisUpdate() + ", now is " + time + ": it is older than ocspMaxAge, "
                        + policy.maxAge())
                : Optional.empty();
    }

    private Optional<Finding> unusable(String why) {
        return complaint(VerifyCode.OCSP_VERIFY_FAILED, "the stapled OCSP response " + why);
    }

    /** What counts only where a good response is asked for. */
    private Optional<Finding> complaint(VerifyCode code, String explanation) {
        return policy.mode() == OcspStapling.REQUIRE ? Finding.of(code, 0, explanation) : Optional.empty();
    }

    private List<OcspAnswer> answersFor(CertificateView leaf, CertificateView issuer, OcspResponse decoded)
            throws GeneralSecurityException {
        List<OcspAnswer> answers = new ArrayList<>();
        for (OcspAnswer answer : decoded.answers()) {
            OcspAnswer.CertId id = answer.certId();
            if (id.serial().equals(leaf.serial()) && id.digest().isPresent()) {
                String digest = id.digest().get();
                // RFC 6960 4.1.1: the digest of the name as it stands in the certificate, not of an equal one.
                boolean same = id.issuerName()
                                .equals(digest(digest, leaf.issuer().encoded()))
                        && id.issuerKey()
                                .equals(digest(digest, issuer.publicKey().key()));
                if (same) {
                    answers.add(answer);
                }
            }
        }
        return answers;
    }

    private Bytes digest(String algorithm, Bytes content) throws GeneralSecurityException {
        return Bytes.copyOf(verifier.crypto().messageDigest(algorithm).digest(content.toByteArray()));
    }
}
