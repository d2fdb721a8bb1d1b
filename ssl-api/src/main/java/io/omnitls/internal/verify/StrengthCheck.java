package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.AlgorithmIdentifier;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.SignatureAlgorithm;
import java.util.List;
import java.util.Optional;

/** The keys of the issuers, and all signatures but the anchor's: OpenSSL's {@code check_auth_level}. */
record StrengthCheck(int securityBits) implements ChainCheck {

    @Override
    public Optional<Finding> check(CertificatePath path) {
        for (int depth = 0; depth < path.size(); depth++) {
            CertificateView certificate = path.get(depth);
            if (depth > 0 && !strong(certificate)) {
                return Finding.of(VerifyCode.CA_KEY_TOO_SMALL, depth, weakness(certificate));
            }
            if (!path.isLast(depth) && !strong(certificate.signed().algorithm())) {
                return weakSignature(certificate, depth);
            }
        }
        return Optional.empty();
    }

    /** The same for what this end presents itself. A signature of its own says nothing about a certificate. */
    Optional<Finding> ofIdentity(List<CertificateView> chain) {
        for (int depth = 0; depth < chain.size(); depth++) {
            CertificateView certificate = chain.get(depth);
            if (!strong(certificate)) {
                return Finding.of(
                        depth == 0 ? VerifyCode.EE_KEY_TOO_SMALL : VerifyCode.CA_KEY_TOO_SMALL,
                        depth,
                        weakness(certificate));
            }
            if (!certificate.selfSigned() && !strong(certificate.signed().algorithm())) {
                return weakSignature(certificate, depth);
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> weakSignature(CertificateView certificate, int depth) {
        return Finding.of(
                VerifyCode.CA_MD_TOO_WEAK,
                depth,
                "the signature on " + certificate + " is "
                        + name(certificate.signed().algorithm()) + ", which is too weak");
    }

    /** Whether the key of {@code certificate} is strong enough. */
    boolean strong(CertificateView certificate) {
        return certificate.publicKey().securityBits() >= securityBits;
    }

    /** Whether signatures made so are; those that nobody knows have no strength. */
    boolean strong(AlgorithmIdentifier signature) {
        return SignatureAlgorithm.of(signature)
                        .map(SignatureAlgorithm::securityBits)
                        .orElse(0)
                >= securityBits;
    }

    /** What is wrong with a key that is not strong enough. */
    String weakness(CertificateView certificate) {
        return "the key of " + certificate + ", " + certificate.publicKey() + ", has "
                + certificate.publicKey().securityBits() + " bits of security, " + securityBits + " are asked for";
    }

    static String name(AlgorithmIdentifier signature) {
        return SignatureAlgorithm.of(signature)
                .map(known -> known.pss()
                        .map(pss -> "RSASSA-PSS with " + pss.digest())
                        .orElse(known.jcaName()))
                .orElse("the algorithm " + Excerpt.oid(signature.oid()));
    }
}
