package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.CrlView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.PemBlock;
import io.omnitls.internal.x509.PlainCertificate;
import io.omnitls.internal.x509.TrustedBlock;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.DhParameters;
import io.omnitls.spi.CryptoServices;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** Certificates and parameters as text (RFC 7468). */
public final class Pem {
    private static final String HEADER = "-----BEGIN CERTIFICATE-----";
    private static final String FOOTER = "-----END CERTIFICATE-----";

    private Pem() {}

    /** The PEM text of a certificate in DER, in lines of 64 columns: Python's {@code DER_cert_to_PEM_cert}. */
    public static String encodeCertificate(byte[] der) {
        Objects.requireNonNull(der, "der");
        byte[] newline = {'\n'};
        return HEADER + "\n"
                + new String(Base64.getMimeEncoder(64, newline).encode(der), StandardCharsets.US_ASCII)
                + "\n" + FOOTER + "\n";
    }

    /** The PEM text of a certificate. */
    public static String encodeCertificate(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        try {
            return encodeCertificate(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    /**
     * The DER of the certificate in {@code pem}: Python's {@code PEM_cert_to_DER_cert}.
     *
     * @throws TlsException NO_START_LINE, BAD_END_LINE or BAD_BASE64_DECODE when it is not one certificate's text
     */
    public static byte[] decodeCertificate(String pem) throws TlsException {
        Objects.requireNonNull(pem, "pem");
        String text = pem.trim();
        if (!text.startsWith(HEADER)) {
            throw new TlsException(ErrorReason.NO_START_LINE, "the text does not begin with " + HEADER);
        }
        if (!text.endsWith(FOOTER)) {
            throw new TlsException(ErrorReason.BAD_END_LINE, "the text does not end with " + FOOTER);
        }
        return SourceFile.of(text, "the text").blocks().get(0).content();
    }

    /**
     * All certificates in a text, with whatever stands around them.
     *
     * @throws TlsException NO_START_LINE when there is none, or what is wrong with one
     */
    public static List<X509Certificate> certificates(String pem, CryptoServices crypto) throws TlsException {
        Objects.requireNonNull(pem, "pem");
        Objects.requireNonNull(crypto, "crypto");
        return certificates(SourceFile.of(pem, "the text"), crypto);
    }

    /**
     * All certificates in a file, PEM or DER.
     *
     * @throws TlsException NO_SUCH_FILE and the like, NO_START_LINE when there is none, or what is wrong with one
     */
    public static List<X509Certificate> certificates(Path file, CryptoServices crypto) throws TlsException {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(crypto, "crypto");
        return certificates(SourceFile.read(file), crypto);
    }

    /**
     * The first Diffie-Hellman parameters in a text: a {@code DH PARAMETERS} block (PKCS #3) or an
     * {@code X9.42 DH PARAMETERS} block.
     *
     * @throws TlsException NO_START_LINE when there are none, BAD_ASN1, BAD_BASE64_DECODE or BAD_END_LINE when they are
     *     malformed
     */
    public static DhParameters dhParameters(String pem) throws TlsException {
        Objects.requireNonNull(pem, "pem");
        return DhParametersReader.read(SourceFile.of(pem, "the text"));
    }

    /** The same in a file; with NO_SUCH_FILE too. */
    public static DhParameters dhParameters(Path file) throws TlsException {
        Objects.requireNonNull(file, "file");
        return DhParametersReader.read(SourceFile.read(file));
    }

    /** All certificates in {@code source}, PEM or DER. */
    static List<X509Certificate> certificates(SourceFile source, CryptoServices crypto) throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        trusted(source, crypto).forEach(trusted -> certificates.add(trusted.certificate()));
        if (certificates.isEmpty()) {
            throw new TlsException(
                    ErrorReason.NO_START_LINE, source.name() + ": no certificate found, expected a CERTIFICATE block");
        }
        return certificates;
    }

    /** The certificates in {@code source}, of which there may be none, and what each is trusted for. */
    static List<TrustedCertificate> trusted(SourceFile source, CryptoServices crypto) throws TlsException {
        return source.der() ? derTrusted(source, crypto) : trusted(source.blocks(), source.name(), crypto);
    }

    /** The certificates in {@code source}, which is DER. */
    static List<TrustedCertificate> derTrusted(SourceFile source, CryptoServices crypto) throws TlsException {
        List<TrustedCertificate> certificates = new ArrayList<>();
        for (DerElement element : DerElement.split(source)) {
            if (!element.looksLikeCrl()) {
                certificates.add(trusted(element.der(), element.where(), crypto));
            }
        }
        return certificates;
    }

    /** The CRLs in {@code source}, of which there may be none. */
    static List<CrlView> crls(SourceFile source) throws TlsException {
        if (source.der()) {
            return derCrls(source);
        }
        List<CrlView> crls = new ArrayList<>();
        for (PemBlock block : source.blocks()) {
            if (block.label().equals("X509 CRL")) {
                crls.add(crl(block.content(), source.name() + ", line " + block.line()));
            }
        }
        return crls;
    }

    /** The CRLs in {@code source}, which is DER. */
    static List<CrlView> derCrls(SourceFile source) throws TlsException {
        List<CrlView> crls = new ArrayList<>();
        for (DerElement element : DerElement.split(source)) {
            if (element.looksLikeCrl()) {
                crls.add(crl(element.der(), element.where()));
            }
        }
        return crls;
    }

    private static CrlView crl(byte[] der, String where) throws TlsException {
        try {
            return CrlView.of(Bytes.copyOf(der));
        } catch (DerException e) {
            throw new TlsException(ErrorReason.BAD_ASN1, where + ": malformed CRL: " + e.getMessage(), e);
        }
    }

    /** The certificates among {@code blocks}. */
    static List<TrustedCertificate> trusted(List<PemBlock> blocks, String source, CryptoServices crypto)
            throws TlsException {
        List<TrustedCertificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            String where = source + ", line " + block.line();
            switch (block.label()) {
                case "CERTIFICATE", "X509 CERTIFICATE" -> certificates.add(trusted(block.content(), where, crypto));
                case "TRUSTED CERTIFICATE" -> certificates.add(withSettings(block.content(), where, crypto));
                default -> {
                    // Keys, requests and CRLs may stand in the same file.
                }
            }
        }
        return certificates;
    }

    static TrustedCertificate trusted(byte[] der, String where, CryptoServices crypto) throws TlsException {
        return trusted(certificate(der, where, crypto), where);
    }

    /** A certificate that somebody else has read, which has to be one to us too. */
    static TrustedCertificate trusted(X509Certificate certificate, String where) throws TlsException {
        try {
            return new TrustedCertificate(CertificateView.of(certificate), certificate, TrustSettings.NONE);
        } catch (DerException e) {
            throw malformed(where, e);
        }
    }

    /** The same for a CRL. */
    static CrlView crl(X509CRL crl) throws TlsException {
        try {
            return crl(crl.getEncoded(), "a CRL");
        } catch (CRLException e) {
            throw new TlsException(ErrorReason.BAD_ASN1, "a CRL has no encoding: " + e.getMessage(), e);
        }
    }

    private static TrustedCertificate withSettings(byte[] der, String where, CryptoServices crypto)
            throws TlsException {
        try {
            TrustedBlock block = TrustedBlock.parse(der);
            return new TrustedCertificate(
                    block.certificate(),
                    certificate(block.certificate(), crypto),
                    new TrustSettings(block.trusted(), block.rejected()));
        } catch (DerException e) {
            throw malformed(where, e);
        }
    }

    /**
     * A certificate. It is our own reading that decides whether it is one; where the backend's class does not take it all
     * the same, it gets an object of ours.
     */
    static X509Certificate certificate(byte[] der, String where, CryptoServices crypto) throws TlsException {
        try {
            return certificate(CertificateView.parseFirst(der), crypto);
        } catch (DerException e) {
            throw malformed(where, e);
        }
    }

    private static TlsException malformed(String where, DerException e) {
        return new TlsException(ErrorReason.BAD_ASN1, where + ": malformed certificate: " + e.getMessage(), e);
    }

    private static X509Certificate certificate(CertificateView view, CryptoServices crypto) throws TlsException {
        byte[] der = view.encoded().toByteArray();
        try {
            CertificateFactory factory = crypto.certificateFactory();
            if (factory.generateCertificate(new ByteArrayInputStream(der)) instanceof X509Certificate certificate
                    && Arrays.equals(certificate.getEncoded(), der)) {
                return certificate;
            }
        } catch (CertificateException | RuntimeException unwilling) {
            // BC-FIPS and Conscrypt throw IllegalArgumentException for names that javax does not take.
        } catch (NoSuchAlgorithmException e) {
            throw new TlsException(ErrorReason.INTERNAL_ERROR, "the provider cannot read certificates", e);
        }
        return new PlainCertificate(view);
    }
}
