package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * A point as it is written: SEC 1 section 2.3.3.
 *
 * @param y absent in the compressed form
 * @param odd whether y is odd, which every form tells
 */
record EcPoint(BigInteger x, Optional<BigInteger> y, boolean odd) {

    /** The point in its compressed, uncompressed or hybrid form; empty for anything else, infinity included. */
    static Optional<EcPoint> of(byte[] written) {
        if (written.length < 2) {
            return Optional.empty();
        }
        int form = written[0];
        if (form == 2 || form == 3) {
            return Optional.of(new EcPoint(number(written, 1, written.length), Optional.empty(), form == 3));
        }
        if ((form == 4 || form == 6 || form == 7) && written.length % 2 == 1) {
            int half = written.length / 2 + 1;
            BigInteger y = number(written, half, written.length);
            return Optional.of(new EcPoint(number(written, 1, half), Optional.of(y), y.testBit(0)));
        }
        return Optional.empty();
    }

    /** Whether both are the same point of one curve: x has two values of y there, and one of them is odd. */
    boolean same(EcPoint other) {
        return x.equals(other.x) && odd == other.odd && (y.isEmpty() || other.y.isEmpty() || y.equals(other.y));
    }

    private static BigInteger number(byte[] written, int from, int to) {
        return new BigInteger(1, Arrays.copyOfRange(written, from, to));
    }
}
