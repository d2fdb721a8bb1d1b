package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ConnectionOptions;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** SPEC.md part 4: how connections end. */
public interface ShutdownContract extends Contract {
    private BioPair open(TlsVersion version) throws Exception {
        BioPair pair = new BioPair(
                fixture().clientBuilder().maximumVersion(version).build(),
                fixture().serverBuilder().build(),
                TestAuthority.SERVER_NAME,
                Segmentation.none());
        assertTrue(pair.handshake().completed());
        return pair;
    }

    @Test
    default void rule4_1_closeNotifyIsTheEndOfTheData() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = open(version)) {
                pair.client().write(new byte[] {7});
                assertThrows(TlsWantReadException.class, pair.client()::unwrap);
                pair.carryAll();
                assertArrayEquals(new byte[] {7}, pair.server().read(10));
                assertEquals(0, pair.server().read(10).length);
                pair.server().unwrap();
                pair.carryAll();
                pair.client().unwrap();
            }
        }
    }

    @Test
    default void rule4_2_whatFollowsCloseNotifyIsHandedOutAsPlaintext() throws Exception {
        byte[] ping = "in the clear again".getBytes(StandardCharsets.US_ASCII);
        for (TlsVersion version : fixture().versions()) {
            try (Loopback loopback = new Loopback(fixture().serverBuilder().build(), socket -> {
                        assertEquals(-1, socket.getInputStream().read());
                        Socket plain = socket.unwrap();
                        plain.getOutputStream().write(plain.getInputStream().readNBytes(ping.length));
                        plain.close();
                    });
                    TlsSocket client = loopback.connect(
                            fixture().clientBuilder().maximumVersion(version).build(),
                            ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
                client.handshake();
                try (Socket plain = client.unwrap()) {
                    plain.getOutputStream().write(ping);
                    assertArrayEquals(ping, plain.getInputStream().readNBytes(ping.length));
                    assertEquals(-1, plain.getInputStream().read());
                }
                loopback.await();
            }
        }
    }

    @Test
    default void rule4_3_theEndOfTheTransportWithoutCloseNotifyIsAnErrorWhereverItComes() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            byte[] stream;
            try (BioPair pair = open(version)) {
                pair.client().write(new byte[] {1, 2, 3});
                stream = pair.fromClient().read();
            }
            for (int cut = 0; cut < stream.length; cut++) {
                try (BioPair pair = open(version)) {
                    pair.client().write(new byte[] {1, 2, 3});
                    pair.toServer().write(pair.fromClient().read(cut));
                    pair.toServer().writeEof();
                    TlsException failure = assertThrows(
                            TlsEofException.class, () -> pair.server().read(10));
                    assertEquals(ErrorReason.UNEXPECTED_EOF_WHILE_READING, failure.reason());
                }
            }
        }
    }

    @Test
    default void rule4_4_theEndOfTheTransportInTheHandshakeIsAnError() throws Exception {
        for (int cut : new int[] {0, 1, 4, 5, 6, 40}) {
            try (BioPair pair = new BioPair(
                    fixture().clientBuilder().build(),
                    fixture().serverBuilder().build(),
                    TestAuthority.SERVER_NAME,
                    Segmentation.none())) {
                assertThrows(TlsWantReadException.class, pair.client()::handshake);
                pair.toServer().write(pair.fromClient().read(cut));
                pair.toServer().writeEof();
                assertThrows(TlsEofException.class, pair.server()::handshake);
                pair.toClient().writeEof();
                assertThrows(TlsEofException.class, pair.client()::handshake);
            }
        }
    }

    @Test
    default void rule4_5_raggedEofsReadAsTheEndOfTheDataOnlyWhenAskedFor() throws Exception {
        for (boolean suppress : new boolean[] {false, true}) {
            ConnectionOptions options = ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    Socket plain = new Socket(listener.getInetAddress(), listener.getLocalPort());
                    Socket accepted = listener.accept();
                    TlsSocket server = fixture().serverBuilder().build().wrap(accepted);
                    TlsSocket client = fixture()
                            .clientBuilder()
                            .build()
                            .wrap(plain, suppress ? options.suppressingRaggedEofs() : options)) {
                client.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                server.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                CompletableFuture<Void> cut = CompletableFuture.runAsync(() -> {
                    try {
                        server.handshake();
                        accepted.shutdownOutput();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                if (suppress) {
                    assertEquals(-1, client.getInputStream().read());
                } else {
                    assertThrows(TlsEofException.class, client.getInputStream()::read);
                }
                cut.get(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Test
    default void rule4_6_nothingIsWrittenAfterThisEndsCloseNotify() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = open(version)) {
                assertThrows(TlsWantReadException.class, pair.client()::unwrap);
                TlsException failure =
                        assertThrows(TlsException.class, () -> pair.client().write(new byte[1]));
                assertEquals(ErrorReason.PROTOCOL_IS_SHUTDOWN, failure.reason());
                pair.server().write(new byte[] {3});
                pair.carryAll();
                assertArrayEquals(new byte[] {3}, pair.client().read(1), "reading goes on");
            }
        }
    }

    @Test
    default void rule4_7_writingAfterThePeersCloseNotifyWorksOrSaysThatThePeerIsGone() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            boolean halfClose =
                    version == TlsVersion.TLS_1_3 && fixture().expected().has(Feature.HALF_CLOSE);
            try (BioPair pair = open(version)) {
                assertThrows(TlsWantReadException.class, pair.client()::unwrap);
                pair.carryAll();
                assertEquals(0, pair.server().read(1).length);
                if (halfClose) {
                    pair.server().write(new byte[] {5});
                    pair.carryAll();
                    assertArrayEquals(new byte[] {5}, pair.client().read(1));
                } else {
                    TlsException failure =
                            assertThrows(TlsException.class, () -> pair.server().write(new byte[1]));
                    assertEquals(ErrorReason.ZERO_RETURN, failure.reason());
                    assertEquals(0, pair.server().read(1).length, "reading is not the worse for it");
                    pair.server().unwrap();
                }
            }
        }
    }

    @Test
    default void rule4_8_unwrapDoesNotThrowUnreadDataAway() throws Exception {
        try (BioPair pair = open(TlsVersion.TLS_1_3)) {
            pair.server().write(new byte[] {9});
            assertThrows(TlsWantReadException.class, pair.server()::unwrap);
            pair.carryAll();
            TlsException failure = assertThrows(TlsException.class, pair.client()::unwrap);
            assertEquals(ErrorReason.APPLICATION_DATA_AFTER_CLOSE_NOTIFY, failure.reason());
            assertArrayEquals(new byte[] {9}, pair.client().read(10));
            pair.client().unwrap();
        }
    }

    @Test
    default void rule4_9_aFailureIsTheLastWord() throws Exception {
        try (BioPair pair = open(TlsVersion.TLS_1_3)) {
            pair.toServer().writeEof();
            TlsException first =
                    assertThrows(TlsException.class, () -> pair.server().read(1));
            assertSame(
                    first, assertThrows(TlsException.class, () -> pair.server().read(1)));
            assertSame(
                    first, assertThrows(TlsException.class, () -> pair.server().write(new byte[1])));
            assertSame(first, assertThrows(TlsException.class, pair.server()::unwrap));
        }
    }

    @Test
    default void rule4_10_theTimeOutIsTheLimitForTheWholeOperationAndCanBeRepeated() throws Exception {
        try (Loopback loopback = new Loopback(fixture().serverBuilder().build(), socket -> {
                    socket.handshake();
                    assertEquals(1, socket.getInputStream().read());
                    socket.getOutputStream().write(2);
                });
                TlsSocket client = loopback.connect(
                        fixture().clientBuilder().build(), ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
            client.handshake();
            client.setSoTimeout(50);
            assertThrows(SocketTimeoutException.class, client.getInputStream()::read);
            client.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            client.getOutputStream().write(1);
            assertEquals(2, client.getInputStream().read());
            loopback.await();
        }
    }
}
