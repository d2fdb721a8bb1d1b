package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * A private key in PKCS#8, brought to the one form that every backend reads: version 0, no attributes, no public key beside
 * it, and the curve by its name.
 */
final class PrivateKeyInfo {
    private final KeyAlgorithm algorithm;
    private final byte[] encoded;
    private final PublicPart publicPart;

    private PrivateKeyInfo(KeyAlgorithm algorithm, byte[] privateKey, PublicPart publicPart) {
        this.algorithm = algorithm;
        this.publicPart = publicPart;
        byte[] octets = DerWriter.octetString(privateKey);
        this.encoded =
                DerWriter.sequence(DerWriter.integer(0), algorithm.identifier().encoded(), octets);
        Arrays.fill(octets, (byte) 0);
    }

    /**
     * <pre>
     * PrivateKeyInfo ::= SEQUENCE {
     *     version             INTEGER,
     *     privateKeyAlgorithm AlgorithmIdentifier,
     *     privateKey          OCTET STRING, ... }
     * </pre>
     */
    static PrivateKeyInfo pkcs8(byte[] der) throws DerException {
        DerReader info = DerReader.of(der).enter(DerReader.SEQUENCE);
        info.integer();
        KeyAlgorithm algorithm = KeyAlgorithm.read(info);
        byte[] privateKey = info.content(DerReader.OCTET_STRING);
        try {
            return switch (algorithm.name()) {
                case "RSA", "RSASSA-PSS" -> rsa(algorithm, privateKey);
                case "EC" -> ec(algorithm, privateKey);
                default ->
                    new PrivateKeyInfo(
                            algorithm, privateKey, PublicPart.ofPrivate(algorithm, Optional.empty(), Optional.empty()));
            };
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /** {@code RSAPrivateKey ::= SEQUENCE { version INTEGER, modulus INTEGER, ... }}: RFC 8017 A.1.2. */
    private static PrivateKeyInfo rsa(KeyAlgorithm algorithm, byte[] key) throws DerException {
        DerReader fields = DerReader.of(key).enter(DerReader.SEQUENCE);
        fields.integer();
        BigInteger modulus = fields.integer();
        return new PrivateKeyInfo(
                algorithm, key, PublicPart.ofPrivate(algorithm, Optional.of(modulus), Optional.empty()));
    }

    /**
     * The curve stands outside of the key here, so it is left out inside, where it may be spelt out.
     *
     * <pre>
     * ECPrivateKey ::= SEQUENCE {          -- RFC 5915
     *     version     INTEGER,
     *     privateKey  OCTET STRING,
     *     parameters  [0] ECParameters OPTIONAL,
     *     publicKey   [1] BIT STRING OPTIONAL }
     * </pre>
     */
    private static PrivateKeyInfo ec(KeyAlgorithm algorithm, byte[] key) throws DerException {
        DerReader fields = DerReader.of(key).enter(DerReader.SEQUENCE);
        byte[] version = fields.element();
        byte[] secret = fields.element();
        fields.enterIf(DerReader.context(0));
        byte[] publicKey = fields.peek() == DerReader.context(1) ? fields.element() : new byte[0];
        Optional<EcPoint> point = publicKey.length == 0
                ? Optional.empty()
                : EcPoint.of(DerReader.of(publicKey).enter(DerReader.context(1)).bitString());
        byte[] bare = DerWriter.sequence(version, secret, publicKey);
        try {
            return new PrivateKeyInfo(algorithm, bare, PublicPart.ofPrivate(algorithm, Optional.empty(), point));
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(bare, (byte) 0);
        }
    }

    KeyAlgorithm algorithm() {
        return algorithm;
    }

    /** The key; it is not copied, so that {@link #wipe} is the end of it. */
    byte[] encoded() {
        return encoded;
    }

    PublicPart publicPart() {
        return publicPart;
    }

    void wipe() {
        Arrays.fill(encoded, (byte) 0);
    }
}
