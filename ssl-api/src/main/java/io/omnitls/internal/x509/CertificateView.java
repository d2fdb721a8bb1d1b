package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A certificate as its bytes have it, read strictly and by nobody's class but this: what every check, message and decoded
 * field goes by, so that no backend's idea of a certificate decides anything. Immutable; equal when the bytes are.
 */
public final class CertificateView {
    private static final int NETSCAPE_ANY_CA = 0x07;

    private final Bytes encoded;
    private final Signed signed;
    private final int version;
    private final BigInteger serial;
    private final AlgorithmIdentifier innerAlgorithm;
    private final Name issuer;
    private final Time notBefore;
    private final Time notAfter;
    private final Name subject;
    private final PublicKeyInfo publicKey;
    private final CertificateExtensions extensions;
    private final boolean selfIssued;
    private final boolean selfSigned;
    private final int hash;

    /**
     * <pre>
     * Certificate    ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
     * TBSCertificate ::= SEQUENCE {
     *     version              [0] EXPLICIT INTEGER DEFAULT v1,
     *     serialNumber         INTEGER,
     *     signature            AlgorithmIdentifier,
     *     issuer               Name,
     *     validity             SEQUENCE { notBefore Time, notAfter Time },
     *     subject              Name,
     *     subjectPublicKeyInfo SubjectPublicKeyInfo,
     *     issuerUniqueID       [1] IMPLICIT BIT STRING OPTIONAL,
     *     subjectUniqueID      [2] IMPLICIT BIT STRING OPTIONAL,
     *     extensions           [3] EXPLICIT Extensions OPTIONAL }
     * </pre>
     */
    private CertificateView(Bytes encoded, Signed signed) throws DerException {
        this.encoded = encoded;
        this.signed = signed;
        DerReader tbs = DerReader.of(signed.content()).enter(DerReader.SEQUENCE);
        Optional<DerReader> tagged = tbs.enterIf(DerReader.context(0));
        this.version = tagged.isPresent() ? version(tagged.get()) : 1;
        this.serial = tbs.integer();
        this.innerAlgorithm = AlgorithmIdentifier.read(tbs);
        this.issuer = Name.read(tbs);
        DerReader validity = tbs.enter(DerReader.SEQUENCE);
        this.notBefore = Time.read(validity);
        this.notAfter = Time.read(validity);
        validity.requireEnd();
        this.subject = Name.read(tbs);
        this.publicKey = PublicKeyInfo.read(tbs);
        skipUniqueId(tbs, 1);
        skipUniqueId(tbs, 2);
        Optional<DerReader> wrapped = tbs.enterIf(DerReader.context(3));
        this.extensions = new CertificateExtensions(
                wrapped.isPresent() ? Extension.readAll(wrapped.get().enter(DerReader.SEQUENCE)) : List.of(), issuer);
        if (wrapped.isPresent()) {
            wrapped.get().requireEnd();
        }
        tbs.requireEnd();
        this.selfIssued = subject.equals(issuer);
        this.selfSigned = selfIssued && extensions.invalid().isEmpty() && fitsKeyOf(this);
        this.hash = encoded.hashCode();
    }

    /** A number that no version has is kept apart from those that one has. */
    private static int version(DerReader tagged) throws DerException {
        BigInteger number = tagged.integer();
        tagged.requireEnd();
        return number.bitLength() < 16 ? number.intValue() + 1 : 0;
    }

    private static void skipUniqueId(DerReader tbs, int tag) throws DerException {
        Optional<DerReader> id = tbs.enterIf(DerReader.contextPrimitive(tag));
        if (id.isPresent()) {
            BitString.flags(id.get().remaining());
        }
    }

    /**
     * Reads a certificate.
     *
     * @throws DerException when {@code der} is not one certificate and nothing else
     */
    public static CertificateView parse(byte[] der) throws DerException {
        DerReader reader = DerReader.of(der);
        CertificateView view = read(reader);
        reader.requireEnd();
        return view;
    }

