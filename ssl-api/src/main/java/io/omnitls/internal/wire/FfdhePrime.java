package io.omnitls.internal.wire;

import java.math.BigInteger;

/** The primes of RFC 7919 appendix A: {@code 2^b - 2^(b-64) + (floor(2^(b-130) e) + X) 2^64 - 1}. */
enum FfdhePrime {
    FFDHE2048(2048, 560_316),
    FFDHE3072(3072, 2_625_351),
    FFDHE4096(4096, 5_736_041),
    FFDHE6144(6144, 15_705_020),
    FFDHE8192(8192, 10_965_728);

    private final BigInteger value;

    FfdhePrime(int bits, long x) {
        this.value = BigInteger.ONE
                .shiftLeft(bits)
                .subtract(BigInteger.ONE.shiftLeft(bits - 64))
                .add(e(bits - 130).add(BigInteger.valueOf(x)).shiftLeft(64))
                .subtract(BigInteger.ONE);
    }

    BigInteger value() {
        return value;
    }

    /** The integral part of {@code 2^bits e}: the sum of the reciprocal factorials, with guard bits for what is cut off. */
    private static BigInteger e(int bits) {
        int guard = 64;
        BigInteger term = BigInteger.ONE.shiftLeft(bits + guard);
        BigInteger sum = term;
        for (long k = 1; term.signum() > 0; k++) {
            term = term.divide(BigInteger.valueOf(k));
            sum = sum.add(term);
        }
        return sum.shiftRight(guard);
    }
}
