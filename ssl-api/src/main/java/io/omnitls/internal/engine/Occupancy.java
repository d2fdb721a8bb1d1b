package io.omnitls.internal.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows when no thread is inside of a connection any more, so that the last one to leave after its end frees what it holds, and
 * whoever ends it waits for nobody. Inside is who has one of the two locks, or is a guest; the locks are taken for each record
 * anyway, and counting threads as well would cost as much again.
 */
final class Occupancy {
    private final ReentrantLock reading;
    private final ReentrantLock writing;
    private final AtomicInteger guests = new AtomicInteger();
    private volatile boolean ended;

    Occupancy(ReentrantLock reading, ReentrantLock writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /** A thread comes in that takes neither lock; it leaves once, whatever happens. */
    void enterAsGuest() {
        guests.incrementAndGet();
    }

    /** A guest leaves, and {@linkplain #passBy passes by} afterwards. */
    void leaveAsGuest() {
        guests.decrementAndGet();
    }

    /** Nobody who comes in from now on needs what the connection holds: its phase says so already. */
    void end() {
        ended = true;
    }

    /** Whether {@link #passBy} has something to do. */
    boolean ended() {
        return ended;
    }

    /**
     * Does {@code free}, which may be done twice, with both locks if the connection has ended and nobody else is inside. Whoever has
     * had a lock comes by after it gave the lock back; so one that finds a lock taken may leave it to the other, unless that one
     * has given it back meanwhile and found here what this thread had taken.
     */
    void passBy(Runnable free) {
        while (ended && guests.get() == 0) {
            if (reading.tryLock()) {
                try {
                    if (freed(free)) {
                        return;
                    }
                } finally {
                    reading.unlock();
                }
                if (writing.isLocked()) {
                    return;
                }
            } else if (reading.isLocked()) {
                return;
            }
        }
    }

    private boolean freed(Runnable free) {
        if (!writing.tryLock()) {
            return false;
        }
        try {
            free.run();
            return true;
        } finally {
            writing.unlock();
        }
    }
}
