package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback;
import io.omnitls.SessionStats;
import io.omnitls.TlsConnection;
import io.omnitls.TlsSession;
import io.omnitls.TlsSocket;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** SPEC.md part 9: sessions that a client resumes by itself. */
public interface ResumptionContract extends Contract {
    private static ConnectionOptions at(int port) {
        return to(TestAuthority.SERVER_NAME, port);
    }

    private static ConnectionOptions to(String name, int port) {
        return ConnectionOptions.serverName(name).atPort(port);
    }

    private ClientContext.Builder client(TlsVersion version) {
        return fixture().clientBuilder().minimumVersion(version).maximumVersion(version);
    }

    private ClientContext keeping(TlsVersion version) throws TlsException {
        return client(version).resumeSessions(10).build();
    }

    /** Whether a new connection is resumed; data goes both ways on it, with which a server of TLS 1.3 sends its tickets. */
    private static boolean resumed(ClientContext client, ServerContext server, ConnectionOptions options)
            throws Exception {
        try (BioPair pair = new BioPair(client, server, options, Segmentation.none())) {
            open(pair);
            assertEquals(
                    pair.client().info().sessionReused(), pair.server().info().sessionReused());
            return pair.client().info().sessionReused();
        }
    }

    private static void open(BioPair pair) throws IOException {
        BioPair.Outcome outcome = pair.handshake();
        assertTrue(outcome.completed(), outcome::toString);
        byte[] data = {1, 2, 3};
        assertArrayEquals(data, pair.send(pair.client(), pair.server(), data));
        assertArrayEquals(data, pair.send(pair.server(), pair.client(), data));
    }

    private static <T extends TlsConnection> boolean resumed(T connection) throws IOException {
        connection.write(ByteBuffer.wrap(new byte[] {41}));
        ByteBuffer answer = ByteBuffer.allocate(1);
        assertEquals(1, connection.read(answer));
        assertEquals(42, answer.get(0));
        return connection.info().sessionReused();
    }

    private static void serve(TlsSocket socket) throws IOException {
        socket.getOutputStream().write(socket.getInputStream().read() + 1);
        socket.getInputStream().read();
    }

