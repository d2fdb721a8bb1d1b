package io.omnitls.cert;

import io.omnitls.error.TlsException;
import java.util.Objects;

/** Where the password of an encrypted key comes from. Asked only when a key turns out to be encrypted. */
@FunctionalInterface
public interface PasswordSource {

    /**
     * The password. The array is overwritten after use, so return one of your own each time.
     *
     * @throws TlsException when there is none to be had
     */
    char[] password() throws TlsException;

    /** This password; it is copied, so the caller can wipe its array at once. */
    static PasswordSource of(char[] password) {
        Objects.requireNonNull(password, "password");
        char[] copy = password.clone();
        return copy::clone;
    }

    /** This password. Prefer {@link #of(char[])}: a string cannot be wiped. */
    static PasswordSource of(String password) {
        Objects.requireNonNull(password, "password");
        return password::toCharArray;
    }
}
