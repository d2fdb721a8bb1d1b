package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ConnectionOptions;
import io.omnitls.TlsSocket;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Link;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.Transport;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SPEC.md part 3: what is sent arrives, however the transport cuts it. */
public interface TransferContract extends Contract {

    private static byte[] data(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    private Link open(Transport transport, TlsVersion version, Segmentation pieces) throws Exception {
        Link link = transport.connect(
                fixture()
                        .clientBuilder()
                        .maximumVersion(version)
                        .alpnProtocols("x")
                        .build(),
                fixture().serverBuilder().alpnProtocols("x").build(),
                ConnectionOptions.serverName(TestAuthority.SERVER_NAME),
                pieces);
        BioPair.Outcome outcome = link.handshake();
        assertTrue(outcome.completed(), outcome::toString);
        return link;
    }

    @Property(tries = 60)
    default void rule3_1_anySegmentationGivesTheSameFactsAndTheSamePlaintext(
            @ForAll Transport transport,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 3000) Integer> sizes,
            @ForAll @IntRange(max = 40_000) int length,
            @ForAll boolean newest)
            throws Exception {
        TlsVersion version = newest ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        Segmentation pieces =
                Segmentation.of(sizes.stream().mapToInt(Integer::intValue).toArray());
        try (Link link = open(transport, version, pieces)) {
            for (Role role : Role.values()) {
                assertEquals(version, link.end(role).info().version());
                assertEquals("x", link.end(role).selectedAlpnProtocol().orElse(""));
                assertArrayEquals(data(length), link.send(role, data(length)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void rule3_2_everySizeAroundTheLimitsOfARecordArrives(Transport transport) throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (Link link = open(transport, version, Segmentation.none())) {
                for (int length : new int[] {0, 1, 2, 16_383, 16_384, 16_385, 65_536, 1 << 20}) {
                    for (Role role : Role.values()) {
                        assertArrayEquals(data(length), link.send(role, data(length)), () -> length + " bytes");
                    }
                }
            }
        }
    }

    @Test
    default void rule3_2_readingNothingWaitsForNothingAndNoRoomLosesNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TlsSocket client = fixture()
                        .clientBuilder()
                        .build()
                        .wrap(
                                new Socket(InetAddress.getLoopbackAddress(), silent.getLocalPort()),
                                TestAuthority.SERVER_NAME)) {
            client.setSoTimeout(5_000);
            assertEquals(0, client.getInputStream().read(new byte[0]));
        }
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = new BioPair(
                    fixture().clientBuilder().maximumVersion(version).build(),
                    fixture().serverBuilder().build(),
                    TestAuthority.SERVER_NAME,
                    Segmentation.none())) {
                assertTrue(pair.handshake().completed());
                pair.server().write(data(10));
                pair.carryAll();
                ByteBuffer readOnly = ByteBuffer.allocate(1 << 15).asReadOnlyBuffer();
                assertThrows(IllegalArgumentException.class, () -> pair.client().read(readOnly));
                assertArrayEquals(data(10), pair.client().read(10));
            }
        }
    }

    @Test
    default void rule3_3_bothDirectionsWorkAtTheSameTime() throws Exception {
        byte[] data = data(4 << 20);
        for (TlsVersion version : fixture().versions()) {
            try (Loopback loopback = new Loopback(fixture().serverBuilder().build(), socket -> {
                        BackgroundTask<Boolean> writer = writeAll(socket, data);
                        assertArrayEquals(data, socket.getInputStream().readNBytes(data.length));
                        writer.get();
                    });
                    TlsSocket client = loopback.connect(
                            fixture().clientBuilder().maximumVersion(version).build(),
                            ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
                BackgroundTask<Boolean> writer = writeAll(client, data);
                assertArrayEquals(data, received(client, data.length, loopback));
                writer.get();
                loopback.await();
            }
        }
    }

    private static byte[] received(TlsSocket client, int count, Loopback loopback) throws Exception {
        try {
            return client.getInputStream().readNBytes(count);
        } catch (IOException end) {
            loopback.await(); // a server that found a difference has closed the connection, and says more
            throw end;
        }
    }

    private static BackgroundTask<Boolean> writeAll(TlsSocket socket, byte[] data) {
        return BackgroundTask.of(() -> {
            socket.getOutputStream().write(data);
            return true;
        });
    }

    @ParameterizedTest
    @EnumSource
    default void rule3_4_whatWasDecryptedAndNotReadIsPending(Transport transport) throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (Link link = open(transport, version, Segmentation.none())) {
                for (Role from : Role.values()) {
                    Role to = Link.peer(from);
                    link.write(from, data(100));
                    assertEquals(0, link.end(to).pending(), "nothing was decrypted");
                    byte[] first = link.read(to, 30);
                    assertEquals(30, first.length);
                    assertEquals(70, link.end(to).pending());
                    byte[] rest = link.read(to, 1000);
                    assertEquals(70, rest.length);
                    assertEquals(0, link.end(to).pending());
                    byte[] both = Arrays.copyOf(first, 100);
                    System.arraycopy(rest, 0, both, 30, 70);
                    assertArrayEquals(data(100), both);
                }
            }
        }
    }
}
