package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.VerifyFailure;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.EnginePair;
import io.omnitls.testkit.net.JdkPeer;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.SocketPair;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.KeyManagementException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** SPEC.md part 15: contexts as the factories and managers of {@code javax.net.ssl}. */
public interface ViewContract extends Contract {
    private static void assertEcho(Socket client, Socket server) throws Exception {
        BackgroundTask<Integer> heard = BackgroundTask.of(() -> {
            int value = server.getInputStream().read();
            server.getOutputStream().write(value + 1);
            return value;
        });
        client.getOutputStream().write(41);
        assertEquals(42, client.getInputStream().read());
        assertEquals(41, heard.get());
    }

    private static <T extends Socket> T limited(T socket) throws SocketException {
        socket.setSoTimeout(Loopback.TIMEOUT_MILLIS);
        return socket;
    }

    @Test
    default void rule15_10_aContextIsAnSslContextThatIsReady() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client =
                    fixture().clientBuilder().maximumVersion(version).build();
            SSLContext clients = client.sslContext();
            SSLContext servers = fixture().serverBuilder().build().sslContext();
            SSLEngine serving = servers.createSSLEngine();
            serving.setUseClientMode(false);
            SSLEngine connecting = clients.createSSLEngine(TestAuthority.SERVER_NAME, 443);
            connecting.setUseClientMode(true);
            assertTrue(new EnginePair(connecting, serving, Segmentation.none()).handshake());
            assertEquals(version.protocolName(), connecting.getSession().getProtocol());
            for (SSLContext context : List.of(clients, servers)) {
                assertThrows(KeyManagementException.class, () -> context.init(null, null, null));
                assertFalse(Arrays.asList(Security.getProviders()).contains(context.getProvider()));
                assertEquals(
                        List.of(),
                        Collections.list(context.getClientSessionContext().getIds()));
                assertNull(context.getServerSessionContext().getSession(new byte[32]));
                assertThrows(
                        UnsupportedOperationException.class,
                        () -> context.getServerSessionContext().setSessionCacheSize(7));
                assertThrows(
                        UnsupportedOperationException.class,
                        () -> context.getServerSessionContext().setSessionTimeout(7));
            }
            assertArrayEquals(
                    client.sslParameters().getCipherSuites(),
                    clients.getDefaultSSLParameters().getCipherSuites());
            assertArrayEquals(
                    client.sslParameters().getProtocols(),
                    clients.getSupportedSSLParameters().getProtocols());
            assertEquals("HTTPS", client.sslParameters().getEndpointIdentificationAlgorithm());
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> clients.getServerSocketFactory().createServerSocket());
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> servers.getSocketFactory().createSocket());
        }
    }

    @Test
    default void rule15_11_factoriesMakeSocketsThatAreConnectedLater() throws Exception {
        ServerContext server = fixture()
                .serverBuilder(fixture().authority().server(KeyKind.EC, template -> template.dnsName("localhost")))
                .build();
        SSLSocketFactory factory = fixture().clientBuilder().build().sslSocketFactory();
        try (SSLServerSocket listener =
                (SSLServerSocket) server.sslServerSocketFactory().createServerSocket(0)) {
            listener.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            int port = listener.getLocalPort();
            assertInstanceOf(TlsServerSocket.class, listener);
            try (SSLSocket socket = (SSLSocket) limited(factory.createSocket())) {
                assertInstanceOf(TlsSocket.class, socket);
                assertFalse(socket.isConnected());
                assertThrows(SocketException.class, socket::startHandshake);
                assertThrows(SocketException.class, socket::getOutputStream);
                assertThrows(SocketException.class, socket::getInputStream);
                assertEquals("SSL_NULL_WITH_NULL_NULL", socket.getSession().getCipherSuite());
                socket.connect(new InetSocketAddress("localhost", port), Loopback.TIMEOUT_MILLIS);
                assertThrows(SocketException.class, () -> socket.connect(new InetSocketAddress("localhost", port)));
                try (Socket accepted = limited(listener.accept())) {
                    assertEcho(socket, accepted);
                }
                assertEquals("localhost", socket.getSession().getPeerHost());
            }
            for (Socket made : List.of(
                    factory.createSocket("localhost", port),
                    factory.createSocket("localhost", port, InetAddress.getLoopbackAddress(), 0),
                    factory.createSocket(InetAddress.getByName("localhost"), port),
                    factory.createSocket(
                            InetAddress.getByName("localhost"), port, InetAddress.getLoopbackAddress(), 0))) {
                try (Socket socket = limited(made);
                        Socket accepted = limited(listener.accept())) {
                    assertEcho(socket, accepted);
                }
            }
            // An address is what is checked where no name is known: the certificate is not for this one.
            try (SSLSocket socket = (SSLSocket)
                            limited(factory.createSocket(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), port));
                    TlsSocket accepted = (TlsSocket) limited(listener.accept())) {
                BackgroundTask<Boolean> refused = BackgroundTask.of(() -> {
                    assertThrows(IOException.class, () -> {
                        accepted.handshake();
                        accepted.getInputStream().read();
                    });
                    return true;
                });
                TlsCertificateVerificationException refusal =
                        assertThrows(TlsCertificateVerificationException.class, socket::startHandshake);
                assertEquals(VerifyCode.IP_ADDRESS_MISMATCH, refusal.verifyCode());
                refused.get();
            }
        }
    }

    @Test
    @SuppressWarnings("try") // to close it twice is what is tested
    default void rule15_11_factoriesLayerTlsOverOtherSockets() throws Exception {
        SSLSocketFactory clients = fixture().clientBuilder().build().sslSocketFactory();
        SSLSocketFactory servers =
                fixture().serverBuilder().build().sslContext().getSocketFactory();
        try (SocketPair plain = SocketPair.open();
                SSLSocket client = (SSLSocket)
                        limited(clients.createSocket(plain.client(), TestAuthority.SERVER_NAME, 443, false))) {
            // The first bytes of the ClientHello were looked at by somebody.
            BackgroundTask<Boolean> handshake = BackgroundTask.of(() -> {
                client.startHandshake();
                return true;
            });
            byte[] seen = plain.server().getInputStream().readNBytes(20);
            try (SSLSocket server =
                    (SSLSocket) limited(servers.createSocket(plain.server(), new ByteArrayInputStream(seen), true))) {
                assertFalse(server.getUseClientMode());
                server.startHandshake();
                handshake.get();
                assertEcho(client, server);
                client.close();
                assertTrue(client.isClosed());
                assertFalse(plain.client().isClosed(), "it was not to be closed");
                assertEquals(-1, server.getInputStream().read());
            }
            assertTrue(plain.server().isClosed());
        }
        try (SocketPair plain = SocketPair.open();
                SSLSocket nameless = (SSLSocket) clients.createSocket(plain.client(), null, 443, true)) {
            assertThrows(TlsCertificateVerificationException.class, nameless::startHandshake);
        }
        try (Socket unconnected = new Socket()) {
            assertThrows(SocketException.class, () -> clients.createSocket(unconnected, "x.example", 443, true));
        }
    }

    /** LDAP and FTP leave TLS this way. */
    @Test
    default void rule15_11_aSocketThatStaysOpenGoesOnBehindTheEndOfTls() throws Exception {
        SSLSocketFactory servers =
                fixture().serverBuilder().build().sslContext().getSocketFactory();
        for (TlsVersion version : fixture().versions()) {
            SSLSocketFactory clients =
                    fixture().clientBuilder().maximumVersion(version).build().sslSocketFactory();
            try (SocketPair plain = SocketPair.open();
                    SSLSocket client = (SSLSocket)
                            clients.createSocket(limited(plain.client()), TestAuthority.SERVER_NAME, 443, false);
                    SSLSocket server = (SSLSocket) servers.createSocket(limited(plain.server()), null, false)) {
                client.setSoTimeout(Loopback.TIMEOUT_MILLIS - 1);
                BackgroundTask<String> served = BackgroundTask.of(() -> {
                    server.startHandshake();
                    server.getOutputStream().write(new byte[100]); // which nobody reads
                    return server.getInputStream().read() + closedAndSaid(server, plain.server(), "server");
                });
                client.startHandshake();
                assertEquals("server", closedAndSaid(client, plain.client(), "client"), version.toString());
                assertEquals("-1client", served.get());
                assertEquals(Loopback.TIMEOUT_MILLIS, plain.client().getSoTimeout());
            }
        }
    }

    @Test
    default void rule15_11_aSocketOfAFactoryClosesItselfWhenItsHandshakeFails() throws Exception {
        SSLSocketFactory clients = fixture().clientBuilder().build().sslSocketFactory();
        SSLSocketFactory servers =
                fixture().serverBuilder().build().sslContext().getSocketFactory();
        for (boolean autoClose : new boolean[] {true, false}) {
            try (SocketPair plain = SocketPair.open();
                    SSLSocket client =
                            (SSLSocket) limited(clients.createSocket(plain.client(), "other.example", 443, autoClose));
                    SSLSocket server = (SSLSocket) limited(servers.createSocket(plain.server(), null, autoClose))) {
                BackgroundTask<IOException> served = BackgroundTask.of(() -> assertThrows(
                        IOException.class, () -> server.getInputStream().read()));
                assertThrows(TlsCertificateVerificationException.class, client::startHandshake);
                assertInstanceOf(TlsException.class, served.get(), "the alert");
                assertTrue(client.isClosed());
                assertEquals(autoClose, plain.client().isClosed());
            }
        }
        try (SSLServerSocket listener = (SSLServerSocket)
                fixture().serverBuilder().build().sslServerSocketFactory().createServerSocket(0)) {
            listener.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            try (SSLSocket client = (SSLSocket) limited(clients.createSocket("localhost", listener.getLocalPort()));
                    SSLSocket accepted = (SSLSocket) limited(listener.accept())) {
                BackgroundTask<IOException> served =
                        BackgroundTask.of(() -> assertThrows(IOException.class, accepted::startHandshake));
                assertThrows(TlsCertificateVerificationException.class, client::startHandshake);
                served.get();
                assertTrue(accepted.isClosed());
                assertTrue(client.isClosed());
            }
        }
    }

    /** What the peer says in the clear to a word that follows the end of TLS at once. */
    private static String closedAndSaid(SSLSocket tls, Socket plain, String word) throws IOException {
        tls.close();
        plain.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
        return new String(plain.getInputStream().readNBytes(word.length()), StandardCharsets.US_ASCII);
    }

    @Test
    default void rule15_11_aPeerThatKeepsItsEndHoldsNobodyUp() throws Exception {
        SSLSocketFactory servers =
                fixture().serverBuilder().build().sslContext().getSocketFactory();
        try (SocketPair plain = SocketPair.open();
                SSLSocket client = (SSLSocket) limited(fixture()
                        .clientBuilder()
                        .build()
                        .sslSocketFactory()
                        .createSocket(plain.client(), TestAuthority.SERVER_NAME, 443, false));
                SSLSocket server = (SSLSocket) limited(servers.createSocket(plain.server(), null, false))) {
            assertEcho(client, server);
            long start = System.nanoTime();
            close(client);
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5), "it waits for the peer");
            assertFalse(plain.client().isClosed());
        }
    }

    private static void close(SSLSocket socket) throws IOException {
        socket.close();
    }

    @Test
    default void rule15_12_aTrustManagerSaysWhatAConnectionWould() throws Exception {
        ClientContext client = fixture().clientBuilder().build();
        X509Certificate[] good = {fixture().server(KeyKind.EC).certificate()};
        X509Certificate[] self = {TestAuthority.selfSigned("self").certificate()};
        client.trustManager(TestAuthority.SERVER_NAME).checkServerTrusted(good, "ECDHE_ECDSA");
        VerifyFailure untrusted = assertThrows(
                VerifyFailure.class,
                () -> client.trustManager(TestAuthority.SERVER_NAME).checkServerTrusted(self, "ECDHE_ECDSA"));
        assertEquals(VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT, untrusted.code());
        assertTrue(
                String.valueOf(untrusted.getMessage())
                        .startsWith(
                                "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate"
                                        + " (18) at depth 0"),
                untrusted::getMessage);
        assertInstanceOf(TlsException.class, untrusted.getCause());
        for (ClientContext context : List.of(client, fixture().clientBuilder().build())) {
            VerifyFailure nobody = assertThrows(
                    VerifyFailure.class, () -> context.trustManager().checkServerTrusted(good, "ECDHE_ECDSA"));
            assertEquals(VerifyCode.HOSTNAME_MISMATCH, nobody.code());
            assertTrue(String.valueOf(nobody.getMessage()).contains("trustManager(serverName)"), nobody::getMessage);
        }
        VerifyFailure other = assertThrows(
                VerifyFailure.class,
                () -> client.trustManager("other.example").checkServerTrusted(good, "ECDHE_ECDSA"));
        assertEquals(VerifyCode.HOSTNAME_MISMATCH, other.code());
        fixture().clientBuilder().checkHostname(false).build().trustManager().checkServerTrusted(good, "ECDHE_ECDSA");
    }

    @Test
    default void rule15_13_aKeyManagerServesOtherTls() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext trusting =
                    fixture().clientBuilder().maximumVersion(version).build();
            JdkPeer jdk = new JdkPeer(
                    new KeyManager[] {fixture().serverBuilder().build().keyManager()}, trusting.trustManager());
            EnginePair pair = new EnginePair(
                    trusting.sslEngine(TestAuthority.SERVER_NAME, 443), jdk.serverEngine(version), Segmentation.none());
            assertTrue(
                    pair.handshake(),
                    () -> pair.client().failure() + " and " + pair.server().failure());
            ClientContext proving = trusting.toBuilder()
                    .certificateChain(fixture().authority().client(KeyKind.EC).credentials())
                    .build();
            JdkPeer client = new JdkPeer(new KeyManager[] {proving.keyManager()}, proving.trustManager());
            ServerContext asking = fixture()
                    .serverBuilder()
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.REQUIRED)
                    .build();
            EnginePair proved = new EnginePair(
                    client.clientEngine(TestAuthority.SERVER_NAME, version), asking.sslEngine(), Segmentation.none());
            assertTrue(
                    proved.handshake(),
                    () -> proved.client().failure() + " and " + proved.server().failure());
            assertTrue(proved.server().engine().getSession().getPeerCertificates().length > 0);
        }
        assertEquals(
                Optional.empty(),
                Optional.ofNullable(fixture()
                        .clientBuilder()
                        .build()
                        .keyManager()
                        .chooseClientAlias(new String[] {"EC"}, null, null)));
    }

    @Test
    default void rule15_11_aNameThatWasSetCountsMoreThanTheAddress() throws Exception {
        try (TlsServerSocket listener = fixture()
                        .serverBuilder()
                        .build()
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SSLSocket socket = (SSLSocket) limited(
                        fixture().clientBuilder().build().sslSocketFactory().createSocket())) {
            listener.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            TlsSocket tls = assertInstanceOf(TlsSocket.class, socket);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(TestAuthority.SERVER_NAME)));
            socket.setSSLParameters(parameters);
            socket.connect(listener.getLocalSocketAddress());
            try (TlsSocket accepted = limited(listener.accept())) {
                assertEcho(socket, accepted);
                assertEquals(Optional.of(TestAuthority.SERVER_NAME), accepted.serverName());
                assertEquals(Optional.of(TestAuthority.SERVER_NAME), tls.serverName(), "what it was told before");
            }
        }
    }
}