    @Test
    default void rule9_23_connectionsOfAnyKindResumeWhatIsKept() throws Exception {
        for (TlsVersion version : fixture().resumableVersions()) {
            ServerContext server = fixture().serverBuilder().build();
            for (boolean keep : new boolean[] {true, false}) {
                ClientContext client = keep ? keeping(version) : client(version).build();
                assertEquals(keep ? 10 : 0, client.resumeSessions());
                assertFalse(resumed(client, server, at(443)));
                assertEquals(keep, resumed(client, server, at(443)), version + ": a memory BIO's");
                assertEquals(keep, resumed(client, server, at(443)), version + ": and the session of that");
                try (Loopback loopback = new Loopback(server, 4, ResumptionContract::serve)) {
                    InetSocketAddress address =
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), loopback.port());
                    ConnectionOptions options = ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
                    try (TlsSocket socket = client.connect(address, options, Loopback.TIMEOUT)) {
                        assertFalse(resumed(socket), "another port is another server");
                    }
                    try (TlsSocket socket = client.connect(address, options, Loopback.TIMEOUT)) {
                        assertEquals(keep, resumed(socket), version + ": of connect");
                    }
                    try (TlsSocket socket = loopback.connect(client, options)) {
                        assertEquals(keep, resumed(socket), version + ": a socket's");
                    }
                    try (TlsConnection channel = client.wrap(SocketChannel.open(address), options)) {
                        assertEquals(keep, resumed(channel), version + ": a channel's");
                    }
                    loopback.await();
                }
            }
        }
    }

    @Test
    default void rule9_24_aKeptSessionIsForItsServerAlone() throws Exception {
        ServerContext server = fixture()
                .serverBuilder(fixture()
                        .authority()
                        .server(
                                KeyKind.EC,
                                template -> template.dnsName("other.example").ipAddress("::1")))
                .build();
        for (TlsVersion version : fixture().resumableVersions()) {
            ClientContext client = keeping(version);
            assertFalse(resumed(client, server, at(443)));
            assertFalse(resumed(client, server, at(444)), "another port");
            assertFalse(resumed(client, server, to("other.example", 443)), "another name");
            assertFalse(resumed(client, server, at(443).withoutServerNameIndication()), "a name that is not sent");
            assertFalse(resumed(client.toBuilder().build(), server, at(443)), "another context");
            ConnectionOptions nowhere = ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
            assertFalse(resumed(client, server, nowhere), "no port");
            assertFalse(resumed(client, server, nowhere), "no port twice");
            assertTrue(resumed(client, server, to("SERVER.example.", 443)), "the same name");
            assertTrue(resumed(client, server, at(443).withoutServerNameIndication()), "not sent again");
            assertFalse(resumed(client, server, to("::1", 443)));
            assertTrue(resumed(client, server, to("0:0:0:0:0:0:0:1", 443)), "the same address");
            ClientContext unnamed =
                    client(version).checkHostname(false).resumeSessions(10).build();
            ConnectionOptions nobody = ConnectionOptions.none().atPort(443);
            assertFalse(resumed(unnamed, server, nobody));
            assertFalse(resumed(unnamed, server, nobody), "no name");
        }
        assertThrows(IllegalArgumentException.class, () -> at(0));
        assertThrows(IllegalArgumentException.class, () -> at(65_536));
    }

    @Test
    default void rule9_30_aSessionThatIsGivenGoesBeforeOneThatIsKept() throws Exception {
        for (TlsVersion version : fixture().resumableVersions()) {
            ClientContext client = keeping(version);
            ServerContext first = fixture().serverBuilder().build();
            ServerContext second = fixture().serverBuilder().build();
            TlsSession given;
            try (BioPair pair = new BioPair(client, first, at(443), Segmentation.none())) {
                open(pair);
                given = pair.client().session().orElseThrow();
            }
            assertFalse(resumed(client, second, at(444)));
            // The one that is kept for this port is unknown to the first server.
            assertTrue(resumed(client, first, at(444).resuming(given)), version.toString());
            ConnectionOptions elsewhere = to("other.example", 443).resuming(given);
            assertThrows(
                    IllegalArgumentException.class, () -> client.wrapBio(new MemoryBio(), new MemoryBio(), elsewhere));
        }
    }

    @Test
    default void rule9_25_whatTheServerOfAKeptSessionProvedIsJudgedAgain() throws Exception {
        Duration later = Duration.ofHours(1);
        for (TlsVersion version : fixture().resumableVersions()) {
            SettableClock clock = new SettableClock();
            ServerContext shortLived = fixture()
                    .serverBuilder(fixture()
                            .authority()
                            .server(
                                    KeyKind.EC,
                                    template -> template.valid(
                                            clock.instant().minusSeconds(60),
                                            clock.instant().plusSeconds(60))))
                    .build();
            ClientContext client =
                    client(version).clock(clock).resumeSessions(10).build();
            assertFalse(resumed(client, shortLived, at(443)));
            clock.advance(later);
            assertRefused(client, shortLived, VerifyCode.CERT_HAS_EXPIRED);

            ServerContext server = fixture().serverBuilder().build();
            ClientContext revoking = client(version)
                    .clock(clock)
                    .resumeSessions(10)
                    .verifyLocations(fixture().authority().trustRevoking(Duration.ofMinutes(90)))
                    .verifyFlags(VerifyFlag.CRL_CHECK_LEAF)
                    .build();
            assertFalse(resumed(revoking, server, at(443)));
            clock.advance(later);
            assertRefused(revoking, server, VerifyCode.CRL_HAS_EXPIRED);
        }
    }

    private static void assertRefused(ClientContext client, ServerContext server, VerifyCode code) throws Exception {
        assertEquals(1, client.sessionStats().number());
        try (BioPair pair = new BioPair(client, server, at(443), Segmentation.none())) {
            TlsCertificateVerificationException refusal = assertInstanceOf(
                    TlsCertificateVerificationException.class,
                    pair.handshake().client().orElseThrow(() -> new AssertionError(code + " was resumed")));
            assertEquals(code, refusal.verifyCode());
            assertTrue(String.valueOf(refusal.getMessage()).contains("cannot be resumed any more"), refusal::toString);
            assertTrue(pair.isOver(pair.server()), "the server hears of it");
        }
        assertEquals(0, client.sessionStats().number(), "it is forgotten");
    }

    @Test
    default void rule9_31_aNameThatWasNotCheckedBeforeIsCheckedOnResumption() throws Exception {
        ServerContext server = fixture().serverBuilder().build();
        for (TlsVersion version : fixture().resumableVersions()) {
            ClientContext client =
                    client(version).checkHostname(false).resumeSessions(10).build();
            try (Loopback loopback = new Loopback(server, 3, socket -> {
                try {
                    serve(socket);
                } catch (IOException refused) {
                    // By the client, who has a reason, and may be gone.
                }
            })) {
                ConnectionOptions wrong = ConnectionOptions.serverName("other.example");
                for (boolean again : new boolean[] {false, true}) {
                    try (TlsSocket socket = loopback.connect(client, wrong)) {
                        assertEquals(again, resumed(socket));
                    }
                }
                try (TlsSocket socket = loopback.connect(client, wrong)) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm("HTTPS");
                    socket.setSSLParameters(parameters);
                    assertEquals(
                            VerifyCode.HOSTNAME_MISMATCH,
                            assertThrows(TlsCertificateVerificationException.class, socket::handshake)
                                    .verifyCode());
                }
                assertEquals(0, client.sessionStats().number());
                loopback.await();
            }
        }
    }

    /** As one that was started anew. */
    @Test
    default void rule9_26_aServerThatKnowsNoSessionIsResumedAgainAfterOneHandshake() throws Exception {
        for (TlsVersion version : fixture().resumableVersions()) {
            ClientContext client = keeping(version);
            for (int start = 0; start < 4; start++) {
                ServerContext server = fixture().serverBuilder().build();
                assertFalse(resumed(client, server, at(443)), "nobody knows the session");
                for (int again = 0; again < 3; again++) {
                    assertTrue(
                            resumed(client, server, at(443)), version + ": the latest session is the one that counts");
                }
            }
        }
    }

    @Test
    default void rule9_26_whatIsKeptHasBounds() throws Exception {
        ServerContext server = fixture().serverBuilder().build();
        for (TlsVersion version : fixture().resumableVersions()) {
            SettableClock clock = new SettableClock();
            ClientContext client = client(version)
                    .clock(clock)
                    .resumeSessions(2, Duration.ofMinutes(10))
                    .build();
            assertEquals(Duration.ofMinutes(10), client.resumeSessionsMaxAge());
            assertFalse(resumed(client, server, at(1)));
            assertFalse(resumed(client, server, at(2)));
            assertTrue(resumed(client, server, at(1)));
            assertFalse(resumed(client, server, at(3)));
            assertEquals(2, client.sessionStats().number());
            assertEquals(1, client.sessionStats().cacheFull());
            assertTrue(resumed(client, server, at(1)), "used less recently than the one that went");
            assertTrue(resumed(client, server, at(3)));
            assertFalse(resumed(client, server, at(2)), "used least recently");

            clock.advance(Duration.ofMinutes(6));
            assertTrue(resumed(client, server, at(3)), "young enough");
            clock.advance(Duration.ofMinutes(6));
            SessionStats before = client.sessionStats();
            assertFalse(resumed(client, server, at(3)), "resumption makes a session no younger");
            assertEquals(0, before.number() + before.timeouts(), before::toString);
            assertServersLimit(client(version), server);
        }
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(8))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> fixture().clientBuilder().resumeSessions(1, wrong));
        }
        assertThrows(
                IllegalArgumentException.class, () -> fixture().clientBuilder().resumeSessions(-1));
    }

    /** A ticket lasts no longer than the server says, where it can be heard. */
    private static void assertServersLimit(ClientContext.Builder builder, ServerContext server) throws Exception {
        SettableClock clock = new SettableClock();
        ClientContext client =
                builder.clock(clock).resumeSessions(1, Duration.ofDays(7)).build();
        try (BioPair pair = new BioPair(client, server, at(443), Segmentation.none())) {
            open(pair);
            Optional<Duration> hint =
                    pair.client().session().orElseThrow().ticketLifetimeHint().filter(limit -> !limit.isZero());
            assertEquals(1, client.sessionStats().number());
            clock.advance(hint.orElse(Duration.ofDays(7)));
            assertEquals(0, client.sessionStats().number(), () -> "it lasts for " + hint);
        }
    }

    @Test
    default void rule9_32_whatBecameOfKeptSessionsIsCounted() throws Exception {
        ServerContext server = fixture().serverBuilder().build();
        for (TlsVersion version : fixture().resumableVersions()) {
            SettableClock clock = new SettableClock();
            ClientContext client = client(version)
                    .clock(clock)
                    .resumeSessions(10, Duration.ofHours(1))
                    .build();
            assertFalse(resumed(client, server, at(443)));
            assertTrue(resumed(client, server, at(443)));
            assertFalse(resumed(client, fixture().serverBuilder().build(), at(443)), "a server that does not know it");
            assertStats(client, 1, 1, 2, 0);
            clock.advance(Duration.ofHours(1));
            assertFalse(resumed(client, server, at(443)));
            assertStats(client, 1, 1, 2, 1);
            assertFalse(resumed(client, server, ConnectionOptions.serverName(TestAuthority.SERVER_NAME)));
            assertStats(client, 1, 1, 2, 1);
        }
    }

    private static void assertStats(ClientContext client, int number, int hits, int misses, int timeouts) {
        SessionStats stats = client.sessionStats();
        assertEquals(
                List.of((long) number, (long) hits, (long) misses, (long) timeouts),
                List.of(stats.number(), stats.hits(), stats.misses(), stats.timeouts()),
                stats::toString);
    }

    @Test
    default void rule9_27_noTicketIsOfferedTwice() throws Exception {
        if (!fixture().resumableVersions().contains(TlsVersion.TLS_1_3)) {
            return; // rule 9.29 speaks of these
        }
        Queue<Bytes> offered = new ConcurrentLinkedQueue<>();
        ServerContext server = fixture()
                .serverBuilder()
                .serverNameCallback(hello -> {
                    hello.extension(PRE_SHARED_KEY)
                            .map(ClientHello.Extension::data)
                            .ifPresent(data -> offered.add(firstIdentity(data)));
                    return new ServerNameCallback.Decision.Proceed();
                })
                .build();
        ClientContext client = keeping(TlsVersion.TLS_1_3);
        List<BackgroundTask<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            tasks.add(BackgroundTask.of(() -> {
                int hits = 0;
                for (int j = 0; j < CONNECTIONS; j++) {
                    hits += resumed(client, server, at(443)) ? 1 : 0;
                }
                return hits;
            }));
        }
        int hits = 0;
        for (BackgroundTask<Integer> task : tasks) {
            hits += task.get();
        }
        Set<Bytes> different = offered.stream().collect(Collectors.toSet());
        assertEquals(offered.size(), different.size(), "a ticket was offered twice");
        assertTrue(hits > 0 && hits <= offered.size(), hits + " of " + offered.size());
        assertEquals(hits, client.sessionStats().hits());
        assertEquals(
                THREADS * CONNECTIONS - hits, client.sessionStats().misses(), "each connection was a hit or a miss");
    }

    int PRE_SHARED_KEY = 41;
    int THREADS = 4;
    int CONNECTIONS = 25;

    /** RFC 8446 section 4.2.11: the length of the list, that of the first identity, and that. */
    private static Bytes firstIdentity(Bytes offer) {
        byte[] data = offer.toByteArray();
        int length = (data[2] & 0xff) << 8 | data[3] & 0xff;
        return Bytes.copyOf(data, 4, 4 + length);
    }

    @Test
    default void rule9_28_theSessionOfAConnectionThatFailsIsForgotten() throws Exception {
        ServerContext server = fixture().serverBuilder().build();
        for (TlsVersion version : fixture().resumableVersions()) {
            ClientContext client = keeping(version);
            for (boolean sent : new boolean[] {true, false}) {
                assertFalse(resumed(client, server, at(443)));
                try (BioPair pair = new BioPair(client, server, at(443), Segmentation.none())) {
                    open(pair);
                    assertEquals(1, client.sessionStats().number());
                    breakRecord(pair, sent);
                    assertThrows(TlsException.class, () -> pair.client().read(1));
                    assertEquals(0, client.sessionStats().number(), version + ", alert sent: " + sent);
                }
            }
            assertFalse(resumed(client, server, at(443)));
            try (BioPair pair = new BioPair(client, server, at(443), Segmentation.none())) {
                open(pair);
                pair.toClient().writeEof();
                assertThrows(TlsEofException.class, () -> pair.client().read(1));
            }
            assertTrue(resumed(client, server, at(443)), "the end of the transport says nothing about the session");
            try (BioPair pair = new BioPair(client, server, at(443), Segmentation.none())) {
                BioPair.step(pair.client());
                pair.fromClient().read(1_000_000);
                pair.toClient().write(new byte[] {21, 3, 3, 0, 2, 2, 40}); // handshake_failure
                assertTrue(BioPair.step(pair.client()).isPresent());
            }
            assertEquals(0, client.sessionStats().number(), "it was offered in a handshake that failed");
            assertFalse(resumed(client, server, at(443)));
        }
    }

    /** Has the client find a wrong record, or the server, whose alert then reaches the client. */
    private static void breakRecord(BioPair pair, boolean atClient) throws IOException {
        (atClient ? pair.server() : pair.client()).write(ByteBuffer.wrap(new byte[] {1}));
        byte[] record = (atClient ? pair.fromServer() : pair.fromClient()).read(1_000_000);
        record[record.length - 1] ^= 1;
        (atClient ? pair.toClient() : pair.toServer()).write(record);
        if (!atClient) {
            assertThrows(TlsException.class, () -> pair.server().read(1));
            pair.carryAll();
        }
    }

    @Test
    default void rule9_29_whatCannotBeResumedIsNotKept() throws Exception {
        IllegalArgumentException contradiction = assertThrows(
                IllegalArgumentException.class,
                () -> fixture().clientBuilder().requireFips().resumeSessions(1).build());
        assertTrue(String.valueOf(contradiction.getMessage()).contains("resumeSessions"), contradiction::toString);
        for (TlsVersion version : fixture().versions()) {
            if (!fixture().resumableVersions().contains(version)) {
                assertThrows(
                        UnsupportedFeatureException.class,
                        () -> client(version).resumeSessions(1).build());
                client(version).resumeSessions(1).resumeSessions(0).build();
            }
        }
        if (fixture().resumableVersions().isEmpty()) {
            return;
        }
        ClientContext both = fixture().clientBuilder().resumeSessions(1).build();
        ServerContext server = fixture().serverBuilder().build();
        assertFalse(resumed(both, server, at(443)));
        assertEquals(fixture().resumableVersions().contains(both.maximumVersion()), resumed(both, server, at(443)));
    }
}
