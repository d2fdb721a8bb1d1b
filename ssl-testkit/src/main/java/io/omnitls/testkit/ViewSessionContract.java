package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsSocket;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.EnginePair;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** SPEC.md part 15: the sessions of the views, and those that a client resumes by itself. */
public interface ViewSessionContract extends Contract {
    private ClientContext.Builder client(TlsVersion version) {
        return fixture().clientBuilder().minimumVersion(version).maximumVersion(version);
    }

    private static SSLEngine engine(ClientContext client, UnaryOperator<SSLParameters> change) {
        SSLEngine engine = client.sslEngine(TestAuthority.SERVER_NAME, 443);
        engine.setSSLParameters(change.apply(engine.getSSLParameters()));
        return engine;
    }

    /** Completes a handshake, and sends a byte each way. */
    private static EnginePair open(SSLEngine engine, ServerContext server) throws Exception {
        EnginePair pair = new EnginePair(engine, server.sslEngine(), Segmentation.none());
        assertTrue(
                pair.handshake(),
                () -> pair.client().failure() + " " + pair.server().failure());
        assertArrayEquals(new byte[] {1}, pair.send(Role.CLIENT, new byte[] {1}));
        assertArrayEquals(new byte[] {2}, pair.send(Role.SERVER, new byte[] {2}));
        return pair;
    }

    /** Whether the server has resumed a session for this engine. */
    private static boolean resumed(SSLEngine engine, ServerContext server) throws Exception {
        long before = server.sessionStats().hits();
        open(engine, server);
        return server.sessionStats().hits() > before;
    }

    @Test
    default void rule15_14_enginesResumeWhatIsKept() throws Exception {
        ServerContext server =
                fixture().serverBuilder().alpnProtocols("one", "two").build();
        for (TlsVersion version : fixture().resumableVersions()) {
            ClientContext client = client(version).resumeSessions(10).build();
            assertFalse(resumed(client.sslEngine(TestAuthority.SERVER_NAME, 443), server));
            assertTrue(resumed(client.sslEngine(TestAuthority.SERVER_NAME, 443), server), version.toString());
            assertTrue(resumed(client.sslContext().createSSLEngine(TestAuthority.SERVER_NAME, 443), server));
            assertFalse(resumed(client.sslEngine(TestAuthority.SERVER_NAME, 444), server), "another port");
            assertTrue(
                    resumed(
                            engine(client.sslContext(), "192.0.2.1", parameters -> {
                                parameters.setServerNames(List.of(new SNIHostName(TestAuthority.SERVER_NAME)));
                                return parameters;
                            }),
                            server),
                    "a name that is set later");
            SSLEngine nowhere = client.sslEngine();
            SSLParameters named = nowhere.getSSLParameters();
            named.setServerNames(List.of(new SNIHostName(TestAuthority.SERVER_NAME)));
            nowhere.setSSLParameters(named);
            assertFalse(resumed(nowhere, server), "no port");
            for (String protocol : List.of("one", "two")) {
                // RFC 7301 section 3.1: it is the connection's, and not the session's.
                SSLEngine engine = engine(client, parameters -> {
                    parameters.setApplicationProtocols(new String[] {protocol});
                    return parameters;
                });
                assertTrue(resumed(engine, server), version + " with ALPN");
                assertEquals(protocol, engine.getApplicationProtocol());
            }
            for (boolean again : new boolean[] {false, true}) {
                SSLEngine narrow = engine(client, parameters -> {
                    parameters.setCipherSuites(new String[] {parameters.getCipherSuites()[0]});
                    return parameters;
                });
                assertEquals(again, resumed(narrow, server), version + ": of other suites");
            }
            assertTrue(resumed(client.sslEngine(TestAuthority.SERVER_NAME, 443), server), "not touched by those");
        }
    }

    private static SSLEngine engine(SSLContext context, String host, UnaryOperator<SSLParameters> change) {
        SSLEngine engine = context.createSSLEngine(host, 443);
        engine.setSSLParameters(change.apply(engine.getSSLParameters()));
        return engine;
    }

    private static void answer(TlsSocket socket) throws IOException {
        BufferedReader request =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line = request.readLine();
        while (line != null && !line.isEmpty()) {
            line = request.readLine();
        }
        socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
    }

    String ANSWER = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

