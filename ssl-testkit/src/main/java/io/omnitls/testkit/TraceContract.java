package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionInfo;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ReloadOptions;
import io.omnitls.ReloadableServerContext;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback.Decision;
import io.omnitls.TlsBioConnection;
import io.omnitls.TlsEvent;
import io.omnitls.TlsEvent.ConnectionEnded;
import io.omnitls.TlsEvent.HandshakeBegun;
import io.omnitls.TlsEvent.HandshakeCompleted;
import io.omnitls.TlsEvent.HandshakeFailed;
import io.omnitls.TlsEvent.OfConnection;
import io.omnitls.TlsEvent.ReloadFailed;
import io.omnitls.TlsEvent.Reloaded;
import io.omnitls.TlsSession;
import io.omnitls.TlsSocket;
import io.omnitls.TlsTrace;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.ChannelPair;
import io.omnitls.testkit.net.EnginePair;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 17: what traces hear. */
public interface TraceContract extends Contract {
    private static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    /** The ways that a connection can go, each with a handshake, data and an end. */
    enum Way {
        /** Memory BIOs. */
        BIOS {
            @Override
            void go(ClientContext client, ServerContext server) throws Exception {
                try (BioPair pair = new BioPair(client, server, options(), Segmentation.of(100, 7))) {
                    BioPair.Outcome outcome = pair.handshake();
                    assertTrue(outcome.completed(), outcome::toString);
                    assertArrayEquals(new byte[3], pair.send(pair.client(), pair.server(), new byte[3]));
                    assertThrows(TlsWantReadException.class, pair.client()::unwrap);
                    pair.carryAll();
                    pair.server().unwrap();
                    pair.carryAll();
                    pair.client().unwrap();
                }
            }
        },
        /** Channels that never wait. */
        CHANNELS {
            @Override
            void go(ClientContext client, ServerContext server) throws Exception {
                try (ChannelPair pair =
                        new ChannelPair(client, server, TestAuthority.SERVER_NAME, Segmentation.of(7, 100), 1 << 20)) {
                    pair.handshake();
                    assertArrayEquals(new byte[3], pair.send(pair.client(), pair.server(), new byte[3]));
                }
            }
        },
        /** Sockets. */
        SOCKETS {
            @Override
            void go(ClientContext client, ServerContext server) throws Exception {
                try (Loopback loopback = new Loopback(server, socket -> {
                            socket.getOutputStream()
                                    .write(socket.getInputStream().read());
                            socket.unwrap();
                        });
                        TlsSocket socket = loopback.connect(client, options())) {
                    socket.getOutputStream().write(1);
                    assertEquals(1, socket.getInputStream().read());
                    socket.unwrap();
                    loopback.await();
                }
            }
        },
        /** Engines for {@code javax.net.ssl}. */
        ENGINES {
            @Override
            void go(ClientContext client, ServerContext server) throws Exception {
                SSLEngine asking = client.sslEngine(TestAuthority.SERVER_NAME, 443);
                EnginePair pair = new EnginePair(asking, server.sslEngine(), Segmentation.of(1000));
                assertTrue(pair.handshake());
                asking.closeOutbound();
                pair.settle();
                pair.server().engine().closeOutbound();
                pair.settle();
            }
        };

        abstract void go(ClientContext client, ServerContext server) throws Exception;
    }

    @Test
    default void rule17_1_theLifeOfEachConnectionIsTold() throws Exception {
        for (Way way : Way.values()) {
            for (TlsVersion version : fixture().versions()) {
                HeardEvents client = new HeardEvents();
                HeardEvents server = new HeardEvents();
                way.go(
                        fixture()
                                .clientBuilder()
                                .maximumVersion(version)
                                .trace(client)
                                .build(),
                        fixture().serverBuilder().trace(server).build());
                String where = way + " " + version;
                requireLife(where, client, Role.CLIENT, version);
                requireLife(where, server, Role.SERVER, version);
                HandshakeCompleted agreed = client.get(1, HandshakeCompleted.class);
                HandshakeCompleted accepted = server.get(1, HandshakeCompleted.class);
                assertNotEquals(agreed.connection().id(), accepted.connection().id());
                assertEquals(agreed.info().cipher(), accepted.info().cipher());
                assertEquals(
                        List.of(
                                fixture().server(KeyKind.EC).certificate(),
                                fixture().authority().certificate()),
                        agreed.verifiedChain());
                assertEquals(List.of(), accepted.verifiedChain());
                assertEquals(
                        way == Way.SOCKETS, agreed.connection().remoteAddress().isPresent());
                assertEquals(
                        agreed.connection().remoteAddress(),
                        accepted.connection().localAddress());
                assertEquals(
                        agreed.connection().localAddress(),
                        accepted.connection().remoteAddress());
            }
        }
    }

