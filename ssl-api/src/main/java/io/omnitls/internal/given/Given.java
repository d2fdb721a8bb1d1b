package io.omnitls.internal.given;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a caller has given: refused at once when a null is in it, by the name of the parameter. */
public final class Given {
    private Given() {}

    /** {@code values}, none of which is null. */
    public static <C extends Iterable<?>> C all(@Nullable C values, String name) {
        int index = 0;
        for (@Nullable Object value : Objects.requireNonNull(values, name)) {
            requireElement(value, name, index++);
        }
        return Objects.requireNonNull(values, name);
    }

    /** {@code values}, none of which is null. */
    public static <T> T[] all(T @Nullable [] values, String name) {
        int index = 0;
        for (@Nullable Object value : Objects.requireNonNull(values, name)) {
            requireElement(value, name, index++);
        }
        return Objects.requireNonNull(values, name);
    }

    private static void requireElement(@Nullable Object value, String name, int index) {
        if (value == null) {
            throw new NullPointerException(name + "[" + index + "]");
        }
    }
}
