package io.omnitls.internal.engine;

import java.net.SocketTimeoutException;

/** The moment by which one operation, with all the reads it needs, has to be done. */
public final class Deadline {
    /** No limit. */
    public static final Deadline NONE = new Deadline(0, 0);

    private final int limitMillis;
    private final long endNanos;

    private Deadline(int limitMillis, long endNanos) {
        this.limitMillis = limitMillis;
        this.endNanos = endNanos;
    }

    /** This many milliseconds from now; 0 for no limit, as in {@link java.net.Socket#setSoTimeout}. */
    public static Deadline in(int millis) {
        return millis == 0 ? NONE : new Deadline(millis, System.nanoTime() + millis * 1_000_000L);
    }

    /**
     * The milliseconds that are left, at least 1; 0 when there is no limit.
     *
     * @throws SocketTimeoutException when the moment has passed
     */
    public int remainingMillis() throws SocketTimeoutException {
        if (limitMillis == 0) {
            return 0;
        }
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            throw expired();
        }
        return (int) (left / 1_000_000L) + 1;
    }

    /** The exception that says that this deadline has passed. */
    public SocketTimeoutException expired() {
        return new SocketTimeoutException("the operation was not done within " + limitMillis + " ms");
    }
}
