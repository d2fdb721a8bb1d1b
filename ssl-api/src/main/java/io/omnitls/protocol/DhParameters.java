package io.omnitls.protocol;

import java.math.BigInteger;
import java.util.Objects;

/**
 * The group of a Diffie-Hellman key exchange over a prime field, which a server of TLS 1.2 and older may choose freely
 * (RFC 5246 section 7.4.3). Whether the prime is one is not examined: take a group from RFC 7919 or 3526, or one of your
 * own making.
 *
 * @param prime the modulus, an odd number of at most 10000 bits, as in OpenSSL
 * @param generator at least 2 and at most {@code prime - 2}
 */
public record DhParameters(BigInteger prime, BigInteger generator) {
    private static final int MAX_BITS = 10_000;

    /**
     * Checks what is said of the components.
     *
     * @throws IllegalArgumentException when it does not hold
     */
    public DhParameters {
        Objects.requireNonNull(prime, "prime");
        Objects.requireNonNull(generator, "generator");
        if (prime.signum() <= 0 || !prime.testBit(0) || prime.bitLength() > MAX_BITS) {
            throw new IllegalArgumentException("the prime of Diffie-Hellman parameters is odd and has at most "
                    + MAX_BITS + " bits, not " + prime.bitLength());
        }
        if (generator.compareTo(BigInteger.ONE) <= 0 || generator.compareTo(prime.subtract(BigInteger.ONE)) >= 0) {
            throw new IllegalArgumentException("the generator of Diffie-Hellman parameters is from 2 to prime - 2");
        }
    }

    /** The size of the prime in bits. */
    public int bits() {
        return prime.bitLength();
    }

    /** The size; nobody reads numbers of thousands of bits. */
    @Override
    public String toString() {
        return "DH parameters of " + bits() + " bits";
    }
}