    private static void requireLife(String where, HeardEvents heard, Role role, TlsVersion version) {
        List<OfConnection> life =
                heard.require(where, List.of(HandshakeBegun.class, HandshakeCompleted.class, ConnectionEnded.class));
        life.forEach(event -> assertEquals(role, event.connection().role()));
        HandshakeCompleted completed = heard.get(1, HandshakeCompleted.class);
        assertEquals(
                Optional.of(TestAuthority.SERVER_NAME), completed.connection().serverName());
        ConnectionInfo info = completed.info();
        assertEquals(version, info.version());
        assertFalse(info.sessionReused());
        assertTrue(completed.duration().toNanos() > 0);
        ConnectionEnded ended = heard.get(2, ConnectionEnded.class);
        assertEquals(Optional.empty(), ended.failure(), where);
        assertTrue(ended.closeNotifySent(), where);
        assertTrue(ended.duration().toNanos() > 0);
    }

    @Test
    default void rule17_2_aFailureIsToldWithItsReasonAndVerdict() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            HeardEvents client = new HeardEvents();
            HeardEvents server = new HeardEvents();
            ClientContext stranger = fixture()
                    .clientBuilder()
                    .maximumVersion(version)
                    .verifyLocations(TestAuthority.create("Another Root").trust())
                    .trace(client)
                    .build();
            requireBothFail(stranger, fixture().serverBuilder().trace(server).build(), client, server);
            HandshakeFailed refused = client.get(1, HandshakeFailed.class);
            assertEquals(
                    ErrorReason.CERTIFICATE_VERIFY_FAILED, refused.failure().reason());
            assertEquals(Optional.of(VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY), refused.verifyCode());
            assertEquals(Optional.empty(), server.get(1, HandshakeFailed.class).verifyCode());
        }
        HeardEvents client = new HeardEvents();
        HeardEvents server = new HeardEvents();
        requireBothFail(
                fixture().clientBuilder().trace(client).build(),
                fixture()
                        .serverBuilder()
                        .serverNameCallback(hello -> new Decision.Refuse(AlertDescription.UNRECOGNIZED_NAME))
                        .trace(server)
                        .build(),
                client,
                server);
        assertEquals(
                Optional.of(TestAuthority.SERVER_NAME),
                server.get(1, HandshakeFailed.class).connection().serverName());
    }

    private static void requireBothFail(
            ClientContext client, ServerContext server, HeardEvents atClient, HeardEvents atServer) throws Exception {
        BioPair.Outcome outcome;
        try (BioPair pair = new BioPair(client, server, options(), Segmentation.none())) {
            outcome = pair.handshake();
        }
        atClient.require("client", List.of(HandshakeBegun.class, HandshakeFailed.class));
        atServer.require("server", List.of(HandshakeBegun.class, HandshakeFailed.class));
        assertEquals(
                outcome.client().orElseThrow().reason(),
                atClient.get(1, HandshakeFailed.class).failure().reason());
        assertEquals(
                outcome.server().orElseThrow().reason(),
                atServer.get(1, HandshakeFailed.class).failure().reason());
        assertEquals(
                outcome.server().orElseThrow().alert(),
                atServer.get(1, HandshakeFailed.class).failure().alert());
    }

    @Test
    default void rule17_3_theEndIsToldOnceWhateverItIs() throws Exception {
        HeardEvents cut = new HeardEvents();
        try (BioPair pair = new BioPair(
                fixture().clientBuilder().trace(cut).build(),
                fixture().serverBuilder().build(),
                options(),
                Segmentation.none())) {
            assertTrue(pair.handshake().completed());
            pair.toClient().writeEof();
            assertThrows(TlsEofException.class, () -> pair.client().read(1));
            assertThrows(TlsEofException.class, () -> pair.client().read(1));
        }
        cut.require("cut", List.of(HandshakeBegun.class, HandshakeCompleted.class, ConnectionEnded.class));
        ConnectionEnded ended = cut.get(2, ConnectionEnded.class);
        assertEquals(
                Optional.of(ErrorReason.UNEXPECTED_EOF_WHILE_READING),
                ended.failure().map(failure -> failure.reason()));
        assertFalse(ended.closeNotifyReceived());

        HeardEvents givenUp = new HeardEvents();
        ClientContext context = fixture().clientBuilder().trace(givenUp).build();
        context.wrapBio(new MemoryBio(), new MemoryBio(), options()).close();
        assertEquals(List.of(), givenUp.all(), "nobody asked for a handshake");
        try (TlsBioConnection waiting = context.wrapBio(new MemoryBio(), new MemoryBio(), options())) {
            assertThrows(TlsWantReadException.class, waiting::handshake);
            assertThrows(TlsWantReadException.class, waiting::handshake);
        }
        givenUp.require("given up", List.of(HandshakeBegun.class, HandshakeFailed.class));
        assertEquals(
                ErrorReason.PROTOCOL_IS_SHUTDOWN,
                givenUp.get(1, HandshakeFailed.class).failure().reason());
    }

    @Test
    default void rule17_4_aTraceThatThrowsHarmsNobody() throws Exception {
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        Queue<Throwable> handed = new ConcurrentLinkedQueue<>();
        thread.setUncaughtExceptionHandler((where, fault) -> handed.add(fault));
        HeardEvents others = new HeardEvents();
        TlsTrace faulty = event -> {
            throw new StackOverflowError("a trace's error");
        };
        try {
            Way.BIOS.go(
                    fixture()
                            .clientBuilder()
                            .trace(TlsTrace.all(faulty, others))
                            .build(),
                    fixture().serverBuilder().trace(faulty).build());
            ClientContext stranger = fixture()
                    .clientBuilder()
                    .verifyLocations(TestAuthority.create("Another Root").trust())
                    .trace(faulty)
                    .build();
            try (BioPair pair =
                    new BioPair(stranger, fixture().serverBuilder().build(), options(), Segmentation.none())) {
                assertEquals(
                        ErrorReason.CERTIFICATE_VERIFY_FAILED,
                        pair.handshake().client().orElseThrow().reason());
            }
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
        assertEquals(3 + 3 + 2, handed.size());
        handed.forEach(fault -> assertInstanceOf(StackOverflowError.class, fault));
        others.require(
                "the one beside it", List.of(HandshakeBegun.class, HandshakeCompleted.class, ConnectionEnded.class));
    }

    @Test
    default void rule17_5_resumptionIsTold() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            HeardEvents client = new HeardEvents();
            HeardEvents server = new HeardEvents();
            ClientContext asking = fixture()
                    .clientBuilder()
                    .maximumVersion(version)
                    .trace(client)
                    .build();
            ServerContext answering = fixture().serverBuilder().trace(server).build();
            Optional<TlsSession> session = session(asking, answering, options());
            if (session.isPresent()) {
                session(asking, answering, options().resuming(session.get()));
                assertTrue(client.get(4, HandshakeCompleted.class).info().sessionReused());
                assertTrue(server.get(4, HandshakeCompleted.class).info().sessionReused());
                assertEquals(
                        2,
                        client.get(4, HandshakeCompleted.class).verifiedChain().size(),
                        "it was judged again");
            }
        }
    }

    private static Optional<TlsSession> session(ClientContext client, ServerContext server, ConnectionOptions options)
            throws Exception {
        try (BioPair pair = new BioPair(client, server, options, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            assertArrayEquals(new byte[1], pair.send(pair.client(), pair.server(), new byte[1]));
            assertArrayEquals(new byte[1], pair.send(pair.server(), pair.client(), new byte[1]));
            return pair.client().session();
        }
    }

    @Test
    default void rule17_6_whatBecomesOfFilesIsTold(@TempDir Path directory) throws Exception {
        HeardEvents heard = new HeardEvents();
        Path file = fixture().server(KeyKind.EC).write(directory, "server");
        try (ReloadableServerContext contexts = ReloadableServerContext.of(
                ServerContext.builder()
                        .provider(fixture().provider())
                        .certificateChain(Files.copy(file, directory.resolve("copy.pem")), file)
                        .trace(heard),
                ReloadOptions.defaults())) {
            assertEquals(List.of(), heard.all());
            contexts.reload();
            Files.writeString(directory.resolve("copy.pem"), "nothing");
            contexts.reload();
            List<TlsEvent> events = heard.all();
            assertEquals(
                    1, assertInstanceOf(Reloaded.class, events.get(0)).status().reloads());
            ReloadFailed failed = assertInstanceOf(ReloadFailed.class, events.get(1));
            assertEquals(contexts.status(), failed.status());
            assertEquals(1, failed.status().failures());
        }
    }
}
