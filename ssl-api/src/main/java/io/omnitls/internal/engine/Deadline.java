package io.omnitls.internal.engine;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The moment by which one operation, with all that it reads, sends and waits for, has to be done. */
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

    /** This moment, or the one so many milliseconds from now if that is sooner. */
    Deadline orIn(int millis) {
        Deadline other = in(millis);
        return limited() && endNanos - other.endNanos < 0 ? this : other;
    }

    /** Whether there is a limit. */
    public boolean limited() {
        return limitMillis != 0;
    }

    /**
     * The milliseconds that are left, at least 1; 0 when there is no limit.
     *
     * @throws SocketTimeoutException when the moment has passed
     */
    public int remainingMillis() throws SocketTimeoutException {
        return limited() ? (int) (remainingNanos() / 1_000_000L) + 1 : 0;
    }

    private long remainingNanos() throws SocketTimeoutException {
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            throw expired();
        }
        return left;
    }

    /**
     * Takes {@code lock}, waiting for it no longer than this.
     *
     * @throws SocketTimeoutException when the moment passes first
     */
    void lock(ReentrantLock lock) throws SocketTimeoutException {
        if (!limited()) {
            lock.lock();
        } else if (!lock.tryLock()) {
            uninterruptibly(() -> lock.tryLock(remainingNanos(), TimeUnit.NANOSECONDS));
        }
    }

    /**
     * Waits for a signal of {@code condition}, no longer than this; it may come back without one.
     *
     * @throws SocketTimeoutException when the moment passes first
     */
    @SuppressWarnings("WaitNotInLoop") // the caller has the loop
    public void await(Condition condition) throws SocketTimeoutException {
        if (!limited()) {
            condition.awaitUninterruptibly();
        } else {
            uninterruptibly(() -> condition.awaitNanos(remainingNanos()) > 0);
        }
    }

    private interface Waiting {
        boolean done() throws InterruptedException, SocketTimeoutException;
    }

    /** As the operations of a socket are: an interrupt is left for others to notice. */
    private static void uninterruptibly(Waiting waiting) throws SocketTimeoutException {
        boolean interrupted = false;
        try {
            for (boolean done = false; !done; ) {
                try {
                    done = waiting.done();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The exception that says that this deadline has passed. */
    public SocketTimeoutException expired() {
        return new SocketTimeoutException("the operation was not done within " + limitMillis + " ms");
    }
}
