package io.omnitls;

import io.omnitls.cert.PeerName;
import io.omnitls.internal.engine.HandshakeFacts;
import io.omnitls.internal.engine.SessionCache;
import io.omnitls.internal.engine.SessionCache.Entry;
import io.omnitls.internal.engine.SessionKeeper;
import io.omnitls.internal.settings.Narrowing;
import io.omnitls.internal.settings.ResumptionSettings;
import io.omnitls.protocol.TlsVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The sessions that a client context resumes by itself, see {@link ClientContext.Builder#resumeSessions}. Thread-safe. */
final class ClientSessions {
    private final ClientContext context;
    private final Clock clock;
    private final Duration maxAge;
    private final SessionCache<Place, TlsSession> cache;

    /** @param settings that ask for some */
    ClientSessions(ClientContext context, ResumptionSettings settings, Clock clock) {
        this.context = context;
        this.clock = clock;
        this.maxAge = settings.maxAge();
        this.cache = new SessionCache<>(settings.most(), clock);
    }

    /**
     * Where a session is good. Application protocols are none of it: RFC 7301 section 3.1 has them agreed on in each handshake.
     * Nor is whether the name is checked: that is judged in each.
     *
     * @param server its name or address, however it was written
     * @param named whether the server was told its name (RFC 6066 section 3)
     * @param narrowing what the backend has a context of its own for, which knows no other's sessions
     */
    private record Place(PeerName server, int port, boolean named, Narrowing narrowing) {}

    /** What keeps the session of one connection; empty for one that does not say whom it wants to reach, and where. */
    Optional<Keeper> keeper(ConnectionSettings settings) {
        ConnectionOptions options = settings.options();
        return options.serverName()
                .filter(name -> options.port().isPresent())
                .map(name -> new Keeper(
                        name,
                        new Place(
                                TlsSession.canonical(name),
                                options.port().getAsInt(),
                                settings.indicatedName().isPresent(),
                                settings.narrowing())));
    }

    /** {@code stats} of this context with what became of the sessions that are kept. */
    SessionStats counted(SessionStats stats, long declined) {
        SessionCache.Tally tally = cache.tally();
        return stats.toBuilder()
                .number(tally.kept())
                .misses(tally.misses() + declined)
                .timeouts(tally.timeouts())
                .cacheFull(tally.pushedOut())
                .build();
    }

    /** One connection's. */
    final class Keeper implements SessionKeeper {
        private final PeerName name;
        private final Place place;

        private final ReentrantLock lock = new ReentrantLock(); // for what follows
        private Optional<Entry<TlsSession>> offered = Optional.empty();
        private Optional<Entry<TlsSession>> kept = Optional.empty();
        private boolean dropped; // whatever comes later is not kept

        private Keeper(PeerName name, Place place) {
            this.name = name;
            this.place = place;
        }

        /** What the connection offers: {@code chosen} by the application, or what is kept for its server. */
        Optional<TlsSession> offer(Optional<TlsSession> chosen) {
            lock.lock();
            try {
                offered =
                        chosen.isPresent() ? chosen.map(session -> entry(session, session.time())) : cache.take(place);
                return offered.map(Entry::session);
            } finally {
                lock.unlock();
            }
        }

        private Entry<TlsSession> entry(TlsSession session, Instant begun) {
            return new Entry<>(
                    session, session.handle(), session.version().atLeast(TlsVersion.TLS_1_3), begun, limit(session));
        }

        private Duration limit(TlsSession session) {
            Duration limit = shorter(maxAge, session.timeout());
            return session.ticketLifetimeHint()
                    .map(hint -> shorter(limit, hint))
                    .orElse(limit);
        }

        private Duration shorter(Duration limit, Duration other) {
            return other.isZero() || other.compareTo(limit) > 0
                    ? limit
                    : other; // RFC 5077 section 3.3: zero says nothing
        }

        @Override
        public void completed(HandshakeFacts facts, Optional<Duration> ticketLifetime) {
            context.session(facts, Optional.of(name), ticketLifetime.isPresent(), ticketLifetime)
                    .ifPresent(session -> keep(session, facts.negotiated().resumed()));
        }

        private void keep(TlsSession session, boolean resumes) {
            lock.lock();
            try {
                if (dropped) {
                    return;
                }
                Optional<Entry<TlsSession>> resumed = offered.filter(entry -> resumes);
                Entry<TlsSession> entry = resumed.filter(earlier -> !earlier.once())
                        .orElseGet(
                                () -> entry(session, resumed.map(Entry::begun).orElseGet(clock::instant)));
                kept = Optional.of(entry);
                cache.keep(place, entry);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void dropped() {
            lock.lock();
            try {
                dropped = true;
                offered.ifPresent(entry -> cache.drop(place, entry));
                kept.ifPresent(entry -> cache.drop(place, entry));
            } finally {
                lock.unlock();
            }
        }
    }
}
