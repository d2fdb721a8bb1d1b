package io.omnitls.internal.engine;

import java.util.concurrent.atomic.AtomicLong;

/** Counts a context's handshakes and what became of the sessions that were offered in them. Thread-safe. */
public final class SessionLedger {
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();

    void begun() {
        begun.incrementAndGet();
    }

    void completed(boolean sessionOffered, boolean resumed) {
        completed.incrementAndGet();
        if (resumed) {
            hits.incrementAndGet();
        } else if (sessionOffered) {
            misses.incrementAndGet();
        }
    }

    /** Handshakes that began. */
    public long handshakesBegun() {
        return begun.get();
    }

    /** Handshakes that were completed. */
    public long handshakesCompleted() {
        return completed.get();
    }

    /** Sessions that were resumed. */
    public long hits() {
        return hits.get();
    }

    /** Sessions that were offered and not resumed. */
    public long misses() {
        return misses.get();
    }
}
