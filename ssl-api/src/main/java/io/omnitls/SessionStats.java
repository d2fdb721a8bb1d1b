package io.omnitls;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a context has counted since it was built: Python's {@code session_stats()}, OpenSSL's {@code SSL_CTX_sess_number}. An
 * immutable value, which later versions of this library may count more in.
 */
public final class SessionStats {
    private final long number;
    private final long connect;
    private final long connectGood;
    private final long accept;
    private final long acceptGood;
    private final long hits;
    private final long misses;
    private final long timeouts;
    private final long cacheFull;

    private SessionStats(Builder builder) {
        number = builder.number;
        connect = builder.connect;
        connectGood = builder.connectGood;
        accept = builder.accept;
        acceptGood = builder.acceptGood;
        hits = builder.hits;
        misses = builder.misses;
        timeouts = builder.timeouts;
        cacheFull = builder.cacheFull;
    }

    /** Starts with nothing counted. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts from this one. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * How many sessions the backend keeps now; those in tickets are kept by the clients. On a client that {@link
     * ClientContext.Builder#resumeSessions resumes} by itself, how many it keeps for that.
     */
    public long number() {
        return number;
    }

    /** Handshakes that began on clients. */
    public long connect() {
        return connect;
    }

    /** Handshakes that were completed on clients. */
    public long connectGood() {
        return connectGood;
    }

    /** Handshakes that began on servers, which is when the ClientHello is known. */
    public long accept() {
        return accept;
    }

    /** Handshakes that were completed on servers. */
    public long acceptGood() {
        return acceptGood;
    }

    /** Sessions that were resumed. */
    public long hits() {
        return hits;
    }

    /**
     * Sessions that were offered, and not resumed by the server: unknown, of another context, or too old where that is
     * not among the {@link #timeouts}. On a client that {@link ClientContext.Builder#resumeSessions resumes} by itself,
     * connections for which none was kept or whose server did not resume it; on others nothing.
     */
    public long misses() {
        return misses;
    }

    /**
     * Sessions that were offered to a server when they were older than its {@code sessionTimeout}: those of TLS 1.2
     * that it keeps itself. A session that a client keeps, in a ticket or in TLS 1.3, is not told from an unknown one. On
     * a client that {@link ClientContext.Builder#resumeSessions resumes} by itself, connections for which one was kept that
     * was too old.
     */
    public long timeouts() {
        return timeouts;
    }

    /**
     * Sessions of TLS 1.2 that a server kept itself, and that had to make room for others when there were as many as
     * its {@code sessionCacheSize}; on a client that {@link ClientContext.Builder#resumeSessions resumes} by itself,
     * sessions that had to make room in what it keeps.
     */
    public long cacheFull() {
        return cacheFull;
    }

    /** Always 0: no connection is renegotiated, see {@link io.omnitls.protocol.TlsOption#NO_RENEGOTIATION}. */
    public long connectRenegotiate() {
        return 0;
    }

    /** Always 0, as {@link #connectRenegotiate}. */
    public long acceptRenegotiate() {
        return 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionStats that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    /** All counts in one line. */
    @Override
    public String toString() {
        return number + " kept; connect " + connectGood + " of " + connect + ", accept " + acceptGood + " of " + accept
                + "; hits " + hits + ", misses " + misses + ", timeouts " + timeouts + ", cache full " + cacheFull;
    }

    private List<Object> facts() {
        return Arrays.<Object>asList(
                number, connect, connectGood, accept, acceptGood, hits, misses, timeouts, cacheFull);
    }

    /** What was counted, in any order. Not thread-safe. */
    public static final class Builder {
        private long number = 0;
        private long connect = 0;
        private long connectGood = 0;
        private long accept = 0;
        private long acceptGood = 0;
        private long hits = 0;
        private long misses = 0;
        private long timeouts = 0;
        private long cacheFull = 0;

        private Builder() {}

        private Builder(SessionStats from) {
            number = from.number;
            connect = from.connect;
            connectGood = from.connectGood;
            accept = from.accept;
            acceptGood = from.acceptGood;
            hits = from.hits;
            misses = from.misses;
            timeouts = from.timeouts;
            cacheFull = from.cacheFull;
        }

        /** See {@link SessionStats#number}. */
        public Builder number(long number) {
            this.number = number;
            return this;
        }

        /** See {@link SessionStats#connect}. */
        public Builder connect(long connect) {
            this.connect = connect;
            return this;
        }

        /** See {@link SessionStats#connectGood}. */
        public Builder connectGood(long connectGood) {
            this.connectGood = connectGood;
            return this;
        }

        /** See {@link SessionStats#accept}. */
        public Builder accept(long accept) {
            this.accept = accept;
            return this;
        }

        /** See {@link SessionStats#acceptGood}. */
        public Builder acceptGood(long acceptGood) {
            this.acceptGood = acceptGood;
            return this;
        }

        /** See {@link SessionStats#hits}. */
        public Builder hits(long hits) {
            this.hits = hits;
            return this;
        }

        /** See {@link SessionStats#misses}. */
        public Builder misses(long misses) {
            this.misses = misses;
            return this;
        }

        /** See {@link SessionStats#timeouts}. */
        public Builder timeouts(long timeouts) {
            this.timeouts = timeouts;
            return this;
        }

        /** See {@link SessionStats#cacheFull}. */
        public Builder cacheFull(long cacheFull) {
            this.cacheFull = cacheFull;
            return this;
        }

        /** What has been said so far. */
        public SessionStats build() {
            return new SessionStats(this);
        }
    }
}
