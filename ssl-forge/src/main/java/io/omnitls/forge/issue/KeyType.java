package io.omnitls.forge.issue;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The kinds of key that certificates are issued for, the usual one first. */
public enum KeyType {
    /** On the curve P-256. */
    EC("EC", 256),
    /** Of 2048 bits. */
    RSA("RSA", 2048),
    /** RFC 8410. */
    ED25519("Ed25519", 255);

    private final String algorithm;
    private final int bits;

    KeyType(String algorithm, int bits) {
        this.algorithm = algorithm;
        this.bits = bits;
    }

    /** A new key, made by the JDK. */
    KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}
