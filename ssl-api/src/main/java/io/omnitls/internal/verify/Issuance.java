package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.security.cert.X509Extension;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether one certificate can be the issuer of another, by what they say: OpenSSL's {@code X509_check_issued}. */
final class Issuance {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    private Issuance() {}

    /**
     * Whether {@code issuer} may have issued {@code subject}: names, key identifiers and algorithm fit ({@code
     * ossl_x509_likely_issued}). The signature is not looked at, nor whether the issuer was allowed to.
     */
    static boolean likely(X509Certificate issuer, X509Certificate subject) {
        return issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())
                && keyIdentifierFits(issuer, subject)
                && algorithmFits(issuer.getPublicKey().getAlgorithm(), subject.getSigAlgName());
    }

    /** The key can make such signatures: {@code check_sig_alg_match}. */
    private static boolean algorithmFits(String key, String signature) {
        String upper = signature.toUpperCase(Locale.ROOT);
        if (upper.endsWith("WITHRSA") || upper.contains("WITHRSAAND")) {
            return key.equals("RSA");
        }
        if (upper.startsWith("RSASSA-PSS")) {
            return key.equals("RSA") || key.equals("RSASSA-PSS");
        }
        if (upper.contains("WITHECDSA")) {
            return key.equals("EC");
        }
        return true; // the signature will tell
    }

    /** Key usage, where there is one, allows {@code issuer} to sign {@code subject}: {@code ossl_x509_signing_allowed}. */
    static VerifyCode signingAllowed(X509Certificate issuer, X509Certificate subject) {
        if (Extension.present(subject, Extension.PROXY_CERT_INFO)) {
            return may(issuer, DIGITAL_SIGNATURE) ? VerifyCode.OK : VerifyCode.KEYUSAGE_NO_DIGITAL_SIGNATURE;
        }
        return maySign(issuer) ? VerifyCode.OK : VerifyCode.KEYUSAGE_NO_CERTSIGN;
    }

    /** Key usage, where there is one, allows to sign certificates. */
    static boolean maySign(X509Certificate certificate) {
        return may(certificate, KEY_CERT_SIGN);
    }

    private static boolean may(X509Certificate certificate, int usage) {
        boolean[] usages = certificate.getKeyUsage();
        return usages == null || usages[usage];
    }

    static boolean selfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** OpenSSL's EXFLAG_SS: self-issued, and the key identifiers do not say otherwise. */
    static boolean selfSigned(X509Certificate certificate) {
        return likely(certificate, certificate);
    }

    /**
     * <pre>
     * AuthorityKeyIdentifier ::= SEQUENCE {
     *     keyIdentifier             [0] IMPLICIT OCTET STRING OPTIONAL,
     *     authorityCertIssuer       [1] IMPLICIT GeneralNames OPTIONAL,
     *     authorityCertSerialNumber [2] IMPLICIT INTEGER OPTIONAL }
     * </pre>
     */
    static boolean keyIdentifierFits(X509Certificate issuer, X509Extension subject) {
        try {
            Optional<DerReader> extension = Extension.value(subject, Extension.AUTHORITY_KEY_IDENTIFIER);
            if (extension.isEmpty()) {
                return true;
            }
            DerReader authority = extension.get().enter(DerReader.SEQUENCE);
            Optional<DerReader> keyIdentifier = authority.enterIf(DerReader.contextPrimitive(0));
            Optional<DerReader> subjectKey = Extension.value(issuer, Extension.SUBJECT_KEY_IDENTIFIER);
            if (keyIdentifier.isPresent()
                    && subjectKey.isPresent()
                    && !Arrays.equals(
                            keyIdentifier.get().rest(), subjectKey.get().content(DerReader.OCTET_STRING))) {
                return false;
            }
            authority.enterIf(DerReader.context(1));
            Optional<DerReader> serial = authority.enterIf(DerReader.contextPrimitive(2));
            return serial.isEmpty() || new BigInteger(serial.get().rest()).equals(issuer.getSerialNumber());
        } catch (DerException | NumberFormatException broken) {
            // Then it identifies nobody.
            return false;
        }
    }

    /** Whether {@code subject} names the key of its issuer by an identifier. */
    static boolean namesIssuersKey(X509Certificate subject) {
        try {
            Optional<DerReader> extension = Extension.value(subject, Extension.AUTHORITY_KEY_IDENTIFIER);
            return extension.isPresent()
                    && extension
                            .get()
                            .enter(DerReader.SEQUENCE)
                            .enterIf(DerReader.contextPrimitive(0))
                            .isPresent();
        } catch (DerException broken) {
            return false;
        }
    }
}
