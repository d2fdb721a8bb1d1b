package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.internal.x509.Curve;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the public values of a group look like, and which of them nobody may send: backends find that out late, differently
 * or not at all.
 */
sealed interface ShareForm {

    /**
     * What is wrong with a value; empty when it will do.
     *
     * @param sender the end that sent it: the two ends of a KEM send different things
     */
    Optional<Flaw> flaw(byte[] value, Role sender);

    /**
     * What is wrong with a value.
     *
     * @param reason OpenSSL's: BAD_ECPOINT for what cannot be decoded, BAD_KEY_SHARE for what leads to no secret
     * @param found what was found, for people
     */
    record Flaw(ErrorReason reason, String found) {}

    /** The form of this group's values, or empty for a group that is not known here. */
    static Optional<ShareForm> of(NamedGroup group) {
        return Optional.ofNullable(
                switch (group.name()) {
                    case "x25519" -> Montgomery.X25519;
                    case "x448" -> Montgomery.X448;
                    case "ffdhe2048" -> new FiniteField(FfdhePrime.FFDHE2048.value());
                    case "ffdhe3072" -> new FiniteField(FfdhePrime.FFDHE3072.value());
                    case "ffdhe4096" -> new FiniteField(FfdhePrime.FFDHE4096.value());
                    case "ffdhe6144" -> new FiniteField(FfdhePrime.FFDHE6144.value());
                    case "ffdhe8192" -> new FiniteField(FfdhePrime.FFDHE8192.value());
                    case "MLKEM512" -> MlKem.ML_KEM_512;
                    case "MLKEM768" -> MlKem.ML_KEM_768;
                    case "MLKEM1024" -> MlKem.ML_KEM_1024;
                    case "X25519MLKEM768" ->
                        new Hybrid(MlKem.ML_KEM_768, 32, Montgomery.X25519, Hybrid.Order.KEM_FIRST);
                    case "SecP256r1MLKEM768" ->
                        new Hybrid(MlKem.ML_KEM_768, 65, point("secp256r1"), Hybrid.Order.CURVE_FIRST);
                    case "SecP384r1MLKEM1024" ->
                        new Hybrid(MlKem.ML_KEM_1024, 97, point("secp384r1"), Hybrid.Order.CURVE_FIRST);
                    default ->
                        Curve.named(group.name().replace("tls13", ""))
                                .map(Point::new)
                                .orElse(null);
                });
    }

    private static ShareForm point(String curve) {
        return new Point(
                Curve.named(curve).orElseThrow(() -> new AssertionError("the table of curves lacks " + curve)));
    }

    /** A point of a curve, uncompressed: RFC 8446 section 4.2.8.2, RFC 8422 section 5.4. */
    record Point(Curve curve) implements ShareForm {
        @Override
        public Optional<Flaw> flaw(byte[] value, Role sender) {
            return curve.hasUncompressed(value)
                    ? Optional.empty()
                    : Optional.of(new Flaw(
                            ErrorReason.BAD_ECPOINT,
                            value.length + " bytes that are no uncompressed point of " + curve.name()));
        }
    }

    /**
     * An x coordinate of RFC 7748. RFC 8446 section 7.4.2 forbids the secret that is all zeros: it comes from the points of
     * small order, and from nothing else.
     *
     * @param unusedBits the highest bits, which receivers ignore (RFC 7748 section 5)
     * @param smallOrder the x coordinates of the points of small order, on the curve and on its twist
     */
    record Montgomery(int size, int unusedBits, BigInteger prime, Set<BigInteger> smallOrder) implements ShareForm {
        private static final BigInteger PRIME_25519 =
                BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        private static final BigInteger PRIME_448 = BigInteger.ONE
                .shiftLeft(448)
                .subtract(BigInteger.ONE.shiftLeft(224))
                .subtract(BigInteger.ONE);

        static final Montgomery X25519 = new Montgomery(
                32,
                1,
                PRIME_25519,
                Set.of(
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        PRIME_25519.subtract(BigInteger.ONE),
                        new BigInteger("325606250916557431795983626356110631294008115727848805560023387167927233504"),
                        new BigInteger(
                                "39382357235489614581723060781553021112529911719440698176882885853963445705823")));
        static final Montgomery X448 = new Montgomery(
                56, 0, PRIME_448, Set.of(BigInteger.ZERO, BigInteger.ONE, PRIME_448.subtract(BigInteger.ONE)));

