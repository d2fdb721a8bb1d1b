package io.omnitls;

import io.omnitls.cert.PeerName;
import io.omnitls.internal.given.Port;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is told beyond its context. Immutable: each method returns a changed copy. Later versions of this library
 * may tell it more.
 */
public final class ConnectionOptions {
    private final Optional<PeerName> serverName;
    private final boolean serverNameIndication;
    private final OptionalInt port;
    private final Optional<TlsSession> session;
    private final boolean suppressRaggedEofs;

    private ConnectionOptions(
            Optional<PeerName> serverName,
            boolean serverNameIndication,
            OptionalInt port,
            Optional<TlsSession> session,
            boolean suppressRaggedEofs) {
        this.serverName = serverName;
        this.serverNameIndication = serverNameIndication;
        this.port = port;
        this.session = session;
        this.suppressRaggedEofs = suppressRaggedEofs;
    }

    /** No server name, and truncation is an error. */
    public static ConnectionOptions none() {
        return new ConnectionOptions(Optional.empty(), true, OptionalInt.empty(), Optional.empty(), false);
    }

    /**
     * For a client that wants to reach {@code serverName}: a DNS name, which may hold characters outside ASCII, or an
     * IPv4 or IPv6 address.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static ConnectionOptions serverName(String serverName) {
        Objects.requireNonNull(serverName, "serverName");
        return new ConnectionOptions(
                Optional.of(PeerName.of(serverName)), true, OptionalInt.empty(), Optional.empty(), false);
    }

    /**
     * The same without SNI: the certificate is checked against the name, but the server is not told it. For servers
     * without virtual hosts, and for the names that a backend cannot send.
     */
    public ConnectionOptions withoutServerNameIndication() {
        return new ConnectionOptions(serverName, false, port, session, suppressRaggedEofs);
    }

    /**
     * The same to this port of the server, which together with its name is what {@link
     * ClientContext.Builder#resumeSessions} knows it by; nothing else depends on it. Without it the port counts that a
     * socket or channel is connected to, which behind a proxy is the proxy's; memory BIOs have none.
     *
     * @throws IllegalArgumentException when it is not 1 to 65535
     */
    public ConnectionOptions atPort(int number) {
        return at(Port.require(number));
    }

    private ConnectionOptions at(OptionalInt other) {
        return new ConnectionOptions(serverName, serverNameIndication, other, session, suppressRaggedEofs);
    }

    /** The same, at {@code reached} where no port was said before. */
    ConnectionOptions reachedAt(OptionalInt reached) {
        return port.isPresent() ? this : at(reached);
    }

    /**
     * The same, offering {@code earlier} to the server, which may decline and make a full handshake:
     * {@link ConnectionInfo#sessionReused} tells. In TLS 1.3 a ticket is good for one connection; a session has as many as
     * the server sent. The connection has to belong to the session's context and go to the same server name. What the
     * context keeps by {@link ClientContext.Builder#resumeSessions} is not offered then.
     */
    public ConnectionOptions resuming(TlsSession earlier) {
        Objects.requireNonNull(earlier, "earlier");
        return new ConnectionOptions(serverName, serverNameIndication, port, Optional.of(earlier), suppressRaggedEofs);
    }

    /** The same to another server, which is told its name. */
    ConnectionOptions to(PeerName other) {
        return new ConnectionOptions(Optional.of(other), true, port, session, suppressRaggedEofs);
    }

    /** The same to the server of {@code reached}, which is told its name unless that was turned off in one of them. */
    ConnectionOptions named(ConnectionOptions reached) {
        return new ConnectionOptions(
                reached.serverName,
                serverNameIndication && reached.serverNameIndication,
                port,
                session,
                suppressRaggedEofs);
    }

    /** The same, reading the end of the transport as the end of the data. */
    public ConnectionOptions suppressingRaggedEofs() {
        return new ConnectionOptions(serverName, serverNameIndication, port, session, true);
    }

    /** Whom a client wants to reach, for SNI and for the check of the certificate; empty on servers. */
    public Optional<PeerName> serverName() {
        return serverName;
    }

    /** Whether a name in {@link #serverName()} is sent in the clear as SNI (RFC 6066 section 3). */
    public boolean serverNameIndication() {
        return serverNameIndication;
    }

    /** Where the server is known to be; empty for the port that the connection itself leads to, if it says one. */
    public OptionalInt port() {
        return port;
    }

    /** The session that a client would like to resume. */
    public Optional<TlsSession> session() {
        return session;
    }

    /**
     * Whether the end of the transport without the peer's close_notify reads as the end of the data. Off unless asked for,
     * because it hides truncation; Python's {@code suppress_ragged_eofs}.
     */
    public boolean suppressRaggedEofs() {
        return suppressRaggedEofs;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionOptions that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    @Override
    public String toString() {
        return "ConnectionOptions[serverName=" + serverName + ", serverNameIndication=" + serverNameIndication
                + ", port=" + port + ", session=" + session + ", suppressRaggedEofs=" + suppressRaggedEofs + "]";
    }

    private List<Object> facts() {
        return List.of(serverName, serverNameIndication, port, session, suppressRaggedEofs);
    }
}
