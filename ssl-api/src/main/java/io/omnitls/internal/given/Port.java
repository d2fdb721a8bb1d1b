package io.omnitls.internal.given;

import java.util.OptionalInt;

/** The port of a server: empty where nobody knows it. Only at the border to the JDK, which has a number for that, it is one. */
public final class Port {
    /** How {@code SSLEngine} and {@code SSLSession} say that nobody knows; {@code Socket} says 0. */
    public static final int UNKNOWN = -1;

    private Port() {}

    /** The port with this number, where that is one of a port. */
    public static OptionalInt of(int number) {
        return number > 0 && number <= 0xffff ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /**
     * The port with this number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static OptionalInt require(int number) {
        OptionalInt port = of(number);
        if (!port.isPresent()) { // Android 26 has no isEmpty
            throw new IllegalArgumentException("a port of a server is 1 to 65535, not " + number);
        }
        return port;
    }
}