        @Override
        public Optional<Flaw> flaw(byte[] value, Role sender) {
            if (value.length != size) {
                return Optional.of(wrongSize(ErrorReason.BAD_ECPOINT, value.length, size));
            }
            byte[] bigEndian = new byte[size];
            for (int i = 0; i < size; i++) {
                bigEndian[i] = value[size - 1 - i];
            }
            bigEndian[0] &= (byte) (0xff >> unusedBits);
            return smallOrder.contains(new BigInteger(1, bigEndian).mod(prime))
                    ? Optional.of(new Flaw(ErrorReason.BAD_KEY_SHARE, "a point of small order"))
                    : Optional.empty();
        }
    }

    /** A number as long as the prime: RFC 8446 section 4.2.8.1, which wants 1 &lt; Y &lt; p - 1. */
    record FiniteField(BigInteger prime) implements ShareForm {
        @Override
        public Optional<Flaw> flaw(byte[] value, Role sender) {
            int size = (prime.bitLength() + 7) / 8;
            if (value.length != size) {
                return Optional.of(wrongSize(ErrorReason.BAD_KEY_SHARE, value.length, size));
            }
            return inRange(new BigInteger(1, value), prime)
                    ? Optional.empty()
                    : Optional.of(new Flaw(ErrorReason.BAD_KEY_SHARE, "a number that is not between 1 and p - 1"));
        }

        static boolean inRange(BigInteger value, BigInteger prime) {
            return value.compareTo(BigInteger.ONE) > 0 && value.compareTo(prime.subtract(BigInteger.ONE)) < 0;
        }
    }

    /**
     * ML-KEM (FIPS 203 section 8): the client sends an encapsulation key, the server a ciphertext.
     *
     * @param rank the polynomials of the key, each of 256 coefficients of 12 bits
     */
    record MlKem(int rank, int ciphertext) implements ShareForm {
        static final MlKem ML_KEM_512 = new MlKem(2, 768);
        static final MlKem ML_KEM_768 = new MlKem(3, 1088);
        static final MlKem ML_KEM_1024 = new MlKem(4, 1568);

        private static final int MODULUS = 3329;
        private static final int SEED = 32;

        int size(Role sender) {
            return sender == Role.CLIENT ? 384 * rank + SEED : ciphertext;
        }

        @Override
        public Optional<Flaw> flaw(byte[] value, Role sender) {
            if (value.length != size(sender)) {
                return Optional.of(wrongSize(ErrorReason.BAD_KEY_SHARE, value.length, size(sender)));
            }
            return sender == Role.CLIENT && !reduced(value)
                    ? Optional.of(new Flaw(ErrorReason.BAD_KEY_SHARE, "an encapsulation key that is not reduced"))
                    : Optional.empty();
        }

        /** FIPS 203 section 7.2, the modulus check. */
        private static boolean reduced(byte[] key) {
            for (int at = 0; at < key.length - SEED; at += 3) {
                int three = key[at] & 0xff | (key[at + 1] & 0xff) << 8 | (key[at + 2] & 0xff) << 16;
                if ((three & 0xfff) >= MODULUS || three >> 12 >= MODULUS) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Two values side by side: draft-ietf-tls-ecdhe-mlkem section 4.1. */
    record Hybrid(MlKem kem, int curveSize, ShareForm curve, Order order) implements ShareForm {
        enum Order {
            KEM_FIRST,
            CURVE_FIRST
        }

        @Override
        public Optional<Flaw> flaw(byte[] value, Role sender) {
            int size = kem.size(sender) + curveSize;
            if (value.length != size) {
                return Optional.of(wrongSize(ErrorReason.BAD_KEY_SHARE, value.length, size));
            }
            int border = order == Order.KEM_FIRST ? kem.size(sender) : curveSize;
            List<byte[]> parts = List.of(Arrays.copyOf(value, border), Arrays.copyOfRange(value, border, value.length));
            byte[] ofKem = parts.get(order == Order.KEM_FIRST ? 0 : 1);
            byte[] ofCurve = parts.get(order == Order.KEM_FIRST ? 1 : 0);
            return kem.flaw(ofKem, sender).or(() -> curve.flaw(ofCurve, sender));
        }
    }

    private static Flaw wrongSize(ErrorReason reason, int found, int expected) {
        return new Flaw(reason, found + " bytes instead of " + expected);
    }
}
