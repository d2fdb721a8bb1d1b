package io.omnitls.internal.verify;

import io.omnitls.cert.OcspStapling;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.OcspResponse;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a stapled OCSP response says of the leaf (RFC 6960 section 3.2): the answer has to be about it, signed by its issuer
 * or by a responder that the issuer itself has appointed, and current.
 *
 * @param response the OCSPResponse, DER; empty when the server stapled none
 */
record StapleCheck(OcspStapling mode, Optional<Bytes> response, Instant time, SignatureVerifier verifier)
        implements ChainCheck {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    /** How far clocks may be apart, as {@code OCSP_check_validity} is commonly called with. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    @Override
    public Optional<Finding> check(CertificatePath path) {
        if (mode == OcspStapling.IGNORE) {
            return Optional.empty();
        }
        if (response.isEmpty()) {
            return complaint(VerifyCode.OCSP_VERIFY_NEEDED, "the server stapled no OCSP response");
        }
        CertificateView leaf = path.leaf();
        CertificateView issuer = path.get(Math.min(1, path.size() - 1));
        try {
            OcspResponse decoded = OcspResponse.parse(response.get().toByteArray());
            requireSignedFor(issuer, decoded);
            Optional<OcspResponse.Single> answer = answerFor(leaf, issuer, decoded);
            if (answer.isEmpty()) {
                return complaint(
                        VerifyCode.OCSP_VERIFY_FAILED, "the stapled OCSP response is not about the certificate");
            }
            return verdict(answer.get());
        } catch (DerException | GeneralSecurityException | RuntimeException unusable) {
            return complaint(
                    VerifyCode.OCSP_VERIFY_FAILED,
                    "the stapled OCSP response cannot be used: " + unusable.getMessage());
        }
    }

    private Optional<Finding> verdict(OcspResponse.Single answer) {
        if (answer.thisUpdate().isAfter(time.plus(SKEW))) {
            return complaint(VerifyCode.OCSP_VERIFY_FAILED, "the stapled OCSP response is not valid yet");
        }
        if (answer.nextUpdate().filter(next -> next.isBefore(time.minus(SKEW))).isPresent()) {
            return complaint(
                    VerifyCode.OCSP_VERIFY_FAILED,
                    "the stapled OCSP response has expired at "
                            + answer.nextUpdate().get());
        }
        return switch (answer.status()) {
            case GOOD -> Optional.empty();
            case REVOKED ->
                Finding.of(
                        VerifyCode.CERT_REVOKED, 0, "the stapled OCSP response says that the certificate is revoked");
            case UNKNOWN -> complaint(VerifyCode.OCSP_CERT_UNKNOWN, "the OCSP responder does not know the certificate");
        };
    }

    /** What counts only where a good response is asked for. */
    private Optional<Finding> complaint(VerifyCode code, String explanation) {
        return mode == OcspStapling.REQUIRE ? Finding.of(code, 0, explanation) : Optional.empty();
    }

    private Optional<OcspResponse.Single> answerFor(CertificateView leaf, CertificateView issuer, OcspResponse decoded)
            throws GeneralSecurityException, DerException {
        for (OcspResponse.Single answer : decoded.answers()) {
            if (answer.serial().equals(leaf.serial())
                    && answer.issuerName()
                            .equals(digest(
                                    answer.digest(), leaf.issuer().encoded().toByteArray()))
                    && answer.issuerKey()
                            .equals(digest(
                                    answer.digest(), issuer.publicKey().key().toByteArray()))) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private void requireSignedFor(CertificateView issuer, OcspResponse decoded)
            throws GeneralSecurityException, DerException {
        if (answersAs(issuer, decoded)) {
            requireSignature(issuer.publicKey(), decoded);
            return;
        }
        for (Bytes encoded : decoded.certificates()) {
            CertificateView responder = CertificateView.parse(encoded.toByteArray());
            if (answersAs(responder, decoded)) {
                requireAppointed(responder, issuer);
                requireSignature(responder.publicKey(), decoded);
                return;
            }
        }
        throw new GeneralSecurityException("nobody that the issuer knows has signed it");
    }

    /** RFC 6960 section 4.2.2.2: the issuer's own signature and the purpose OCSPSigning, nothing less. */
    private void requireAppointed(CertificateView responder, CertificateView issuer) throws GeneralSecurityException {
        if (responder
                .extensions()
                .extendedKeyUsage()
                .filter(purposes -> purposes.contains(OCSP_SIGNING))
                .isEmpty()) {
            throw new GeneralSecurityException("its responder's certificate is not for OCSP signing");
        }
        if (Validity.at(time, responder) != VerifyCode.OK) {
            throw new GeneralSecurityException("its responder's certificate is not valid now");
        }
        require(verifier.check(responder.signed(), issuer.publicKey()), "its responder's certificate");
    }

    private void requireSignature(PublicKeyInfo key, OcspResponse decoded) throws GeneralSecurityException {
        require(verifier.check(decoded.signed(), key), "it");
    }

    private static void require(SignatureVerifier.Outcome outcome, String what) throws GeneralSecurityException {
        if (outcome != SignatureVerifier.Outcome.GOOD) {
            throw new GeneralSecurityException(
                    "the signature on " + what + " is wrong, or none that this backend knows");
        }
    }

    private boolean answersAs(CertificateView certificate, OcspResponse decoded) throws GeneralSecurityException {
        Optional<Bytes> name = decoded.responder().name();
        return name.isPresent()
                ? name.get().equals(certificate.subject().encoded())
                : decoded.responder()
                        .keyHash()
                        .equals(Optional.of(
                                digest("SHA-1", certificate.publicKey().key().toByteArray())));
    }

    private Bytes digest(String algorithm, byte[] content) throws GeneralSecurityException {
        return Bytes.copyOf(verifier.crypto().messageDigest(algorithm).digest(content));
    }
}
