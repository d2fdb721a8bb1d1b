package io.omnitls.internal.verify;

import io.omnitls.cert.OcspStapling;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.CryptoServices;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a stapled OCSP response says of the leaf (RFC 6960 section 3.2): the answer has to be about it, signed by its issuer
 * or by a responder that the issuer itself has appointed, and current.
 *
 * @param response the OCSPResponse, DER; empty when the server stapled none
 */
record StapleCheck(OcspStapling mode, Optional<Bytes> response, Instant time, CryptoServices crypto)
        implements ChainCheck {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    /** How far clocks may be apart, as {@code OCSP_check_validity} is commonly called with. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    @Override
    public Optional<Finding> check(List<X509Certificate> path) {
        if (mode == OcspStapling.IGNORE) {
            return Optional.empty();
        }
        if (response.isEmpty()) {
            return complaint(VerifyCode.OCSP_VERIFY_NEEDED, "the server stapled no OCSP response");
        }
        X509Certificate leaf = path.get(0);
        X509Certificate issuer = path.get(Math.min(1, path.size() - 1));
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

    private Optional<OcspResponse.Single> answerFor(X509Certificate leaf, X509Certificate issuer, OcspResponse decoded)
            throws GeneralSecurityException, DerException {
        for (OcspResponse.Single answer : decoded.answers()) {
            if (answer.serial().equals(leaf.getSerialNumber())
                    && answer.issuerName()
                            .equals(digest(
                                    answer.digest(),
                                    leaf.getIssuerX500Principal().getEncoded()))
                    && answer.issuerKey().equals(digest(answer.digest(), keyBits(issuer)))) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private void requireSignedFor(X509Certificate issuer, OcspResponse decoded)
            throws GeneralSecurityException, DerException {
        if (answersAs(issuer, decoded)) {
            requireSignature(issuer.getPublicKey(), decoded);
            return;
        }
        for (Bytes encoded : decoded.certificates()) {
            X509Certificate responder = (X509Certificate)
                    crypto.certificateFactory().generateCertificate(new ByteArrayInputStream(encoded.toByteArray()));
            if (answersAs(responder, decoded)) {
                requireAppointed(responder, issuer);
                requireSignature(responder.getPublicKey(), decoded);
                return;
            }
        }
        throw new GeneralSecurityException("nobody that the issuer knows has signed it");
    }

    /** RFC 6960 section 4.2.2.2: the issuer's own signature and the purpose OCSPSigning, nothing less. */
    private void requireAppointed(X509Certificate responder, X509Certificate issuer) throws GeneralSecurityException {
        List<String> purposes = responder.getExtendedKeyUsage();
        if (purposes == null || !purposes.contains(OCSP_SIGNING)) {
            throw new GeneralSecurityException("its responder's certificate is not for OCSP signing");
        }
        if (Validity.at(time, responder) != VerifyCode.OK) {
            throw new GeneralSecurityException("its responder's certificate is not valid now");
        }
        crypto.verify(responder, issuer.getPublicKey());
    }

    private void requireSignature(PublicKey key, OcspResponse decoded) throws GeneralSecurityException {
        Signature signature = crypto.signature(decoded.signatureAlgorithm());
        signature.initVerify(key);
        signature.update(decoded.signedData().toByteArray());
        if (!signature.verify(decoded.signature().toByteArray())) {
            throw new GeneralSecurityException("its signature is wrong");
        }
    }

    private boolean answersAs(X509Certificate certificate, OcspResponse decoded)
            throws GeneralSecurityException, DerException {
        Optional<Bytes> name = decoded.responder().name();
        return name.isPresent()
                ? name.get()
                        .equals(Bytes.copyOf(
                                certificate.getSubjectX500Principal().getEncoded()))
                : decoded.responder().keyHash().equals(Optional.of(digest("SHA-1", keyBits(certificate))));
    }

    private Bytes digest(String algorithm, byte[] content) throws GeneralSecurityException {
        return Bytes.copyOf(crypto.messageDigest(algorithm).digest(content));
    }

    /** The subjectPublicKey without tag, length and the count of unused bits. */
    private static byte[] keyBits(X509Certificate certificate) throws DerException {
        DerReader key = DerReader.of(certificate.getPublicKey().getEncoded()).enter(DerReader.SEQUENCE);
        key.skip();
        return key.bitString();
    }
}
