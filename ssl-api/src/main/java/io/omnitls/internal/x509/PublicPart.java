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
        PublicKeyInfo info = CertificateView.of(certificate).publicKey();
        KeyAlgorithm algorithm = KeyAlgorithm.of(info.algorithm());
        if (algorithm.family().equals("RSA") && info.numbers().isEmpty()) {
            throw new DerException("no modulus and exponent in it");
        }
        byte[] key = info.key().toByteArray();
        return new PublicPart(
                algorithm,
                info.numbers().map(PublicKeyInfo.RsaNumbers::modulus),
                algorithm.name().equals("EC") ? EcPoint.of(key) : Optional.empty(),
                DerWriter.sequence(algorithm.identifier().encoded(), DerWriter.bitString(key)));
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
        return algorithm.family();
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
