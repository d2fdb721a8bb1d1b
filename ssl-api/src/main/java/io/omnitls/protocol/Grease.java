package io.omnitls.protocol;

import java.util.List;
import java.util.stream.Collectors;

/** The values that clients send to keep servers used to values they do not know (RFC 8701). */
final class Grease {
    private Grease() {}

    /** {@code values} without 0x0a0a, 0x1a1a and so on up to 0xfafa, in the same order. */
    static List<Integer> without(List<Integer> values) {
        return values.stream().filter(value -> !reserved(value)).collect(Collectors.toList());
    }

    private static boolean reserved(int value) {
        return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
    }
}
