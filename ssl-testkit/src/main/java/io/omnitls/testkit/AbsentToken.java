package io.omnitls.testkit;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;

/** The key of a token that was pulled out: it says which one it is, and can do nothing, or throws. */
final class AbsentToken implements PrivateKey, RSAKey {
    private static final long serialVersionUID = 1L;

    private final BigInteger modulus;
    private final transient Runnable asked;

    AbsentToken(RSAKey publicKey) {
        this(publicKey, () -> {});
    }

    /** @param asked called for all that a backend wants to know */
    AbsentToken(RSAKey publicKey, Runnable asked) {
        this.modulus = publicKey.getModulus();
        this.asked = asked;
    }

    @Override
    public BigInteger getModulus() {
        asked.run();
        return modulus;
    }

    @Override
    public String getAlgorithm() {
        asked.run();
        return "RSA";
    }

    @Override
    @SuppressWarnings("NullAway") // says Key of a key without an encoding
    public String getFormat() {
        asked.run();
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public byte[] getEncoded() {
        asked.run();
        return null;
    }
}
