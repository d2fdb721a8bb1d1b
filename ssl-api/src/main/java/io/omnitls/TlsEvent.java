package io.omnitls;

import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.given.Given;
import io.omnitls.protocol.Role;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link TlsTrace} hears. Of each connection whose handshake is begun it hears {@link HandshakeBegun}, then {@link
 * HandshakeCompleted} or {@link HandshakeFailed}, and after the former {@link ConnectionEnded}; of one that its owner drops without
 * closing it nothing more. Immutable.
 */
public sealed interface TlsEvent {

    /** An event of a connection. */
    sealed interface OfConnection extends TlsEvent {
        /** Which one. */
        TracedConnection connection();
    }

    /**
     * Which connection it is.
     *
     * @param id the same in all of a connection's events, and no other connection's in this process
     * @param role this end's
     * @param serverName whom the client wants to reach; on a server the name that it asked for, once its ClientHello was read
     * @param localAddress of the transport, if it has any
     * @param remoteAddress of the transport, if it has any; a proxy's where there is one
     */
    record TracedConnection(
            long id,
            Role role,
            Optional<String> serverName,
            Optional<SocketAddress> localAddress,
            Optional<SocketAddress> remoteAddress) {
        public TracedConnection {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(serverName, "serverName");
            Objects.requireNonNull(localAddress, "localAddress");
            Objects.requireNonNull(remoteAddress, "remoteAddress");
        }
    }

    /** Somebody has asked for the handshake; on a server, which waits for the client then, too. */
    record HandshakeBegun(TracedConnection connection) implements OfConnection {
        public HandshakeBegun {
            Objects.requireNonNull(connection, "connection");
        }
    }

    /**
     * The handshake is complete.
     *
     * @param info what was agreed on; {@link ConnectionInfo#sessionReused} tells of a session that was resumed
     * @param verifiedChain the peer's chain to the trust anchor; empty when it was not asked for one, or its is not good
     * @param duration since {@link HandshakeBegun}, with the time that the peer took
     */
    record HandshakeCompleted(
            TracedConnection connection, ConnectionInfo info, List<X509Certificate> verifiedChain, Duration duration)
            implements OfConnection {
        public HandshakeCompleted {
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(info, "info");
            Given.all(verifiedChain, "verifiedChain");
            Objects.requireNonNull(duration, "duration");
            verifiedChain = List.copyOf(verifiedChain);
        }
    }

    /**
     * The handshake has failed, or was given up.
     *
     * @param failure what the connection's owner is told: the reason, the alert and its direction; PROTOCOL_IS_SHUTDOWN
     *     when the owner closed the connection
     * @param duration since {@link HandshakeBegun}
     */
    record HandshakeFailed(TracedConnection connection, TlsException failure, Duration duration)
            implements OfConnection {
        public HandshakeFailed {
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(duration, "duration");
        }

        /** The verdict on the peer's certificate, when that is why. */
        public Optional<VerifyCode> verifyCode() {
            return failure instanceof TlsCertificateVerificationException refused
                    ? Optional.of(refused.verifyCode())
                    : Optional.empty();
        }
    }

    /**
     * A connection that was open is over: both ends have sent close_notify, its owner has closed it, or it has failed.
     *
     * @param failure what was fatal
     * @param closeNotifySent whether this end has sent close_notify
     * @param closeNotifyReceived whether the peer's was read; where it was not, data may be missing
     * @param duration since {@link HandshakeCompleted}
     */
    record ConnectionEnded(
            TracedConnection connection,
            Optional<TlsException> failure,
            boolean closeNotifySent,
            boolean closeNotifyReceived,
            Duration duration)
            implements OfConnection {
        public ConnectionEnded {
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(duration, "duration");
        }
    }

    /**
     * A {@link ReloadableContext} has a new context in force.
     *
     * @param status what is known of it now
     */
    record Reloaded(ReloadStatus status) implements TlsEvent {
        public Reloaded {
            Objects.requireNonNull(status, "status");
        }
    }

    /**
     * A {@link ReloadableContext} has kept the former context.
     *
     * @param status with the cause in {@link ReloadStatus#lastFailure}
     */
    record ReloadFailed(ReloadStatus status) implements TlsEvent {
        public ReloadFailed {
            Objects.requireNonNull(status, "status");
        }
    }
}
