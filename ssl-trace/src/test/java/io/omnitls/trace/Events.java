package io.omnitls.trace;

import io.omnitls.ConnectionInfo;
import io.omnitls.ReloadStatus;
import io.omnitls.TlsEvent;
import io.omnitls.TlsEvent.TracedConnection;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One event of each kind. */
final class Events {
    static final Instant EXPIRY = Instant.parse("2027-01-02T03:04:05Z");

    private Events() {}

    private static TracedConnection connection(Role role, String name) {
        return new TracedConnection(
                7,
                role,
                Optional.of(name),
                Optional.empty(),
                Optional.of(InetSocketAddress.createUnresolved("peer.example", 4433)));
    }

    static TlsEvent begun(String name) {
        return new TlsEvent.HandshakeBegun(connection(Role.SERVER, name));
    }

    static TlsEvent completed() {
        CipherSuite suite = CipherSuite.builder(0x1301, "TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256")
                .build();
        ConnectionInfo info = ConnectionInfo.builder("jsse", TlsVersion.TLS_1_3, suite)
                .namedGroup(NamedGroup.X25519)
                .applicationProtocol("h2")
                .sessionReused(true)
                .build();
        return new TlsEvent.HandshakeCompleted(
                connection(Role.CLIENT, "example.org"), info, List.of(), Duration.ofMillis(12));
    }

    static TlsEvent failed() {
        TlsException failure = new TlsCertificateVerificationException(
                VerifyCode.CERT_HAS_EXPIRED, 0, "it was valid until yesterday", new IllegalStateException());
        return new TlsEvent.HandshakeFailed(connection(Role.CLIENT, "example.org"), failure, Duration.ofMillis(3));
    }

    static TlsEvent ended(boolean sent, boolean received) {
        return new TlsEvent.ConnectionEnded(
                connection(Role.CLIENT, "example.org"), Optional.empty(), sent, received, Duration.ofSeconds(2));
    }

    static TlsEvent broken() {
        return new TlsEvent.ConnectionEnded(
                connection(Role.CLIENT, "example.org"),
                Optional.of(new TlsException(ErrorReason.SYSCALL, "the peer has reset the connection")),
                false,
                false,
                Duration.ofSeconds(2));
    }

    static TlsEvent reloaded() {
        return new TlsEvent.Reloaded(ReloadStatus.builder(Instant.EPOCH)
                .reloads(3)
                .failures(1)
                .nearestExpiry(EXPIRY)
                .build());
    }

    static TlsEvent reloadFailed() {
        TlsException cause = new TlsException(ErrorReason.KEY_VALUES_MISMATCH, "the key is another one's");
        return new TlsEvent.ReloadFailed(ReloadStatus.builder(Instant.EPOCH)
                .reloads(3)
                .failures(2)
                .lastFailure(new ReloadStatus.Failure(Instant.EPOCH, 3, cause))
                .build());
    }
}
