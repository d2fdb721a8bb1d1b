package io.omnitls.internal.engine;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.SessionSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sessions of TLS 1.2 that a server keeps itself, by their ids alone: no backend tells what became of one. It has the
 * size and the time-out that the backend's cache was given, and so knows what went out for want of room, and what was
 * offered too late. Thread-safe.
 */
final class KeptSessions {
    /** Where the cache has no bound, or one that only the backend knows: that many ids are remembered. */
    private static final int MAX_REMEMBERED = 10_000;

    private final int cacheSize; // 0 for any number, which is none that is counted
    private final Optional<Duration> timeout;

    private final ReentrantLock lock = new ReentrantLock(); // for what follows
    private final Map<Bytes, Long> begun = new LinkedHashMap<>(); // the oldest first
    private long pushedOut;

    KeptSessions(SessionSpec sessions) {
        this.cacheSize = sessions.cacheSize().orElse(0);
        this.timeout = sessions.timeout();
    }

    /** A server with this handshake keeps its session; in a ticket it would be the client's to keep. */
    static boolean keeps(HandshakeFacts agreed, boolean ticket) {
        return agreed.negotiated().version() == TlsVersion.TLS_1_2
                && !ticket
                && agreed.session().id().size() > 0;
    }

    void add(Bytes id) {
        lock.lock();
        try {
            begun.put(id, System.nanoTime());
            if (cacheSize > 0 && begun.size() > cacheSize) {
                Bytes oldest = begun.keySet().iterator().next();
                pushedOut += tooOld(oldest) ? 0 : 1;
                begun.remove(oldest);
            } else if (begun.size() > MAX_REMEMBERED) {
                begun.remove(begun.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was kept, for longer than it is good. */
    boolean tooOld(Bytes id) {
        lock.lock();
        try {
            Long since = begun.get(id);
            return since != null
                    && timeout.filter(limit -> System.nanoTime() - since >= limit.toNanos())
                            .isPresent();
        } finally {
            lock.unlock();
        }
    }

    long pushedOut() {
        lock.lock();
        try {
            return pushedOut;
        } finally {
            lock.unlock();
        }
    }
}
