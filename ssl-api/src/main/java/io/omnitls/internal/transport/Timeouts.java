package io.omnitls.internal.transport;

import java.time.Duration;

/** Limits as {@code java.net} wants them: in milliseconds, 0 for none. */
public final class Timeouts {
    private Timeouts() {}

    /**
     * The milliseconds of {@code limit}, rounded up, so that a short one is not none; the longest that {@code java.net} knows
     * where it is longer.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public static int millis(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a time-out is not negative: " + limit);
        }
        if (limit.getSeconds() >= Integer.MAX_VALUE / 1000) {
            return Integer.MAX_VALUE;
        }
        return (int) limit.plusNanos(999_999).toMillis();
    }
}
