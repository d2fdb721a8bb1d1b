package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback;
import io.omnitls.SessionStats;
import io.omnitls.TlsSession;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 9: sessions. */
public interface SessionContract extends Contract {
    private static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    private boolean resumes(TlsVersion version) {
        return fixture().expected().has(Feature.sessionResumption(version));
    }

    private ClientContext.Builder client(TlsVersion version) {
        return fixture().clientBuilder().minimumVersion(version).maximumVersion(version);
    }

    /** The session of a first connection, on which data went both ways: a TLS 1.3 server sends its tickets with that. */
    private static Optional<TlsSession> begin(ClientContext client, ServerContext server) throws Exception {
        try (BioPair first = new BioPair(client, server, options(), Segmentation.none())) {
            BioPair.Outcome outcome = first.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            exchange(first);
            assertFalse(first.client().info().sessionReused());
            assertEquals(Optional.empty(), first.server().session());
            return first.client().session();
        }
    }

    private static void exchange(BioPair pair) throws Exception {
        byte[] data = {1, 2, 3};
        assertArrayEquals(data, pair.send(pair.client(), pair.server(), data));
        assertArrayEquals(data, pair.send(pair.server(), pair.client(), data));
    }

    @Test
    default void rule9_1_aSessionThatIsGivenToALaterConnectionIsResumed() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = client(version).alpnProtocols("x").build();
            ServerContext server = fixture().serverBuilder().alpnProtocols("x").build();
            Optional<TlsSession> session = begin(client, server);
            assertEquals(resumes(version), session.isPresent(), version.toString());
            if (session.isEmpty()) {
                continue;
            }
            assertEquals(version, session.get().version());
            assertTrue(Duration.between(session.get().time(), Instant.now()).compareTo(Duration.ofMinutes(5)) < 0);
            try (BioPair second =
                    new BioPair(client, server, options().resuming(session.get()), Segmentation.of(100, 7))) {
                BioPair.Outcome outcome = second.handshake();
                assertTrue(outcome.completed(), outcome::toString);
                exchange(second);
                assertTrue(second.client().info().sessionReused(), version + ": the client resumed it");
                assertTrue(second.server().info().sessionReused(), version + ": the server resumed it");
                assertEquals(version, second.client().info().version());
                assertEquals(Optional.of("x"), second.client().selectedAlpnProtocol());
                assertTrue(
                        second.client().verifyResult().filter(VerifyResult::ok).isPresent());
                assertEquals(2, second.client().verifiedChain().size());
            }
        }
    }

    @Test
    default void rule9_2_aSessionIsForItsContextAndItsServerAlone() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = client(version).build();
            Optional<TlsSession> session =
                    begin(client, fixture().serverBuilder().build());
            if (session.isEmpty()) {
                continue;
            }
            ConnectionOptions resuming = options().resuming(session.get());
            ClientContext other = client.toBuilder().build();
            assertThrows(
                    IllegalArgumentException.class, () -> other.wrapBio(new MemoryBio(), new MemoryBio(), resuming));
            ConnectionOptions elsewhere =
                    ConnectionOptions.serverName("other.example").resuming(session.get());
            assertThrows(
                    IllegalArgumentException.class, () -> client.wrapBio(new MemoryBio(), new MemoryBio(), elsewhere));
            // A server that does not know the session makes a full handshake.
            try (BioPair pair = new BioPair(client, fixture().serverBuilder().build(), resuming, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertTrue(outcome.completed(), outcome::toString);
                assertFalse(pair.client().info().sessionReused());
                assertFalse(pair.server().info().sessionReused());
            }
        }
    }

    @Test
    default void rule9_20_whatIsHeldStaysResumableHoweverManySessionsThereAre() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = client(version).build();
            ServerContext server = fixture().serverBuilder().build();
            Optional<TlsSession> held = begin(client, server);
            if (held.isEmpty()) {
                continue;
            }
            for (int i = 0; i < MANY_SESSIONS; i++) {
                begin(client, server);
            }
            System.gc(); // what is not held may go
            begin(client, server);
            assertTrue(resumed(client, server, held.get()), version + ": it was pushed out by the others");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (client.sessionStats().number() > MANY_SESSIONS / 2 && System.nanoTime() < deadline) {
                System.gc();
                begin(client, server);
            }
            assertTrue(
                    client.sessionStats().number() <= MANY_SESSIONS / 2,
                    () -> version + ": what nobody holds is kept: "
                            + client.sessionStats().number());
        }
    }

    /** More than any backend keeps by itself. */
    int MANY_SESSIONS = 300;

    @Test
    default void rule9_3_whatTheServerProvedIsJudgedAgain() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            SettableClock clock = new SettableClock();
            ClientContext client = client(version).clock(clock).build();
            ServerContext server = fixture().serverBuilder().build();
            Optional<TlsSession> session = begin(client, server);
            if (session.isEmpty()) {
                continue;
            }
            clock.advance(Duration.ofDays(30));
            try (BioPair pair = new BioPair(client, server, options().resuming(session.get()), Segmentation.none())) {
                TlsCertificateVerificationException refusal = assertInstanceOf(
                        TlsCertificateVerificationException.class,
                        pair.handshake()
                                .client()
                                .orElseThrow(() -> new AssertionError("an expired server was resumed")));
                assertEquals(VerifyCode.CERT_HAS_EXPIRED, refusal.verifyCode());
                assertTrue(pair.isOver(pair.server()), version + ": the server waits for a client that has gone");
            }
        }
    }

    @Test
    default void rule9_4_aServerKnowsTheClientOfAResumedSession() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = client(version)
                    .certificateChain(fixture().authority().client(KeyKind.EC).credentials())
                    .build();
            ServerContext server = fixture()
                    .serverBuilder()
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.REQUIRED)
                    .build();
            Optional<TlsSession> session = begin(client, server);
            if (session.isEmpty()) {
                continue;
            }
            try (BioPair pair = new BioPair(client, server, options().resuming(session.get()), Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertTrue(outcome.completed(), outcome::toString);
                assertTrue(pair.server().info().sessionReused(), version.toString());
                assertFalse(
                        pair.server().peerCertificate().orElseThrow().isEmpty(), "the client is known and verified");
            }
        }
    }

    @Test
    default void rule9_5_aServerSendsAsManyTicketsAsItWasTold() throws Exception {
        assertThrows(
                UnsupportedFeatureException.class,
                () -> fixture().serverBuilder().sessionTickets(77).build());
        assertThrows(
                IllegalArgumentException.class, () -> fixture().serverBuilder().sessionTickets(-1));
        assertEquals(
                fixture().expected().sessionTickets().get(0),
                fixture().serverBuilder().build().sessionTickets());
        for (int number : fixture().expected().sessionTickets()) {
            ServerContext context =
                    fixture().serverBuilder().sessionTickets(number).build();
            String output = talkWithOpenSsl(context, "-tls1_3");
            assertEquals(
                    number,
                    output.split("Post-Handshake New Session Ticket arrived", -1).length - 1,
                    () -> number + " tickets: " + output);
        }
    }

    /** What {@code s_client} prints of a connection on which data went both ways. */
    private static String talkWithOpenSsl(ServerContext context, String... arguments) throws Exception {
        try (Loopback server = new Loopback(context, socket -> {
                    assertEquals('x', socket.getInputStream().read());
                    socket.getOutputStream().write('y');
                });
                OpenSslPeer client = OpenSslPeer.client(server.port(), arguments)) {
            client.type("x\n");
            server.await();
            return client.awaitOutput();
        }
    }

    @Test
    default void rule9_22_aSessionIsResumedUnderItsOwnNameAlone(@TempDir Path directory) throws Exception {
        for (String kind : List.of("-ticket", "-no_ticket")) {
            ServerContext context =
                    fixture().serverBuilder().maximumVersion(TlsVersion.TLS_1_2).build();
            Path session = directory.resolve("one" + kind);
            Path otherSession = directory.resolve("other" + kind);
            assertFalse(reuses(context, kind, "one.test", Optional.empty(), session));
            boolean resumes = reuses(context, kind, "one.test", Optional.of(session), session);
            assertTrue(resumes || !resumes(TlsVersion.TLS_1_2), kind);
            assertFalse(reuses(context, kind, "other.test", Optional.of(session), otherSession), kind);
            assertEquals(resumes, reuses(context, kind, "other.test", Optional.of(otherSession), otherSession), kind);
            assertFalse(reuses(context, kind, "one.test", Optional.of(otherSession), directory.resolve("third")), kind);
            assertFalse(reuses(context, kind, "", Optional.of(session), directory.resolve("fourth")), kind);
            assertEquals(resumes, reuses(context, kind, "ONE.test", Optional.of(session), session), kind);
        }
    }

    /** Whether {@code s_client} could resume; it leaves the session that it has then in {@code result}. */
    private static boolean reuses(ServerContext context, String kind, String name, Optional<Path> session, Path result)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-tls1_2", "-sess_out", result.toString()));
        if (kind.equals("-no_ticket")) {
            arguments.add(kind);
        }
        session.ifPresent(file -> arguments.addAll(List.of("-sess_in", file.toString())));
        arguments.addAll(name.isEmpty() ? List.of("-noservername") : List.of("-servername", name));
        String output = talkWithOpenSsl(context, arguments.toArray(String[]::new));
        boolean reused = output.contains("Reused, ");
        assertTrue(reused || output.contains("New, "), output);
        return reused;
    }

    @Test
    default void rule9_6_withoutTicketsAServerKeepsItsSessions() throws Exception {
        boolean tickets = fixture().expected().has(Feature.SESSION_TICKETS_TLS12);
        if (tickets && !fixture().expected().has(Feature.SESSION_TICKET_CHOICE)) {
            assertThrows(
                    UnsupportedFeatureException.class,
                    () -> client(TlsVersion.TLS_1_2)
                            .options(TlsOption.NO_TICKET)
                            .build());
            return;
        }
        AtomicBoolean offered = new AtomicBoolean();
        for (boolean without : new boolean[] {false, true}) {
            ClientContext.Builder client = client(TlsVersion.TLS_1_2);
            ServerContext.Builder server = fixture()
                    .serverBuilder()
                    .maximumVersion(TlsVersion.TLS_1_2)
                    .serverNameCallback(hello -> {
                        offered.set(hello.extension(SESSION_TICKET).isPresent());
                        return new ServerNameCallback.Decision.Proceed();
                    });
            if (without) {
                client.options(TlsOption.NO_TICKET);
                server.options(TlsOption.NO_TICKET);
            }
            ServerContext context = server.build();
            assertEquals(without || !tickets, context.options().contains(TlsOption.NO_TICKET));
            Optional<TlsSession> session = begin(client.build(), context);
            assertEquals(tickets && !without, offered.get(), "the client offers to take a ticket");
            if (session.isPresent()) {
                assertEquals(
                        tickets && !without, session.get().ticketLifetimeHint().isPresent());
            }
        }
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = client(version).options(TlsOption.NO_TICKET).build();
            ServerContext.Builder builder = fixture()
                    .serverBuilder()
                    .minimumVersion(version)
                    .maximumVersion(version)
                    .options(TlsOption.NO_TICKET);
            if (version == TlsVersion.TLS_1_3
                    && resumes(version)
                    && !fixture().expected().has(Feature.STATEFUL_TICKETS_TLS13)) {
                assertThrows(UnsupportedFeatureException.class, builder::build);
                builder.sessionTickets(0).build();
                continue;
            }
            ServerContext server = builder.build();
            Optional<TlsSession> session = begin(client, server);
            if (session.isPresent()) {
                assertTrue(resumed(client, server, session.get()), version + ": resumed without a ticket of its own");
                assertTrue(server.sessionStats().number() > 0, version + ": the server keeps it");
            }
        }
    }

    private static boolean resumed(ClientContext client, ServerContext server, TlsSession session) throws Exception {
        try (BioPair pair = new BioPair(client, server, options().resuming(session), Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            exchange(pair);
            assertEquals(
                    pair.client().info().sessionReused(), pair.server().info().sessionReused());
            return pair.client().info().sessionReused();
        }
    }

    @Test
    default void rule9_7_aSessionThatIsTooOldIsNotResumed() throws Exception {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofDays(8), Duration.ofMillis(1500))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> fixture().serverBuilder().sessionTimeout(wrong));
        }
        for (TlsVersion version : fixture().versions()) {
            ServerContext.Builder builder = fixture()
                    .serverBuilder()
                    .minimumVersion(version)
                    .maximumVersion(version)
                    .sessionTimeout(Duration.ofSeconds(1));
            boolean settable = fixture()
                    .expected()
                    .has(version == TlsVersion.TLS_1_3 ? Feature.SESSION_TIMEOUT_TLS13 : Feature.SESSION_TIMEOUT_TLS12);
            boolean sessions = version != TlsVersion.TLS_1_3
                    || fixture().expected().sessionTickets().get(0) > 0;
            if (!settable && sessions) {
                assertThrows(UnsupportedFeatureException.class, builder::build);
            }
            if (!settable || !resumes(version)) {
                continue;
            }
            ClientContext client = client(version).build();
            ServerContext server = builder.build();
            TlsSession session = begin(client, server).orElseThrow();
            // Backends count in whole seconds. To resume the session in the meantime would bring a new ticket, and a
            // client keeps so many sessions: so others pass the time.
            ClientContext others = client(version).build();
            long tooOld = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500);
            while (System.nanoTime() < tooOld) {
                begin(others, server);
            }
            assertFalse(resumed(client, server, session), version + ": a session of one second is resumed after two");
        }
    }

    @Test
    default void rule9_8_aServerKeepsNoMoreSessionsThanItWasTold() throws Exception {
        ServerContext.Builder builder =
                fixture().serverBuilder().maximumVersion(TlsVersion.TLS_1_2).sessionCacheSize(1);
        if (!fixture().expected().has(Feature.SESSION_CACHE_SIZE)) {
            assertThrows(UnsupportedFeatureException.class, builder::build);
            return;
        }
        ServerContext server = builder.options(TlsOption.NO_TICKET).build();
        assertEquals(OptionalInt.of(1), server.sessionCacheSize());
        ClientContext client = client(TlsVersion.TLS_1_2).build();
        TlsSession first = begin(client, server).orElseThrow();
        assertTrue(resumed(client, server, first));
        TlsSession second = begin(client, server).orElseThrow();
        assertFalse(resumed(client, server, first), "there was room for one");
        assertEquals(1, server.sessionStats().number());
        assertNotNull(second);
    }

    @Test
    default void rule9_9_aContextCountsItsHandshakesAndWhatBecameOfSessions() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = client(version).build();
            ServerContext server = fixture().serverBuilder().build();
            assertEquals(0, server.sessionStats().accept());
            Optional<TlsSession> session = begin(client, server);
            int hits = 0;
            if (session.isPresent() && resumed(client, server, session.get())) {
                hits = 1;
            }
            ServerContext stranger = fixture().serverBuilder().build();
            int misses = 0;
            if (session.isPresent()) {
                begin(client, server);
                TlsSession again = begin(client, server).orElseThrow();
                assertFalse(resumed(client, stranger, again));
                misses = 1;
            }
            try (BioPair failing = new BioPair(
                    fixture()
                            .clientBuilder()
                            .verifyLocations(TestAuthority.create("Stranger").trust())
                            .build(),
                    server,
                    options(),
                    Segmentation.none())) {
                assertFalse(failing.handshake().completed());
            }
            SessionStats ours = client.sessionStats();
            SessionStats theirs = server.sessionStats();
            assertEquals(session.isPresent() ? 5 : 1, ours.connect(), version.toString());
            assertEquals(ours.connect(), ours.connectGood());
            assertEquals(0, ours.accept());
            assertEquals(hits, ours.hits());
            assertEquals(ours.connect() - misses + 1, theirs.accept());
            assertEquals(ours.connectGood() - misses, theirs.acceptGood());
            assertEquals(hits, theirs.hits());
            assertEquals(0, theirs.misses());
            assertEquals(misses, stranger.sessionStats().misses());
            assertEquals(0, theirs.acceptRenegotiate());
        }
    }

    @Test
    default void rule9_21_sessionsThatWereTooOldOrHadToMakeRoomAreCounted() throws Exception {
        ServerContext.Builder builder = fixture()
                .serverBuilder()
                .minimumVersion(TlsVersion.TLS_1_2)
                .maximumVersion(TlsVersion.TLS_1_2)
                .options(TlsOption.NO_TICKET);
        if (!resumes(TlsVersion.TLS_1_2)
                || fixture().expected().has(Feature.SESSION_TICKETS_TLS12)
                        && !fixture().expected().has(Feature.SESSION_TICKET_CHOICE)) {
            return; // rule 9.6 speaks of these
        }
        ClientContext client =
                client(TlsVersion.TLS_1_2).options(TlsOption.NO_TICKET).build();
        if (fixture().expected().has(Feature.SESSION_CACHE_SIZE)) {
            ServerContext small = builder.sessionCacheSize(2).build();
            for (int i = 0; i < 5; i++) {
                begin(client, small);
            }
            assertEquals(3, small.sessionStats().cacheFull());
            assertEquals(0, small.sessionStats().timeouts());
        }
        if (fixture().expected().has(Feature.SESSION_TIMEOUT_TLS12)) {
            ServerContext hasty = fixture()
                    .serverBuilder()
                    .maximumVersion(TlsVersion.TLS_1_2)
                    .options(TlsOption.NO_TICKET)
                    .sessionTimeout(Duration.ofSeconds(1))
                    .build();
            TlsSession session = begin(client, hasty).orElseThrow();
            long tooOld = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500);
            while (System.nanoTime() < tooOld) {
                begin(client, hasty); // backends count in whole seconds
            }
            assertFalse(resumed(client, hasty, session));
            assertEquals(1, hasty.sessionStats().timeouts());
            assertEquals(0, hasty.sessionStats().misses());
            assertEquals(0, hasty.sessionStats().cacheFull());
        }
    }

    int SESSION_TICKET = 35;
}
