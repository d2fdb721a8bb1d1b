package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The signatures and the validity of each certificate, from the anchor down: OpenSSL's {@code internal_verify}. */
record SignatureCheck(Instant time, VerifiedSignatures signatures) implements ChainCheck {

    @Override
    public Optional<Finding> check(List<X509Certificate> path) {
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            X509Certificate certificate = path.get(depth);
            if (depth < path.size() - 1) {
                VerifyCode allowed = Issuance.signingAllowed(path.get(depth + 1), certificate);
                if (allowed != VerifyCode.OK) {
                    return Finding.of(
                            allowed,
                            depth + 1,
                            "the key usage of " + path.get(depth + 1).getSubjectX500Principal()
                                    + " does not allow what it signed");
                }
            }
            // The anchor's own signature proves nothing: it is trusted because it is an anchor.
            if (depth < path.size() - 1
                    && !signatures.check(certificate, path.get(depth + 1).getPublicKey())) {
                return Finding.of(
                        VerifyCode.CERT_SIGNATURE_FAILURE,
                        depth,
                        "the signature on " + certificate.getSubjectX500Principal() + " was not made with the key of "
                                + path.get(depth + 1).getSubjectX500Principal());
            }
            VerifyCode validity = Validity.at(time, certificate);
            if (validity != VerifyCode.OK) {
                return Finding.of(
                        validity,
                        depth,
                        certificate.getSubjectX500Principal() + " is valid from "
                                + certificate.getNotBefore().toInstant() + " to "
                                + certificate.getNotAfter().toInstant() + ", now is " + time);
            }
        }
        return Optional.empty();
    }
}
