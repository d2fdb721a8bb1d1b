package io.omnitls.internal.engine;

import io.omnitls.spi.ResumableSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sessions that a client context keeps, one for each place, the latest: in want of room the one goes that was used least
 * recently. It holds no connection; a session that it lets go of is gone when the connections are that have it. Thread-safe.
 *
 * @param <K> where a session is good: a value
 * @param <S> what a session is to the context
 */
public final class SessionCache<K, S> {
    private final int most;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock(); // for what follows
    private final Map<K, Entry<S>> entries = new LinkedHashMap<>(16, 0.75f, true); // the least recently used first
    private long misses;
    private long timeouts;
    private long pushedOut;

    /**
     * @param most how many are kept, at least one
     * @param clock what their age is counted by
     */
    public SessionCache(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /** A session that is kept, or was. */
    public static final class Entry<S> {
        private final S session;
        private final ResumableSession handle;
        private final boolean once;
        private final Instant begun;
        private final Duration limit;
        private boolean dropped; // guarded by the cache; a connection may still be about to keep it

        /**
         * @param handle what tells it from others
         * @param once whether it is good for one connection
         * @param begun when its keys were agreed on
         * @param limit how long it is good
         */
        public Entry(S session, ResumableSession handle, boolean once, Instant begun, Duration limit) {
            this.session = session;
            this.handle = handle;
            this.once = once;
            this.begun = begun;
            this.limit = limit;
        }

        public S session() {
            return session;
        }

        /** What the backend resumes it by. */
        public ResumableSession handle() {
            return handle;
        }

        public boolean once() {
            return once;
        }

        public Instant begun() {
            return begun;
        }

        /**
         * A clock that went back says nothing, and then the session is given up. But who asks has looked at it before he got the lock,
         * and another thread's session may have begun since.
         */
        private boolean tooOld(Instant now) {
            return now.plus(PATIENCE).isBefore(begun) || !now.isBefore(begun.plus(limit));
        }

        private static final Duration PATIENCE = Duration.ofSeconds(1);
    }

    /** What a connection to {@code place} may offer; one that is good for one connection is that connection's alone. */
    public Optional<Entry<S>> take(K place) {
        Instant now = clock.instant(); // the application's code, so not under the lock
        lock.lock();
        try {
            Entry<S> entry = entries.get(place);
            if (entry == null) {
                misses++;
                return Optional.empty();
            }
            if (entry.tooOld(now)) {
                entries.remove(place);
                timeouts++;
                return Optional.empty();
            }
            if (entry.once) {
                // RFC 8446 appendix C.4: who sees a ticket twice knows that both connections are of one client.
                entries.remove(place);
            }
            return Optional.of(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what a connection to {@code place} has ended with, in place of what was there. */
    public void keep(K place, Entry<S> entry) {
        Instant now = clock.instant();
        lock.lock();
        try {
            forgetTooOld(now);
            if (entry.dropped || entry.tooOld(now)) {
                return;
            }
            entries.put(place, entry);
            if (entries.size() > most) {
                removeLeastRecentlyUsed();
                pushedOut++;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Up to the first that is good: a session is looked at here once, however many are kept. */
    private void forgetTooOld(Instant now) {
        while (!entries.isEmpty() && entries.values().iterator().next().tooOld(now)) {
            removeLeastRecentlyUsed();
        }
    }

    private void removeLeastRecentlyUsed() {
        Iterator<K> leastRecentlyUsed = entries.keySet().iterator();
        leastRecentlyUsed.next();
        leastRecentlyUsed.remove();
    }

    /** Keeps {@code entry} no longer, nor what other connections to {@code place} have made of it. */
    public void drop(K place, Entry<S> entry) {
        lock.lock();
        try {
            entry.dropped = true;
            Entry<S> kept = entries.get(place);
            if (kept != null && kept.handle.equals(entry.handle)) {
                kept.dropped = true;
                entries.remove(place);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How it stands, at one moment. */
    public Tally tally() {
        Instant now = clock.instant();
        lock.lock();
        try {
            long good = entries.values().stream()
                    .filter(entry -> !entry.tooOld(now))
                    .count();
            return new Tally(Math.toIntExact(good), misses, timeouts, pushedOut);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a cache counts.
     *
     * @param kept how many are kept that are not too old
     * @param misses how often there was none
     * @param timeouts how often there was one that was too old
     * @param pushedOut how many had to make room for others
     */
    public record Tally(int kept, long misses, long timeouts, long pushedOut) {}
}
