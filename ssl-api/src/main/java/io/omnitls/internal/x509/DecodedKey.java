package io.omnitls.internal.x509;

import java.security.PrivateKey;

/**
 * A private key of a backend, and what its bytes told of its public half.
 */
public record DecodedKey(PrivateKey privateKey, PublicPart publicPart) {
    /** Says nothing about the key. */
    @Override
    public String toString() {
        return "DecodedKey[" + publicPart.description() + "]";
    }
}
