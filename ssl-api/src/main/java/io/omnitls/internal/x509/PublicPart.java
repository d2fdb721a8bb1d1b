package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The public half of a key as its bytes tell it, so that a private key and a certificate can be compared without a backend,
 * which may know neither of them.
 */
public final class PublicPart {
    private final KeyAlgorithm algorithm;
    private final Optional<BigInteger> modulus;
    private final Optional<EcPoint> point;
    private final byte[] encoded;

    private PublicPart(KeyAlgorithm algorithm, Optional<BigInteger> modulus, Optional<EcPoint> point, byte[] encoded) {
        this.algorithm = algorithm;
        this.modulus = modulus;
        this.point = point;
        this.encoded = encoded;
    }

    /** Whether two halves belong together. */
    public enum Fit {
        YES,
        NO,
        /** The bytes do not tell; a signature will. */
        UNKNOWN
    }

    /** What a private key tells of its public half. */
    static PublicPart ofPrivate(KeyAlgorithm algorithm, Optional<BigInteger> modulus, Optional<EcPoint> point) {
        return new PublicPart(algorithm, modulus, point, new byte[0]);
    }

    /** That of a certificate. */
    public static PublicPart of(X509Certificate certificate) throws DerException {
        byte[] info = CertificateView.of(certificate).publicKey().encoded().toByteArray();
        return ofSubject(DerReader.of(info).enter(DerReader.SEQUENCE));
    }

    /** {@code SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }}. */
    private static PublicPart ofSubject(DerReader info) throws DerException {
        KeyAlgorithm algorithm = KeyAlgorithm.read(info);
        byte[] key = info.element();
        byte[] encoded = DerWriter.sequence(algorithm.identifier(), key);
        byte[] bits = DerReader.of(key).bitString();
        return switch (algorithm.name()) {
            // RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
            case "RSA", "RSASSA-PSS" ->
                new PublicPart(
                        algorithm,
                        Optional.of(DerReader.of(bits).enter(DerReader.SEQUENCE).integer()),
                        Optional.empty(),
                        encoded);
            case "EC" -> new PublicPart(algorithm, Optional.empty(), EcPoint.of(bits), encoded);
            default -> new PublicPart(algorithm, Optional.empty(), Optional.empty(), encoded);
        };
    }

    /** Whether this half and {@code other} are of one key. */
    public Fit fits(PublicPart other) {
        if (!family().equals(other.family()) || !algorithm.curve().equals(other.algorithm.curve())) {
            return Fit.NO;
        }
        if (modulus.isPresent() && other.modulus.isPresent()) {
            return modulus.equals(other.modulus) ? Fit.YES : Fit.NO;
        }
        if (point.isPresent() && other.point.isPresent()) {
            return point.get().same(other.point.get()) ? Fit.YES : Fit.NO;
        }
        return Fit.UNKNOWN;
    }

    /** One RSA key may have a certificate for either kind of signature. */
    public String family() {
        return algorithm.name().equals("RSASSA-PSS") ? "RSA" : algorithm.name();
    }

    /** RSA, RSASSA-PSS, EC, Ed25519, Ed448 or DSA; an object identifier for anything else. */
    public String name() {
        return algorithm.name();
    }

    /** The modulus of an RSA key. */
    public Optional<BigInteger> modulus() {
        return modulus;
    }

    /** The curve of an EC key. */
    public Optional<String> curve() {
        return algorithm.curve();
    }

    /** {@code RSA} or {@code EC on brainpoolP256r1}. */
    public String description() {
        return algorithm.description();
    }

    /** A certificate's SubjectPublicKeyInfo, with the curve by its name. */
    public byte[] encoded() {
        return encoded.clone();
    }
}
