package io.omnitls.internal.verify;

import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

/** Whether one certificate can be the issuer of another, by what they say: OpenSSL's {@code X509_check_issued}. */
final class Issuance {
    private static final int KEY_CERT_SIGN = 5;

    private Issuance() {}

    /** Whether {@code issuer} may have issued {@code subject}; the signature is not looked at. */
    static boolean plausible(X509Certificate issuer, X509Certificate subject) {
        return likely(issuer, subject) && maySign(issuer);
    }

    /** Names and key identifiers fit. */
    private static boolean likely(X509Certificate issuer, X509Certificate subject) {
        return issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())
                && keyIdentifierFits(issuer, subject);
    }

    /** Key usage, where there is one, allows to sign certificates. */
    static boolean maySign(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || usage[KEY_CERT_SIGN];
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
    private static boolean keyIdentifierFits(X509Certificate issuer, X509Certificate subject) {
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
}
