package io.omnitls.testkit;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;

/** The key of a token that was pulled out: it says which one it is, and can do nothing. */
final class AbsentToken implements PrivateKey, RSAKey {
    private static final long serialVersionUID = 1L;

    private final BigInteger modulus;

    AbsentToken(RSAKey publicKey) {
        this.modulus = publicKey.getModulus();
    }

    @Override
    public BigInteger getModulus() {
        return modulus;
    }

    @Override
    public String getAlgorithm() {
        return "RSA";
    }

    @Override
    @SuppressWarnings("NullAway") // says Key of a key without an encoding
    public String getFormat() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public byte[] getEncoded() {
        return null;
    }
}
