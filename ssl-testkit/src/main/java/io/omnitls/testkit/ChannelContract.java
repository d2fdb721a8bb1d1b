package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback.Decision;
import io.omnitls.TlsChannel;
import io.omnitls.TlsConnection;
import io.omnitls.TlsSocket;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantWriteException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.ChannelPair;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.SelectorExchange;
import io.omnitls.testkit.net.SocketChannelPair;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** SPEC.md part 14: channels, which do not wait. */
public interface ChannelContract extends Contract {
    private static byte[] data(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    private ChannelPair pair(TlsVersion version, Segmentation segmentation, int capacity) throws TlsException {
        return new ChannelPair(
                fixture().clientBuilder().maximumVersion(version).build(),
                fixture().serverBuilder().build(),
                TestAuthority.SERVER_NAME,
                segmentation,
                capacity);
    }

    @Test
    default void rule14_1_aSelectorCanDriveBothEndsOnOneThread() throws Exception {
        byte[] data = data(3 << 20);
        for (TlsVersion version : fixture().versions()) {
            ClientContext client =
                    fixture().clientBuilder().maximumVersion(version).build();
            try (SocketChannelPair sockets = SocketChannelPair.open();
                    SelectorExchange exchange = new SelectorExchange()) {
                sockets.client().configureBlocking(false);
                sockets.server().configureBlocking(false);
                ByteBuffer atClient = ByteBuffer.allocate(data.length);
                ByteBuffer atServer = ByteBuffer.allocate(data.length);
                exchange.add(
                        sockets.client(),
                        client.wrap(sockets.client(), ConnectionOptions.serverName(TestAuthority.SERVER_NAME)),
                        ByteBuffer.wrap(data),
                        atClient);
                exchange.add(
                        sockets.server(),
                        fixture().serverBuilder().build().wrap(sockets.server()),
                        ByteBuffer.wrap(data),
                        atServer);
                exchange.run();
                assertArrayEquals(data, atClient.array());
                assertArrayEquals(data, atServer.array());
            }
        }
    }

    @Property(tries = 30)
    default void rule14_2_whateverPiecesAChannelTakesAndGivesTheDataIsTheSame(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 3000) Integer> sizes,
            @ForAll @IntRange(max = 40_000) int length,
            @ForAll boolean newest)
            throws Exception {
        Segmentation pieces =
                Segmentation.of(sizes.stream().mapToInt(Integer::intValue).toArray());
        try (ChannelPair pair = pair(newest ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2, pieces, 5000)) {
            pair.handshake();
            assertArrayEquals(data(length), pair.send(pair.client(), pair.server(), data(length)));
            assertArrayEquals(data(length), pair.send(pair.server(), pair.client(), data(length)));
        }
    }

    @Test
    default void rule14_3_aFullChannelIsToBeWaitedForAndLosesNothing() throws Exception {
        byte[] data = data(1 << 20);
        for (TlsVersion version : fixture().versions()) {
            try (ChannelPair pair = pair(version, Segmentation.none(), 20_000)) {
                pair.handshake();
                ByteBuffer source = ByteBuffer.wrap(data);
                assertThrows(TlsWantWriteException.class, () -> {
                    while (source.hasRemaining()) {
                        pair.client().write(source);
                    }
                });
                assertTrue(source.position() < data.length, "nobody reads");
                assertFalse(pair.client().flush(), "records wait for the channel");
                byte[] arrived = ChannelPair.receive(
                        pair.server(),
                        data.length,
                        () -> source.hasRemaining()
                                ? pair.client().write(source)
                                : pair.client().flush() ? 1 : 0);
                assertArrayEquals(data, arrived);
            }
        }
    }

    @Test
    default void rule14_4_oneThreadReadsWhileAnotherWrites() throws Exception {
        byte[] data = data(2 << 20);
        try (SocketChannelPair sockets = SocketChannelPair.open();
                TlsChannel client = fixture()
                        .clientBuilder()
                        .build()
                        .wrap(sockets.client(), ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
                TlsChannel server = fixture().serverBuilder().build().wrap(sockets.server())) {
            List<BackgroundTask<byte[]>> all = List.of(
                    BackgroundTask.of(() -> write(client, data)),
                    BackgroundTask.of(() -> write(server, data)),
                    BackgroundTask.of(() -> read(client, data.length)),
                    BackgroundTask.of(() -> read(server, data.length)));
            for (BackgroundTask<byte[]> one : all) {
                assertArrayEquals(data, one.get());
            }
        }
    }

    private static byte[] write(TlsChannel channel, byte[] data) throws IOException {
        for (ByteBuffer source = ByteBuffer.wrap(data); source.hasRemaining(); ) {
            channel.write(source);
        }
        return data;
    }

    private static byte[] read(ByteChannel channel, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining() && channel.read(target) >= 0) {
            // Until it is full.
        }
        return target.array();
    }

