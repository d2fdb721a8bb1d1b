package io.omnitls.spi;

/**
 * Hears the secrets of one connection as its backend derives them, for a key log. Called on the thread that is inside
 * the engine; throws nothing.
 */
@FunctionalInterface
public interface SecretListener {

    /**
     * A secret was derived.
     *
     * @param secret its bytes, which belong to the caller and are used before this method returns
     */
    void secret(SecretLabel label, byte[] secret);
}
