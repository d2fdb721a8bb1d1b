package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * The parameters of a curve over a prime field.
 *
 * @param cofactor empty when it is not told
 */
record CurveDomain(
        BigInteger prime,
        BigInteger a,
        BigInteger b,
        EcPoint generator,
        BigInteger order,
        Optional<BigInteger> cofactor) {
    private static final String PRIME_FIELD = "1.2.840.10045.1.1";
    private static final byte UNCOMPRESSED = 4;

    static Optional<CurveDomain> of(ECParameterSpec parameters) {
        if (!(parameters.getCurve().getField() instanceof ECFieldFp field)) {
            return Optional.empty();
        }
        BigInteger y = parameters.getGenerator().getAffineY();
        return Optional.of(new CurveDomain(
                field.getP(),
                parameters.getCurve().getA(),
                parameters.getCurve().getB(),
                new EcPoint(parameters.getGenerator().getAffineX(), Optional.of(y), y.testBit(0)),
                parameters.getOrder(),
                Optional.empty()));
    }

    /**
     * Of parameters that are spelt out; empty when the field is another or the generator is none.
     *
     * <pre>
     * SpecifiedECDomain ::= SEQUENCE {                       -- SEC 1, C.2
     *     version  INTEGER,
     *     fieldID  SEQUENCE { fieldType OBJECT IDENTIFIER, prime INTEGER },
     *     curve    SEQUENCE { a OCTET STRING, b OCTET STRING, seed BIT STRING OPTIONAL },
     *     base     OCTET STRING,
     *     order    INTEGER,
     *     cofactor INTEGER OPTIONAL, ... }
     * </pre>
     */
    static Optional<CurveDomain> read(DerReader parameters) throws DerException {
        parameters.integer();
        DerReader field = parameters.enter(DerReader.SEQUENCE);
        if (!field.oid().equals(PRIME_FIELD)) {
            return Optional.empty();
        }
        BigInteger prime = field.integer();
        DerReader coefficients = parameters.enter(DerReader.SEQUENCE);
        BigInteger a = new BigInteger(1, coefficients.content(DerReader.OCTET_STRING));
        BigInteger b = new BigInteger(1, coefficients.content(DerReader.OCTET_STRING));
        Optional<EcPoint> generator = EcPoint.of(parameters.content(DerReader.OCTET_STRING));
        BigInteger order = parameters.integer();
        Optional<BigInteger> cofactor =
                parameters.peek() == DerReader.INTEGER ? Optional.of(parameters.integer()) : Optional.empty();
        return generator.map(point -> new CurveDomain(prime, a, b, point, order, cofactor));
    }

    /** {@code 04}, x and y, each as long as the prime; a point is on the curve when {@code y^2 = x^3 + ax + b}. */
    boolean hasUncompressed(byte[] written) {
        int size = (prime.bitLength() + 7) / 8;
        if (written.length != 1 + 2 * size || written[0] != UNCOMPRESSED) {
            return false;
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(written, 1, 1 + size));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(written, 1 + size, written.length));
        // SEC 1 section 2.3.6: a number beyond the prime is another way to write a smaller one, which nobody may use.
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && x.multiply(x)
                                .add(a)
                                .multiply(x)
                                .add(b)
                                .subtract(y.multiply(y))
                                .mod(prime)
                                .signum()
                        == 0;
    }

    /** Whether both are of one curve, as OpenSSL's {@code ossl_ec_curve_nid_from_params} compares them. */
    boolean same(CurveDomain other) {
        return prime.equals(other.prime)
                && a.equals(other.a)
                && b.equals(other.b)
                && generator.same(other.generator)
                && order.equals(other.order)
                // OpenSSL computes a cofactor that is missing.
                && (cofactor.isEmpty() || other.cofactor.isEmpty() || cofactor.equals(other.cofactor));
    }
}
