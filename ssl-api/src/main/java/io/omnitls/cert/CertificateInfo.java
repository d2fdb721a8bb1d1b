package io.omnitls.cert;

import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a certificate says: Python's {@code getpeercert()}. Decoded from the bytes without judging them, so it survives
 * hostile certificates: what cannot be decoded is absent. Immutable.
 */
public final class CertificateInfo {
    private final byte[] encoded;
    private final CertificateFields fields;

    private CertificateInfo(byte[] encoded, CertificateFields fields) {
        this.encoded = encoded;
        this.fields = fields;
    }

    /** Decodes a certificate in DER. Never fails. */
    public static CertificateInfo of(byte[] der) {
        Objects.requireNonNull(der, "der");
        byte[] copy = der.clone();
        try {
            return new CertificateInfo(copy, CertificateFields.of(CertificateView.parse(copy)));
        } catch (DerException malformed) {
            return new CertificateInfo(copy, CertificateFields.NONE);
        }
    }

    /** Decodes a certificate. */
    public static CertificateInfo of(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        try {
            byte[] encoded = certificate.getEncoded();
            if (encoded == null) {
                throw new CertificateEncodingException("it is null");
            }
            return of(encoded);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    /**
     * A certificate that was not verified: only {@link #encoded} answers, everything else is empty, so that nobody takes
     * an unproven name for a proven one. Python's empty dictionary.
     */
    public static CertificateInfo unverified(byte[] der) {
        Objects.requireNonNull(der, "der");
        return new CertificateInfo(der.clone(), CertificateFields.NONE);
    }

    /** Whether this is a certificate that was not verified, or one of which nothing could be decoded. */
    public boolean isEmpty() {
        return fields.equals(CertificateFields.NONE);
    }

    /** The certificate in DER. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** Whom it is about. */
    public DistinguishedName subject() {
        return fields.subject();
    }

    /** Who issued it. */
    public DistinguishedName issuer() {
        return fields.issuer();
    }

    /** The X.509 version, 1 to 3; 0 when it is not known. */
    public int version() {
        return fields.version();
    }

    /** The serial number in upper-case hexadecimal with an even number of digits; empty when it is not known. */
    public String serialNumber() {
        return fields.serialNumber();
    }

    /** The first moment of validity. */
    public Optional<Instant> notBefore() {
        return fields.validity().notBefore();
    }

    /** The last moment of validity. */
    public Optional<Instant> notAfter() {
        return fields.validity().notAfter();
    }

    /** The names it speaks for, in their order. */
    public List<GeneralName> subjectAltNames() {
        return fields.subjectAltNames();
    }

    /** The URIs of its OCSP responders. */
    public List<String> ocspResponders() {
        return fields.locations().ocspResponders();
    }

    /** The URIs of its issuer's certificate. */
    public List<String> caIssuers() {
        return fields.locations().caIssuers();
    }

    /** The URIs of its certificate revocation lists. */
    public List<String> crlDistributionPoints() {
        return fields.locations().crlDistributionPoints();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateInfo info
                && java.util.Arrays.equals(encoded, info.encoded)
                && isEmpty() == info.isEmpty();
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return isEmpty()
                ? "CertificateInfo[not verified]"
                : "CertificateInfo[subject: " + subject() + "; issuer: " + issuer() + "; serial: " + serialNumber()
                        + "]";
    }
}