    /** Reads the certificate that {@code der} begins with: what follows it in a PEM block, OpenSSL passes over. */
    public static CertificateView parseFirst(byte[] der) throws DerException {
        return read(DerReader.of(der));
    }

    /** Reads the next certificate and leaves what follows it. */
    static CertificateView read(DerReader reader) throws DerException {
        byte[] encoded = reader.element();
        return new CertificateView(Bytes.copyOf(encoded), Signed.read(encoded));
    }

    /**
     * What {@code certificate}'s bytes say. Remembered for as long as the object lives, and for other objects of the same
     * bytes while somebody holds one.
     *
     * @throws DerException when the bytes are none of a certificate, whatever the object's class made of them
     */
    public static CertificateView of(X509Certificate certificate) throws DerException {
        return CertificateViews.of(certificate);
    }

    /** Whether names, key identifiers and algorithms say that {@code issuer} may have issued this: {@code ossl_x509_likely_issued}. */
    public boolean likelyIssuedBy(CertificateView candidate) {
        return issuer.equals(candidate.subject)
                && extensions.invalid().isEmpty()
                && candidate.extensions.invalid().isEmpty()
                && fitsKeyOf(candidate);
    }

    private boolean fitsKeyOf(CertificateView candidate) {
        return extensions
                        .authorityKeyIdentifier()
                        .filter(key -> !key.fits(candidate))
                        .isEmpty()
                && SignatureAlgorithm.fits(innerAlgorithm, candidate.publicKey);
    }

    /** Whether this is an authority's: {@code X509_check_ca}. */
    public Authority authority() {
        if (extensions.invalid().isPresent() || !extensions.allows(CertificateExtensions.KEY_CERT_SIGN)) {
            return Authority.NO;
        }
        if (extensions.basicConstraints().isPresent()) {
            return extensions.isAuthority() ? Authority.YES : Authority.NO;
        }
        if (version == 1 && selfSigned) {
            return Authority.VERSION_1_ROOT;
        }
        if (extensions.keyUsage().isPresent()) {
            return Authority.BY_KEY_USAGE;
        }
        return extensions
                        .netscapeCertType()
                        .filter(type -> (type & NETSCAPE_ANY_CA) != 0)
                        .isPresent()
                ? Authority.BY_NETSCAPE_TYPE
                : Authority.NO;
    }

    /** The certificate in DER. */
    public Bytes encoded() {
        return encoded;
    }

    /** What was signed, by which algorithm, and the signature. */
    public Signed signed() {
        return signed;
    }

    /** 1 to 3, or what nobody has defined. */
    public int version() {
        return version;
    }

    public BigInteger serial() {
        return serial;
    }

    /** The algorithm as it is named under the signature; beside the signature it is {@link Signed#algorithm}. */
    public AlgorithmIdentifier innerAlgorithm() {
        return innerAlgorithm;
    }

    /** Whether the algorithm is the same in both places (RFC 5280 section 4.1.1.2). */
    public boolean algorithmsAgree() {
        return innerAlgorithm.equals(signed.algorithm());
    }

    public Name issuer() {
        return issuer;
    }

    public Time notBefore() {
        return notBefore;
    }

    public Time notAfter() {
        return notAfter;
    }

    public Name subject() {
        return subject;
    }

    public PublicKeyInfo publicKey() {
        return publicKey;
    }

    public CertificateExtensions extensions() {
        return extensions;
    }

    /** Whether subject and issuer have the same name: OpenSSL's {@code EXFLAG_SI}. */
    public boolean selfIssued() {
        return selfIssued;
    }

    /** Whether it is self-issued, and neither key identifiers nor algorithms say otherwise: {@code EXFLAG_SS}. */
    public boolean selfSigned() {
        return selfSigned;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof CertificateView view && hash == view.hash && encoded.equals(view.encoded);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The subject, for messages. */
    @Override
    public String toString() {
        return subject.toString();
    }
}
