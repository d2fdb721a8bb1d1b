package io.omnitls;

import io.omnitls.cert.PeerName;
import io.omnitls.internal.engine.SessionFacts;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.ResumableSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A session that a later connection of the same context to the same server can resume, without certificates and key
 * exchange: Python's {@code ssl.SSLSession}. Nothing is ever resumed unless it is given to {@link
 * ConnectionOptions#resuming}, or the context keeps sessions by {@link ClientContext.Builder#resumeSessions}; and what the
 * server had proved is judged again. The secrets stay with the backend,
 * which keeps them for as long as somebody holds this object, or the connection that it is from, however many sessions
 * there are; the server may forget its part, and {@link #timeout} passes. Immutable and thread-safe.
 */
public final class TlsSession {
    private final ClientContext context;
    private final Optional<PeerName> serverName;
    private final TlsVersion version;
    private final SessionFacts facts;
    private final boolean ticket;
    private final Optional<Duration> ticketLifetime;

    /** @param facts of a session that can be resumed */
    TlsSession(
            ClientContext context,
            Optional<PeerName> serverName,
            TlsVersion version,
            SessionFacts facts,
            boolean ticket,
            Optional<Duration> ticketLifetime) {
        this.context = context;
        this.serverName = serverName;
        this.version = version;
        this.facts = facts;
        this.ticket = ticket;
        this.ticketLifetime = ticketLifetime;
    }

    /** The session id; in TLS 1.3, where there is none, what the backend has in its place, or nothing. */
    public Bytes id() {
        return facts.id();
    }

    /** The version it was negotiated in. */
    public TlsVersion version() {
        return version;
    }

    /** When it began. */
    public Instant time() {
        return facts.time();
    }

    /** How long the backend keeps it, counted from {@link #time}; zero for no limit. */
    public Duration timeout() {
        return facts.timeout();
    }

    /**
     * For how long the server said that its ticket is good (RFC 5077 section 3.3); empty without a ticket, and in TLS
     * 1.3, where backends keep it to themselves.
     */
    public Optional<Duration> ticketLifetimeHint() {
        return ticketLifetime;
    }

    /**
     * Whether the server had sent a ticket when this object was made. In TLS 1.3 tickets come after the handshake, with
     * the first data that is read, and cannot be told from a KeyUpdate.
     */
    public boolean hasTicket() {
        return ticket;
    }

    /**
     * Refuses it to connections of a context that is neither its own nor one that has come in the place of that, or whose place that
     * has taken; and to those with another server.
     *
     * @throws IllegalArgumentException saying which
     */
    void requireFor(ClientContext wanting, Optional<PeerName> name) {
        if (wanting.lineage() != context.lineage()) {
            throw new IllegalArgumentException("the session belongs to another context");
        }
        if (!name.map(TlsSession::canonical).equals(serverName.map(TlsSession::canonical))) {
            throw new IllegalArgumentException("the session is one with "
                    + serverName.map(PeerName::toString).orElse("a server without a name") + ", not with "
                    + name.map(PeerName::toString).orElse("one without"));
        }
    }

    /**
     * Whether {@code wanting} can resume it: what another one trusts is another matter, even if it has come in the place of this
     * session's, so the server has to prove itself anew.
     */
    boolean isFrom(ClientContext wanting) {
        return wanting == context;
    }

    /** {@code name} however it was written: an IPv6 address has many texts. */
    static PeerName canonical(PeerName name) {
        return name instanceof PeerName.IpAddress ip ? new PeerName.IpAddress(ip.address(), ip.address()) : name;
    }

    /** What tells it from others; the backend resumes it by that. */
    ResumableSession handle() {
        return facts.handle().orElseThrow(() -> new AssertionError("a session without a handle"));
    }

    /** The version and the moment it began; nothing that could be used. */
    @Override
    public String toString() {
        return "session of " + version() + " since " + time();
    }
}
