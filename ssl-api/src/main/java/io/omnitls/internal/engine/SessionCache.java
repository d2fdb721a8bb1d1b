package io.omnitls.internal.engine;

import io.omnitls.spi.ResumableSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
    private final Map<K, Entry<S>> entries = new LinkedHashMap<>(16, 0.75f, true); // guarded by this
    private long misses; // guarded by this
    private long timeouts; // guarded by this
    private long pushedOut; // guarded by this

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

        /** A clock that went back says nothing, and then the session is given up. */
        private boolean tooOld(Instant now) {
            return now.isBefore(begun) || !now.isBefore(begun.plus(limit));
        }
    }

    /** What a connection to {@code place} may offer; one that is good for one connection is that connection's alone. */
    public Optional<Entry<S>> take(K place) {
        Instant now = clock.instant(); // the application's code, so not under the lock
        synchronized (this) {
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
        }
    }

    /** Keeps what a connection to {@code place} has ended with, in place of what was there. */
    public void keep(K place, Entry<S> entry) {
        Instant now = clock.instant();
        synchronized (this) {
            entries.values().removeIf(other -> other.tooOld(now));
            if (entry.dropped || entry.tooOld(now)) {
                return;
            }
            entries.put(place, entry);
            if (entries.size() > most) {
                Iterator<K> leastRecentlyUsed = entries.keySet().iterator();
                leastRecentlyUsed.next();
                leastRecentlyUsed.remove();
                pushedOut++;
            }
        }
    }

    /** Keeps {@code entry} no longer, nor what other connections to {@code place} have made of it. */
    public synchronized void drop(K place, Entry<S> entry) {
        entry.dropped = true;
        Entry<S> kept = entries.get(place);
        if (kept != null && kept.handle.equals(entry.handle)) {
            kept.dropped = true;
            entries.remove(place);
        }
    }

    /** How many are kept that are not too old. */
    public int size() {
        Instant now = clock.instant();
        synchronized (this) {
            entries.values().removeIf(entry -> entry.tooOld(now));
            return entries.size();
        }
    }

    /** How often there was none. */
    public synchronized long misses() {
        return misses;
    }

    /** How often there was one that was too old. */
    public synchronized long timeouts() {
        return timeouts;
    }

    /** How many had to make room for others. */
    public synchronized long pushedOut() {
        return pushedOut;
    }
}