    @Test
    default void rule14_5_truncationIsAnErrorAndCloseNotifyAnEnd() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (ChannelPair pair = pair(version, Segmentation.none(), 100_000)) {
                pair.handshake();
                pair.toServer().writeEof();
                assertThrows(
                        TlsEofException.class,
                        () -> ChannelPair.complete(() -> pair.server().read(ByteBuffer.allocate(10))));
            }
            try (ChannelPair pair = pair(version, Segmentation.none(), 100_000)) {
                pair.handshake();
                ChannelPair.complete(() -> {
                    pair.client().shutdownOutput();
                    return pair.client().flush();
                });
                assertEquals(-1, ChannelPair.complete(() -> pair.server().read(ByteBuffer.allocate(10))));
            }
        }
    }

    @Test
    default void rule14_6_unwrapHandsOutEveryByteThatFollows() throws Exception {
        byte[] plain = "in the clear\n".getBytes(StandardCharsets.US_ASCII);
        for (TlsVersion version : fixture().versions()) {
            ClientContext context =
                    fixture().clientBuilder().maximumVersion(version).build();
            try (SocketChannelPair sockets = SocketChannelPair.open()) {
                TlsChannel client =
                        context.wrap(sockets.client(), ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
                TlsChannel server = fixture().serverBuilder().build().wrap(sockets.server());
                BackgroundTask<byte[]> served = BackgroundTask.of(() -> {
                    server.handshake();
                    ByteChannel left = server.unwrap();
                    left.write(ByteBuffer.wrap(plain));
                    return read(left, plain.length);
                });
                client.handshake();
                ByteChannel left = client.unwrap();
                assertArrayEquals(plain, read(left, plain.length));
                left.write(ByteBuffer.wrap(plain));
                assertArrayEquals(plain, served.get());
                assertFalse(client.isOpen());
                assertTrue(sockets.client().isOpen());
            }
        }
    }

    @Test
    default void rule14_7_theServerNameCallbackDecidesOverChannelsToo() throws Exception {
        ServerContext server = fixture()
                .serverBuilder()
                .serverNameCallback(hello -> new Decision.Refuse(AlertDescription.UNRECOGNIZED_NAME))
                .build();
        try (ChannelPair pair = new ChannelPair(
                fixture().clientBuilder().build(), server, TestAuthority.SERVER_NAME, Segmentation.of(1, 100), 9000)) {
            assertThrows(TlsException.class, pair::handshake);
            assertEquals(Optional.of(TestAuthority.SERVER_NAME), pair.server().serverName());
            assertFalse(pair.server().handshakeComplete());
        }
    }

    @Test
    default void rule14_8_aFileIsSentOverEveryKindOfConnection() throws Exception {
        byte[] data = data(300_000);
        Path path = Files.createTempFile("data", ".bin");
        Files.write(path, data);
        byte[] expected = Arrays.copyOfRange(data, 1000, data.length);
        try (FileChannel file = FileChannel.open(path)) {
            try (Loopback loopback = new Loopback(
                            fixture().serverBuilder().build(),
                            socket -> assertEquals(expected.length, send(socket, file)));
                    TlsSocket client = loopback.connect(
                            fixture().clientBuilder().build(),
                            ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
                assertArrayEquals(expected, client.getInputStream().readNBytes(expected.length));
                loopback.await();
            }
            try (BioPair pair = new BioPair(
                    fixture().clientBuilder().build(),
                    fixture().serverBuilder().build(),
                    TestAuthority.SERVER_NAME,
                    Segmentation.none())) {
                assertTrue(pair.handshake().completed());
                assertEquals(expected.length, send(pair.client(), file));
                pair.carryAll();
                ByteBuffer arrived = ByteBuffer.allocate(expected.length);
                while (arrived.hasRemaining()) {
                    pair.server().read(arrived);
                }
                assertArrayEquals(expected, arrived.array());
            }
            try (ChannelPair pair = pair(TlsVersion.TLS_1_3, Segmentation.none(), 20_000)) {
                pair.handshake();
                long[] sent = {0};
                byte[] arrived = ChannelPair.receive(
                        pair.server(),
                        expected.length,
                        () -> sent[0] += pair.client().sendFile(file, 1000 + sent[0], expected.length - sent[0]));
                assertArrayEquals(expected, arrived);
            }
        } finally {
            Files.delete(path);
        }
    }

    /** All from the thousandth byte on, and not the million that is asked for. */
    private static long send(TlsConnection connection, FileChannel file) throws IOException {
        return connection.sendFile(file, 1000, 1_000_000);
    }
}
