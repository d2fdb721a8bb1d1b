package io.omnitls.forge;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The curves that the JDK does not know any more (RFC 5639, SEC 2), with just enough arithmetic to sign for tests: it is
 * slow, and its timing tells the key.
 */
enum Curve {
    P_224(
            "1.3.132.0.33",
            "ffffffffffffffffffffffffffffffff000000000000000000000001",
            "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
            "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
            "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34",
            "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d"),
    SECP256K1(
            "1.3.132.0.10",
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
            "0",
            "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
            "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
    BRAINPOOL_P256R1(
            "1.3.36.3.3.2.8.1.1.7",
            "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
            "7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
            "8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262",
            "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997",
            "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7"),
    BRAINPOOL_P384R1(
            "1.3.36.3.3.2.8.1.1.11",
            "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec53",
            "7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb04a8c7dd22ce2826",
            "1d1c64f068cf45ffa2a63a81b7c13f6b8847a3e77ef14fe3db7fcafe0cbd10e8e826e03436d646aaef87b2e247d4af1e",
            "8abe1d7520f9c2a45cb1eb8e95cfd55262b70b29feec5864e19c054ff99129280e4646217791811142820341263c5315",
            "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565");

    private final String oid;
    private final BigInteger prime;
    private final BigInteger coefficient;
    private final BigInteger generatorX;
    private final BigInteger generatorY;
    private final BigInteger order;

    /** The point at infinity never turns up: multiples of the generator below its order are all that is computed. */
    private record Point(BigInteger x, BigInteger y) {}

    Curve(String oid, String prime, String coefficient, String x, String y, String order) {
        this.oid = oid;
        this.prime = new BigInteger(prime, 16);
        this.coefficient = new BigInteger(coefficient, 16);
        this.generatorX = new BigInteger(x, 16);
        this.generatorY = new BigInteger(y, 16);
        this.order = new BigInteger(order, 16);
    }

    /** A number below the order, and not zero. */
    BigInteger random(SecureRandom random) {
        return new BigInteger(order.bitLength() + 64, random)
                .mod(order.subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
    }

    /** The SubjectPublicKeyInfo of the private key. */
    byte[] publicKey(BigInteger key) {
        Point point = multiple(key);
        return Der.sequence(
                Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid(oid)),
                Der.bits(0, Der.concat(new byte[] {4}, fixed(point.x()), fixed(point.y()))));
    }

    /** An ECDSA signature (SEC 1 section 4.1.3). */
    byte[] sign(BigInteger key, String digest, byte[] message) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance(digest).digest(message);
        BigInteger e = new BigInteger(1, hash);
        e = e.shiftRight(Math.max(0, hash.length * 8 - order.bitLength()));
        BigInteger nonce = random(new SecureRandom());
        BigInteger r = multiple(nonce).x().mod(order);
        BigInteger s = nonce.modInverse(order).multiply(e.add(r.multiply(key))).mod(order);
        return Der.sequence(Der.integer(r), Der.integer(s));
    }

    private Point multiple(BigInteger factor) {
        Point generator = new Point(generatorX, generatorY);
        Point sum = generator;
        for (int bit = factor.bitLength() - 2; bit >= 0; bit--) {
            sum = twice(sum);
            if (factor.testBit(bit)) {
                sum = add(sum, generator);
            }
        }
        return sum;
    }

    private Point twice(Point p) {
        BigInteger slope = p.x().pow(2)
                .multiply(BigInteger.valueOf(3))
                .add(coefficient)
                .multiply(p.y().shiftLeft(1).modInverse(prime));
        return third(slope, p, p);
    }

    private Point add(Point p, Point q) {
        BigInteger slope =
                q.y().subtract(p.y()).multiply(q.x().subtract(p.x()).mod(prime).modInverse(prime));
        return third(slope, p, q);
    }

    private Point third(BigInteger slope, Point p, Point q) {
        BigInteger x = slope.pow(2).subtract(p.x()).subtract(q.x()).mod(prime);
        return new Point(x, slope.multiply(p.x().subtract(x)).subtract(p.y()).mod(prime));
    }

    private byte[] fixed(BigInteger coordinate) {
        byte[] bytes = coordinate.toByteArray();
        int size = (prime.bitLength() + 7) / 8;
        byte[] padded = new byte[size];
        byte[] digits = bytes.length > size ? Arrays.copyOfRange(bytes, bytes.length - size, bytes.length) : bytes;
        System.arraycopy(digits, 0, padded, size - digits.length, digits.length);
        return padded;
    }
}
