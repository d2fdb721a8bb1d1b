package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.OcspResponse;
import io.omnitls.internal.x509.Signed;
import io.omnitls.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who may answer for an issuer (RFC 6960 section 4.2.2.2): itself, or a responder that it has appointed with a certificate
 * of its own. Each with a key and signatures as strong as those of the chain have to be.
 */
record ResponderCheck(Instant time, StrengthCheck strength, SignatureVerifier verifier) {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    /**
     * Why {@code response} does not speak for {@code issuer}; empty when it does. An appointed responder may have the
     * issuer's name, so everybody whom the response could mean is tried.
     *
     * @throws DerException when a certificate that came with the response cannot be read
     */
    Optional<String> objection(OcspResponse response, CertificateView issuer)
            throws GeneralSecurityException, DerException {
        Optional<String> objection = Optional.empty();
        if (isMeant(issuer, response.responder())) {
            objection = notSigned(response.signed(), "it", issuer);
            if (objection.isEmpty()) {
                return objection;
            }
        }
        for (Bytes encoded : response.certificates()) {
            CertificateView responder = CertificateView.parse(encoded.toByteArray());
            if (isMeant(responder, response.responder()) && !responder.equals(issuer)) {
                Optional<String> own =
                        notAppointed(responder, issuer).or(() -> notSigned(response.signed(), "it", responder));
                if (own.isEmpty()) {
                    return own;
                }
                objection = own;
            }
        }
        return objection.or(() -> Optional.of("nobody that the issuer knows has signed it"));
    }

    private boolean isMeant(CertificateView certificate, OcspResponse.Responder responder)
            throws GeneralSecurityException {
        if (responder.name().isPresent()) {
            return responder.name().get().equals(certificate.subject());
        }
        byte[] key = certificate.publicKey().key().toByteArray();
        // RFC 6960 4.2.1: the digest that names a key is SHA-1, and only that.
        byte[] digest = verifier.crypto().messageDigest("SHA-1").digest(key);
        return responder.keyHash().filter(Bytes.copyOf(digest)::equals).isPresent();
    }

    private Optional<String> notAppointed(CertificateView responder, CertificateView issuer) {
        CertificateExtensions extensions = responder.extensions();
        List<String> purposes = extensions.extendedKeyUsage().orElse(List.of());
        if (extensions.invalid().isPresent()) {
            return objection("is malformed: " + extensions.invalid().get());
        }
        Optional<String> strange = ExtensionsCheck.notUnderstood(responder);
        if (strange.isPresent()) {
            return objection("has the critical extension " + strange.get() + ", which nobody here understands");
        }
        if (!purposes.contains(OCSP_SIGNING)) {
            return objection("is not for OCSP signing");
        }
        // RFC 5280 4.2.1.3: what is neither a certificate nor a CRL is signed with digitalSignature.
        if (extensions.isProxy() || !extensions.allows(CertificateExtensions.DIGITAL_SIGNATURE)) {
            return objection("does not allow it to sign anything but certificates");
        }
        if (Validity.at(time, responder) != VerifyCode.OK) {
            return objection("is not valid now");
        }
        if (!responder.likelyIssuedBy(issuer)
                || !responder.algorithmsAgree()
                || Issuance.signingAllowed(issuer, responder) != VerifyCode.OK) {
            return objection("is not of the issuer that it answers for");
        }
        return notSigned(responder.signed(), "its responder's certificate", issuer);
    }

    private static Optional<String> objection(String ofTheResponder) {
        return Optional.of("its responder's certificate " + ofTheResponder);
    }

    private Optional<String> notSigned(Signed signed, String what, CertificateView signer) {
        if (!strength.strong(signer)) {
            return Optional.of(strength.weakness(signer));
        }
        if (!strength.strong(signed.algorithm())) {
            return Optional.of("the signature on " + what + " is " + StrengthCheck.name(signed.algorithm())
                    + ", which is too weak");
        }
        SignatureVerifier.Outcome outcome = verifier.check(signed, signer.publicKey());
        return outcome == SignatureVerifier.Outcome.GOOD
                ? Optional.empty()
                : Optional.of(SignatureVerifier.explain(outcome, what, signed, signer, signer.publicKey()));
    }
}
