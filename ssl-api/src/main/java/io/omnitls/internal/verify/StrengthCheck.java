package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The keys of the issuers, and all signatures but the anchor's: OpenSSL's {@code check_auth_level}. */
record StrengthCheck(int securityBits) implements ChainCheck {

    @Override
    public Optional<Finding> check(List<X509Certificate> path) {
        for (int depth = 0; depth < path.size(); depth++) {
            X509Certificate certificate = path.get(depth);
            if (depth > 0 && Security.ofKey(certificate) < securityBits) {
                return Finding.of(
                        VerifyCode.CA_KEY_TOO_SMALL,
                        depth,
                        "the key of " + certificate.getSubjectX500Principal() + " has " + Security.ofKey(certificate)
                                + " bits of security, " + securityBits + " are asked for");
            }
            if (depth < path.size() - 1 && Security.ofSignature(certificate) < securityBits) {
                return Finding.of(
                        VerifyCode.CA_MD_TOO_WEAK,
                        depth,
                        "the signature on " + certificate.getSubjectX500Principal() + " is "
                                + certificate.getSigAlgName() + ", which is too weak");
            }
        }
        return Optional.empty();
    }
}
