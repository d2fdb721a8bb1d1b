package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateView;
import java.util.Optional;

/** Signatures and validity from the anchor down: OpenSSL's {@code internal_verify}. */
record SignatureCheck(VerifyRequest request, Signatures signatures) implements ChainCheck {

    @Override
    public Optional<Finding> check(CertificatePath path) {
        int top = path.size() - 1;
        for (int depth = top; depth >= 0; depth--) {
            CertificateView certificate = path.get(depth);
            if (depth < top) {
                Optional<Finding> unsigned = signature(certificate, path.get(depth + 1), depth);
                if (unsigned.isPresent()) {
                    return unsigned;
                }
            } else if (top > 0 && !certificate.selfSigned() && !request.rules().partialChain()) {
                // An anchor that somebody named without its issuer is trusted whatever its dates say.
                continue;
            }
            VerifyCode validity = Validity.at(request.time(), certificate);
            if (validity != VerifyCode.OK) {
                return Finding.of(validity, depth, Validity.explain(validity, request.time(), certificate));
            }
        }
        return Optional.empty();
    }

    /** The anchor's own signature proves nothing: it is trusted because it is an anchor. */
    private Optional<Finding> signature(CertificateView certificate, CertificateView issuer, int depth) {
        VerifyCode allowed = Issuance.signingAllowed(issuer, certificate);
        if (allowed != VerifyCode.OK) {
            return Finding.of(allowed, depth + 1, "the key usage of " + issuer + " does not allow what it signed");
        }
        // RFC 5280 4.1.1.2: the algorithm is named twice, and only one of the two places is signed.
        if (!certificate.algorithmsAgree()) {
            return Finding.of(
                    VerifyCode.CERT_SIGNATURE_FAILURE,
                    depth,
                    "the algorithm beside the signature on " + certificate + " is not the one under it");
        }
        SignatureVerifier.Outcome outcome = signatures.check(certificate, issuer.publicKey());
        if (outcome == SignatureVerifier.Outcome.GOOD) {
            return Optional.empty();
        }
        return Finding.of(
                outcome.code(VerifyCode.CERT_SIGNATURE_FAILURE),
                outcome == SignatureVerifier.Outcome.UNUSABLE_KEY ? depth + 1 : depth,
                SignatureVerifier.explain(
                        outcome, certificate.toString(), certificate.signed(), issuer, issuer.publicKey()));
    }
}