    private static void ask(Socket socket) throws IOException {
        socket.setSoTimeout(Loopback.TIMEOUT_MILLIS);
        socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(ANSWER, new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }

    @Test
    default void rule15_15_socketsOfAFactoryResumeWhatIsKept() throws Exception {
        for (TlsVersion version : fixture().resumableVersions()) {
            ServerContext server = fixture()
                    .serverBuilder(fixture().authority().server(KeyKind.EC, template -> template.dnsName("localhost")))
                    .build();
            ClientContext client = client(version).resumeSessions(10).build();
            SSLSocketFactory factory = client.sslSocketFactory();
            try (Loopback loopback = new Loopback(server, 6, ViewSessionContract::answer)) {
                int port = loopback.port();
                try (Socket connected = factory.createSocket("localhost", port)) {
                    ask(connected);
                }
                assertEquals(0, server.sessionStats().hits());
                try (Socket late = factory.createSocket()) {
                    late.connect(new InetSocketAddress("localhost", port), Loopback.TIMEOUT_MILLIS);
                    ask(late);
                }
                assertEquals(1, server.sessionStats().hits(), version + ": connected later");
                try (Socket layered = factory.createSocket(loopback.connectPlain(), "localhost", port, true)) {
                    ask(layered);
                }
                assertEquals(2, server.sessionStats().hits(), version + ": layered");
                try (SSLSocket named = (SSLSocket) factory.createSocket()) {
                    SSLParameters parameters = named.getSSLParameters();
                    parameters.setServerNames(List.of(new SNIHostName("localhost")));
                    named.setSSLParameters(parameters);
                    named.connect(
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress().getHostAddress(), port),
                            Loopback.TIMEOUT_MILLIS);
                    ask(named);
                }
                assertEquals(3, server.sessionStats().hits(), version + ": told its name before");
                for (int hits = 4; hits <= 5; hits++) {
                    HttpsURLConnection connection = (HttpsURLConnection) URI.create("https://localhost:" + port + "/")
                            .toURL()
                            .openConnection(Proxy.NO_PROXY);
                    connection.setSSLSocketFactory(factory);
                    connection.setReadTimeout(Loopback.TIMEOUT_MILLIS);
                    assertEquals(200, connection.getResponseCode());
                    assertArrayEquals(
                            "ok".getBytes(StandardCharsets.US_ASCII),
                            connection.getInputStream().readAllBytes());
                    connection.disconnect();
                    assertEquals(hits, server.sessionStats().hits(), version + ": HttpsURLConnection");
                }
                loopback.await();
            }
            SSLSessionContext sessions = client.sslContext().getClientSessionContext();
            assertEquals(10, sessions.getSessionCacheSize());
            assertEquals(24 * 60 * 60, sessions.getSessionTimeout());
            assertThrows(UnsupportedOperationException.class, () -> sessions.setSessionCacheSize(11));
        }
    }

    @Test
    default void rule15_16_aSessionIsInvalidAfterAFatalAlertAndWhenItIsInvalidated() throws Exception {
        ServerContext server = fixture().serverBuilder().build();
        for (TlsVersion version : fixture().versions()) {
            ClientContext.Builder builder = client(version);
            boolean keeps = fixture().resumableVersions().contains(version);
            ClientContext client = keeps ? builder.resumeSessions(10).build() : builder.build();
            EnginePair failing = open(client.sslEngine(TestAuthority.SERVER_NAME, 443), server);
            SSLSession ours = failing.client().engine().getSession();
            SSLSession theirs = failing.server().engine().getSession();
            assertTrue(ours.isValid() && theirs.isValid(), version.toString());
            byte[] record = failing.client().wrap(ByteBuffer.wrap(new byte[] {1}));
            record[record.length - 1] ^= 1;
            failing.server().arrive(record);
            failing.settle();
            assertFalse(theirs.isValid(), version + ": a fatal alert was sent");
            assertFalse(ours.isValid(), version + ": a fatal alert was received");

            EnginePair closing = open(client.sslEngine(TestAuthority.SERVER_NAME, 443), server);
            closing.client().engine().closeOutbound();
            closing.settle();
            SSLSession good = closing.client().engine().getSession();
            assertTrue(good.isValid(), version + ": the end of a connection is not that of its session");
            if (keeps) {
                assertTrue(resumed(client.sslEngine(TestAuthority.SERVER_NAME, 443), server));
                SSLEngine last = client.sslEngine(TestAuthority.SERVER_NAME, 443);
                assertTrue(resumed(last, server));
                last.getSession().invalidate();
                assertFalse(last.getSession().isValid());
                assertEquals(0, client.sessionStats().number());
                SSLEngine early = client.sslEngine(TestAuthority.SERVER_NAME, 443);
                early.getSession().invalidate();
                assertFalse(resumed(early, server));
                assertEquals(0, client.sessionStats().number(), "nor is it kept when that was said before");
            }
        }
    }
}
