package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ConnectionOptions;
import io.omnitls.TlsBioConnection;
import io.omnitls.TlsChannel;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsSyscallException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.KeyUpdatingPeer;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.SocketChannelPair;
import io.omnitls.testkit.net.SocketPair;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** SPEC.md parts 3 and 4: nobody waits longer than he wants to, and every end is an end. */
public interface LivenessContract extends Contract {
    private static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    /** Short enough for a test and long enough for a busy machine. */
    private static int limitMillis() {
        return 500;
    }

    private TlsSocket client(SocketPair sockets, TlsVersion version) throws IOException {
        return fixture().clientBuilder().maximumVersion(version).build().wrap(sockets.client(), options());
    }

    private TlsSocket server(SocketPair sockets) throws IOException {
        return fixture().serverBuilder().build().wrap(sockets.server());
    }

    private static void handshake(TlsSocket client, TlsSocket server) throws Exception {
        BackgroundTask.of(() -> {
                    server.handshake();
                    server.write(ByteBuffer.allocate(1)); // with it come the tickets, and a reader is past them
                    return true;
                })
                .runBeside(() -> assertEquals(1, client.read(ByteBuffer.allocate(1))));
    }

    @Test
    default void rule3_10_whatCanBeReadIsAnsweredAtOnce() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (SocketPair sockets = SocketPair.open();
                    TlsSocket client = client(sockets, version);
                    TlsSocket server = server(sockets)) {
                BackgroundTask<Integer> reader = BackgroundTask.of(() -> client.read(ByteBuffer.allocate(1)));
                sockets.awaitBytesAtServer(); // so the client waits in the middle of its handshake
                assertEquals(0, client.pending());
                assertEquals(0, client.getInputStream().available());
                server.handshake();
                server.write(ByteBuffer.allocate(3));
                assertEquals(1, reader.get());
                assertEquals(2, client.pending());
                BackgroundTask<Integer> more =
                        BackgroundTask.of(() -> client.getInputStream().readNBytes(3).length);
                while (client.getInputStream().available() > 0) {
                    Thread.onSpinWait(); // the reader takes what is there, and then waits
                }
                assertEquals(0, client.pending());
                server.write(ByteBuffer.allocate(1));
                assertEquals(3, more.get());
            }
            try (SocketChannelPair sockets = SocketChannelPair.open();
                    TlsChannel channel = fixture()
                            .clientBuilder()
                            .maximumVersion(version)
                            .build()
                            .wrap(sockets.client(), options())) {
                BackgroundTask<Integer> reader = BackgroundTask.of(() -> channel.read(ByteBuffer.allocate(1)));
                sockets.server().read(ByteBuffer.allocate(1)); // of the ClientHello
                assertFalse(channel.hasPending());
                assertEquals(0, channel.pending());
                close(channel);
                assertThrows(AsynchronousCloseException.class, reader::get);
            }
        }
    }

    /** Whatever the backend does about it later: the end that sees it says so, and waits for no more of the peer. */
    @Test
    default void rule3_14_aKeyThatIsNoPointIsAnsweredAtOnce() throws Exception {
        if (!fixture().expected().has(Feature.GROUP_CHOICE)) {
            return; // its key shares are X25519's, where every string of bytes is a key
        }
        for (TlsVersion version : fixture().versions()) {
            for (Role misled : Role.values()) {
                if (version == TlsVersion.TLS_1_2 && misled == Role.CLIENT) {
                    continue; // there the server's key is signed
                }
                try (BioPair pair = new BioPair(
                        fixture()
                                .clientBuilder()
                                .maximumVersion(version)
                                .groups(NamedGroup.SECP256R1)
                                .build(),
                        fixture().serverBuilder().groups(NamedGroup.SECP256R1).build(),
                        options(),
                        Segmentation.none())) {
                    TlsException failure = assertThrows(TlsException.class, () -> misledHandshake(pair, misled));
                    assertFalse(failure instanceof TlsWantReadException, "waits for more: " + version + " " + misled);
                    assertTrue(
                            pair.isOver(misled == Role.SERVER ? pair.client() : pair.server()),
                            version + " " + misled + ": the peer heard nothing");
                }
            }
        }
    }

    /** Four flights, of which the point that goes to {@code misled} is moved off its curve. */
    private static void misledHandshake(BioPair pair, Role misled) throws IOException {
        boolean moved = false;
        for (int turn = 0; turn < 2; turn++) {
            assertThrows(TlsWantReadException.class, pair.client()::handshake);
            byte[] toServer = pair.fromClient().read();
            moved |= misled == Role.SERVER && moveOffCurve(toServer);
            pair.toServer().write(toServer);
            handshake(pair.server(), moved);
            byte[] toClient = pair.fromServer().read();
            moved |= misled == Role.CLIENT && moveOffCurve(toClient);
            pair.toClient().write(toClient);
            if (moved) {
                pair.client().handshake();
            }
        }
        throw new AssertionError("no point was seen");
    }

    private static void handshake(TlsBioConnection server, boolean misled) throws IOException {
        try {
            server.handshake();
        } catch (TlsWantReadException wait) {
            if (misled) {
                throw wait;
            }
        }
    }

    /** Changes a point of P-256 in a key_share, where the group stands before it, or in a ClientKeyExchange, a length. */
    private static boolean moveOffCurve(byte[] flight) {
        for (int i = 3; i + 66 <= flight.length; i++) {
            boolean share = flight[i - 3] == 0 && flight[i - 2] == 23 && flight[i - 1] == 0;
            boolean exchange = flight[i - 3] == 0 && flight[i - 2] == 0 && flight[i - 1] == 66;
            if ((share || exchange) && flight[i] == 65 && flight[i + 1] == 4) {
                flight[i + 65] ^= 1;
                return true;
            }
        }
        return false;
    }

    /** KeyUpdates want answers (RFC 8446 section 4.6.3), as many as the peer likes. */
    @Test
    default void rule4_20_whatAReaderHasToSendDoesNotHoldIt() throws Exception {
        try (SocketPair sockets = SocketPair.open(4096);
                TlsSocket server = server(sockets)) {
            CountDownLatch enough = new CountDownLatch(1);
            BackgroundTask<Integer> peer = BackgroundTask.of(() -> {
                SSLSocket jdk = KeyUpdatingPeer.client(sockets.client());
                for (int i = 0; i < 6000; i++) {
                    if (i % 16 == 0) {
                        jdk.getOutputStream().write(1); // BoringSSL counts KeyUpdates without data between them
                    }
                    jdk.startHandshake(); // once it is complete: a KeyUpdate
                }
                assertTrue(enough.await(60, TimeUnit.SECONDS));
                jdk.getOutputStream().write(2);
                return jdk.getInputStream().read();
            });
            server.setSoTimeout(2 * limitMillis());
            ByteBuffer all = ByteBuffer.allocate(6000);
            assertThrows(SocketTimeoutException.class, () -> {
                while (true) {
                    long start = System.nanoTime();
                    try {
                        server.read(all);
                    } finally {
                        assertSoon(start, 2 * limitMillis());
                    }
                }
            });
            enough.countDown();
            server.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            while (all.get(Math.max(0, all.position() - 1)) != 2) {
                assertTrue(server.read(all) > 0, "the read can be repeated");
            }
            server.write(ByteBuffer.wrap(new byte[] {3}));
            assertEquals(3, peer.get(), "the answers came in their order, and the data behind them");
        }
    }

    /** Slow machines get two seconds more. */
    private static void assertSoon(long start, int limitMillis) {
        long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(taken < limitMillis + 2000, () -> "took " + taken + " ms");
    }

    @Test
    default void rule4_21_aWriteHasALimitOfItsOwnAndEndsTheConnection() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (SocketPair sockets = SocketPair.open(4096);
                    TlsSocket client = client(sockets, version);
                    TlsSocket server = server(sockets)) {
                handshake(client, server);
                assertEquals(Duration.ZERO, client.writeTimeout());
                client.setWriteTimeout(Duration.ofMillis(limitMillis()));
                assertEquals(Duration.ofMillis(limitMillis()), client.writeTimeout());
                BackgroundTask<Integer> reader = BackgroundTask.of(() -> client.read(ByteBuffer.allocate(1)));
                long start = System.nanoTime();
                SocketTimeoutException late = assertThrows(
                        SocketTimeoutException.class,
                        () -> client.getOutputStream().write(new byte[32 << 20]));
                assertSoon(start, limitMillis());
                assertTrue(String.valueOf(late.getMessage()).contains(limitMillis() + " ms"), late.getMessage());
                assertThrows(TlsException.class, reader::get, "the connection is ended");
                assertThrows(IOException.class, () -> client.write(ByteBuffer.allocate(1)));
                assertThrows(IOException.class, () -> client.read(ByteBuffer.allocate(1)));
            }
            try (SocketPair sockets = SocketPair.open();
                    TlsSocket client = client(sockets, version)) {
                client.setWriteTimeout(Duration.ofMillis(limitMillis()));
                assertThrows(SocketTimeoutException.class, () -> client.write(ByteBuffer.allocate(1)), "no handshake");
            }
        }
    }

    @Test
    default void rule4_22_aFirstReadKeepsWithinItsLimit() throws Exception {
        int limit = 4 * limitMillis();
        try (SocketPair sockets = SocketPair.open();
                TlsSocket client = client(sockets, TlsVersion.TLS_1_3);
                TlsSocket server = server(sockets)) {
            client.setSoTimeout(limit);
            BackgroundTask<Boolean> late = BackgroundTask.of(() -> {
                assertFalse(new CountDownLatch(1).await(limit * 3 / 4, TimeUnit.MILLISECONDS));
                server.handshake();
                return true;
            });
            long start = System.nanoTime();
            assertThrows(
                    SocketTimeoutException.class, () -> client.getInputStream().read());
            long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            late.get();
            assertTrue(taken < limit * 3 / 2, () -> "took " + taken + " ms of " + limit);
            client.setSoTimeout(0);
            BackgroundTask<Integer> patient = BackgroundTask.of(() -> client.read(ByteBuffer.allocate(1)));
            patient.awaitWaiting();
            client.setSoTimeout(limitMillis());
            assertThrows(SocketTimeoutException.class, () -> client.read(ByteBuffer.allocate(1)), "another reads");
            server.write(ByteBuffer.allocate(1));
            assertEquals(1, patient.get());
        }
    }

    private BioPair bioPair(TlsVersion version) throws Exception {
        return new BioPair(
                fixture().clientBuilder().maximumVersion(version).build(),
                fixture().serverBuilder().build(),
                options(),
                Segmentation.none());
    }

    @Test
    default void rule4_23_theEndIsTheEndAgainAndAgain() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = bioPair(version)) {
                pair.handshake();
                assertFalse(pair.client().closeNotifySent() || pair.client().closeNotifyReceived());
                assertThrows(TlsWantReadException.class, pair.client()::unwrap);
                assertTrue(pair.client().closeNotifySent());
                assertFalse(pair.client().closeNotifyReceived());
                pair.carryAll();
                assertEquals(0, pair.server().read(10).length);
                assertTrue(pair.server().closeNotifyReceived());
                pair.server().unwrap();
                pair.carryAll();
                pair.client().unwrap();
                for (int i = 0; i < 2; i++) {
                    assertEquals(0, pair.client().read(10).length);
                    assertEquals(0, pair.server().read(10).length);
                    pair.client().unwrap();
                    pair.server().unwrap();
                }
                assertTrue(pair.client().closeNotifySent() && pair.client().closeNotifyReceived());
                assertTrue(pair.server().closeNotifySent() && pair.server().closeNotifyReceived());
                TlsException failure =
                        assertThrows(TlsException.class, () -> pair.client().write(new byte[1]));
                assertEquals(ErrorReason.PROTOCOL_IS_SHUTDOWN, failure.reason());
            }
            try (SocketPair sockets = SocketPair.open();
                    TlsSocket client = client(sockets, version);
                    TlsSocket server = server(sockets)) {
                handshake(client, server);
                BackgroundTask<Socket> served = BackgroundTask.of(server::unwrap);
                Socket plain = client.unwrap();
                assertSame(plain, client.unwrap());
                assertSame(served.get(), server.unwrap());
                assertEquals(-1, client.read(ByteBuffer.allocate(1)));
                assertEquals(-1, server.read(ByteBuffer.allocate(1)));
                assertTrue(client.closeNotifySent() && client.closeNotifyReceived());
            }
            try (SocketChannelPair sockets = SocketChannelPair.open()) {
                TlsChannel client = fixture()
                        .clientBuilder()
                        .maximumVersion(version)
                        .build()
                        .wrap(sockets.client(), options());
                TlsChannel server = fixture().serverBuilder().build().wrap(sockets.server());
                BackgroundTask<ByteChannel> served = BackgroundTask.of(() -> {
                    server.handshake();
                    return server.unwrap();
                });
                client.handshake();
                ByteChannel plain = client.unwrap();
                assertSame(plain, client.unwrap());
                assertSame(served.get(), server.unwrap());
                assertEquals(-1, client.read(ByteBuffer.allocate(1)));
                assertEquals(-1, server.read(ByteBuffer.allocate(1)));
            }
        }
    }

    @Test
    default void rule4_24_thePlainSocketHasItsTimeOut() throws Exception {
        for (int millis : List.of(0, 12_345)) {
            try (SocketPair sockets = SocketPair.open()) {
                sockets.client().setSoTimeout(millis);
                TlsSocket client = client(sockets, TlsVersion.TLS_1_3);
                TlsSocket server = server(sockets);
                assertEquals(millis, client.getSoTimeout());
                client.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                handshake(client, server);
                BackgroundTask<Socket> served = BackgroundTask.of(server::unwrap);
                assertEquals(millis, client.unwrap().getSoTimeout());
                assertEquals(0, served.get().getSoTimeout());
            }
        }
    }

    @Test
    default void rule4_25_shutdownInputWakesTheReader() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (SocketPair sockets = SocketPair.open();
                    TlsSocket client = client(sockets, version);
                    TlsSocket server = server(sockets)) {
                handshake(client, server);
                BackgroundTask<Integer> reader = BackgroundTask.of(client.getInputStream()::read);
                reader.awaitWaiting();
                client.shutdownInput();
                assertEquals(-1, reader.get());
                assertTrue(client.isInputShutdown());
                assertEquals(-1, client.getInputStream().read());
                assertEquals(-1, client.read(ByteBuffer.allocate(1)));
                assertEquals(0, client.getInputStream().available());
                client.getOutputStream().write(7);
                assertEquals(7, server.getInputStream().read(), "writing goes on");
            }
        }
    }

    @Test
    default void rule4_26_aListenerIsCalledOnceAndHurtsNobody() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (SocketPair sockets = SocketPair.open();
                    TlsSocket client = client(sockets, version);
                    TlsSocket server = server(sockets)) {
                AtomicInteger called = new AtomicInteger();
                client.addHandshakeCompletedListener(event -> {
                    throw new IllegalStateException("on purpose, and printed by the thread's handler");
                });
                client.addHandshakeCompletedListener(event -> called.incrementAndGet());
                BackgroundTask<byte[]> served =
                        BackgroundTask.of(() -> server.getInputStream().readNBytes(8));
                List<BackgroundTask<Integer>> writers = Stream.generate(
                                () -> BackgroundTask.of(() -> client.write(ByteBuffer.allocate(1))))
                        .limit(8)
                        .toList();
                for (BackgroundTask<Integer> writer : writers) {
                    assertEquals(1, writer.get());
                }
                assertArrayEquals(new byte[8], served.get());
                client.handshake();
                client.getSession();
                assertEquals(1, called.get());
            }
        }
    }

    @Test
    default void rule4_27_whoIsClosedByAnotherThreadIsToldSo() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (SocketChannelPair sockets = SocketChannelPair.open();
                    TlsChannel client = fixture()
                            .clientBuilder()
                            .maximumVersion(version)
                            .build()
                            .wrap(sockets.client(), options());
                    TlsChannel server = fixture().serverBuilder().build().wrap(sockets.server())) {
                BackgroundTask<Boolean> served = BackgroundTask.of(() -> {
                    server.handshake();
                    return true;
                });
                client.handshake();
                served.get();
                BackgroundTask<Integer> writer = BackgroundTask.of(() -> client.write(ByteBuffer.allocate(32 << 20)));
                BackgroundTask<Integer> reader = BackgroundTask.of(() -> client.read(ByteBuffer.allocate(1)));
                sockets.awaitFull();
                close(client);
                assertThrows(AsynchronousCloseException.class, writer::get);
                assertThrows(AsynchronousCloseException.class, reader::get);
                assertThrows(ClosedChannelException.class, () -> client.write(ByteBuffer.allocate(1)));
            }
            try (SocketPair sockets = SocketPair.open();
                    TlsSocket client = client(sockets, version);
                    TlsSocket server = server(sockets)) {
                handshake(client, server);
                BackgroundTask<Integer> writer = BackgroundTask.of(() -> client.write(ByteBuffer.allocate(32 << 20)));
                BackgroundTask<Integer> reader = BackgroundTask.of(() -> client.read(ByteBuffer.allocate(1)));
                writer.awaitWaiting();
                close(client);
                for (BackgroundTask<Integer> task : List.of(writer, reader)) {
                    IOException failure = assertInstanceOf(IOException.class, assertThrows(Exception.class, task::get));
                    assertFalse(String.valueOf(failure.getMessage()).endsWith("null"), failure.toString());
                }
            }
        }
    }

    @Test
    default void rule4_28_unwrapInTheHandshakeHasItsReason() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = bioPair(version)) {
                assertInInit(assertThrows(TlsException.class, pair.client()::unwrap));
                assertInInit(assertThrows(TlsException.class, pair.server()::unwrap));
                assertThrows(TlsWantReadException.class, pair.client()::handshake);
                pair.carryAll();
                assertThrows(TlsWantReadException.class, pair.server()::handshake);
                assertInInit(assertThrows(TlsException.class, pair.client()::unwrap));
                assertInInit(assertThrows(TlsException.class, pair.server()::unwrap));
                assertTrue(pair.handshake().completed(), "the connection is none the worse for it");
            }
            try (SocketPair sockets = SocketPair.open();
                    TlsSocket client = client(sockets, version)) {
                BackgroundTask<Integer> reader = BackgroundTask.of(() -> client.read(ByteBuffer.allocate(1)));
                sockets.awaitBytesAtServer();
                assertInInit(assertThrows(TlsException.class, client::unwrap));
                close(client);
                assertThrows(Exception.class, reader::get);
            }
        }
    }

    @Test
    default void rule4_30_aConnectionThatIsLostIsASocketException() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (SocketPair sockets = SocketPair.open();
                    TlsSocket client = client(sockets, version);
                    TlsSocket server = server(sockets)) {
                handshake(client, server);
                BackgroundTask<Integer> reader = BackgroundTask.of(() -> client.read(ByteBuffer.allocate(1)));
                reader.awaitWaiting();
                sockets.server().setSoLinger(true, 0); // closing is a reset
                sockets.server().close();
                assertLost(assertThrows(SocketException.class, reader::get));
                assertLost(assertThrows(SocketException.class, () -> client.write(ByteBuffer.allocate(1))));
                assertLost(assertThrows(SocketException.class, () -> client.read(ByteBuffer.allocate(1))));
                assertLost(assertThrows(SocketException.class, client::unwrap));
                assertLost(assertThrows(SocketException.class, client::handshake));
            }
            try (SocketPair sockets = SocketPair.open();
                    TlsSocket client = client(sockets, version)) {
                BackgroundTask<Boolean> shaking = BackgroundTask.of(() -> {
                    client.handshake();
                    return true;
                });
                sockets.awaitBytesAtServer();
                sockets.server().setSoLinger(true, 0);
                sockets.server().close();
                assertLost(assertThrows(SocketException.class, shaking::get));
            }
        }
    }

    private static void assertLost(SocketException failure) {
        TlsSyscallException ours = assertInstanceOf(TlsSyscallException.class, failure.getCause());
        assertTrue(String.valueOf(ours.getMessage()).contains(String.valueOf(failure.getMessage())), ours::getMessage);
    }

    /** Before the end of its try: that is what these rules are about. */
    private static void close(Closeable end) throws IOException {
        end.close();
    }

    private static void assertInInit(TlsException failure) {
        assertEquals(ErrorReason.SHUTDOWN_WHILE_IN_INIT, failure.reason());
    }
}
