package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.ConnectionOptions;
import io.omnitls.TlsSocket;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.VerifyFailure;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.JdkPeer;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.KeyManager;

/** Handshakes of the JDK's own TLS with the trust managers of our contexts: where such a manager is at work. */
final class TrustManagerScenes {
    private final ProviderFixture fixture;
    private final TlsVersion version;

    TrustManagerScenes(ProviderFixture fixture, TlsVersion version) {
        this.fixture = fixture;
        this.version = version;
    }

    private interface Handshake {
        void with(JdkPeer peer, Socket plain) throws IOException;
    }

    /** A client of the JDK judges a server of ours. */
    void clients() throws Exception {
        String name = TestAuthority.SERVER_NAME;
        TestIdentity good = fixture.server(KeyKind.EC);
        TestIdentity self = TestAuthority.selfSigned("self");
        assertClientSees(VerifyCode.OK, good, (peer, plain) -> peer.socketHandshake(plain, name, version));
        assertClientSees(VerifyCode.OK, good, (peer, plain) -> peer.clientHandshake(plain, Optional.of(name), version));
        assertClientSees(
                VerifyCode.HOSTNAME_MISMATCH,
                good,
                (peer, plain) -> peer.socketHandshake(plain, "other.example", version));
        assertClientSees(
                VerifyCode.HOSTNAME_MISMATCH,
                good,
                (peer, plain) -> peer.clientHandshake(plain, Optional.of("other.example"), version));
        assertClientSees(
                VerifyCode.HOSTNAME_MISMATCH,
                good,
                (peer, plain) -> peer.clientHandshake(plain, Optional.empty(), version));
        assertClientSees(
                VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT,
                self,
                (peer, plain) -> peer.socketHandshake(plain, name, version));
        assertClientSees(
                VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT,
                self,
                (peer, plain) -> peer.clientHandshake(plain, Optional.of(name), version));
    }

    private void assertClientSees(VerifyCode code, TestIdentity identity, Handshake handshake) throws Exception {
        JdkPeer peer =
                new JdkPeer(new KeyManager[0], fixture.clientBuilder().build().trustManager());
        try (Loopback loopback = new Loopback(fixture.serverBuilder(identity).build(), TlsSocket::handshake);
                Socket plain = loopback.connectPlain()) {
            assertEquals(code, verdict(peer, plain, handshake));
        }
    }

    /** A server of the JDK judges a client of ours. */
    void servers() throws Exception {
        assertServerSees(VerifyCode.OK, fixture.authority().client(KeyKind.EC));
        assertServerSees(VerifyCode.INVALID_PURPOSE, fixture.server(KeyKind.EC));
    }

    private void assertServerSees(VerifyCode code, TestIdentity client) throws Exception {
        JdkPeer peer = new JdkPeer(
                fixture.server(KeyKind.EC).keyManagers(),
                fixture.serverBuilder()
                        .verifyLocations(fixture.authority().trust())
                        .verifyMode(VerifyMode.REQUIRED)
                        .build()
                        .trustManager());
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TlsSocket ours = Loopback.connect(
                        listener.getLocalPort(),
                        fixture.clientBuilder()
                                .maximumVersion(version)
                                .certificateChain(client.credentials())
                                .build(),
                        ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
                Socket plain = listener.accept()) {
            plain.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            BackgroundTask<Boolean> handshake = BackgroundTask.of(() -> {
                try {
                    ours.handshake();
                } catch (IOException refused) {
                    // In TLS 1.2 already in the handshake.
                }
                return true;
            });
            assertEquals(code, verdict(peer, plain, (jdk, socket) -> jdk.serverHandshake(socket, version)));
            plain.shutdownOutput(); // ours is not to wait for more
            handshake.get();
        }
    }

    /** What the manager said, which the JDK wraps. */
    private static VerifyCode verdict(JdkPeer peer, Socket plain, Handshake handshake) throws IOException {
        try {
            handshake.with(peer, plain);
            return VerifyCode.OK;
        } catch (IOException refused) {
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                if (cause instanceof VerifyFailure failure) {
                    return failure.code();
                }
            }
            throw refused;
        }
    }
}
