package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ConnectionOptions;
import io.omnitls.TlsSocket;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.TestAuthority;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** SPEC.md part 3: what is sent arrives, however the transport cuts it. */
public interface TransferContract extends Contract {

    private static byte[] data(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    @Property(tries = 60)
    default void rule3_1_anySegmentationGivesTheSameFactsAndTheSamePlaintext(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 3000) Integer> sizes,
            @ForAll @IntRange(max = 40_000) int length,
            @ForAll boolean newest)
            throws Exception {
        TlsVersion version = newest ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        Segmentation pieces =
                Segmentation.of(sizes.stream().mapToInt(Integer::intValue).toArray());
        try (BioPair pair = new BioPair(
                fixture()
                        .clientBuilder()
                        .maximumVersion(version)
                        .alpnProtocols("x")
                        .build(),
                fixture().serverBuilder().alpnProtocols("x").build(),
                TestAuthority.SERVER_NAME,
                pieces)) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            assertEquals(version, pair.server().info().version());
            assertEquals("x", pair.server().selectedAlpnProtocol().orElse(""));
            assertArrayEquals(data(length), pair.send(pair.client(), pair.server(), data(length)));
            assertArrayEquals(data(length), pair.send(pair.server(), pair.client(), data(length)));
        }
    }

    @Test
    default void rule3_2_everySizeAroundTheLimitsOfARecordArrives() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = new BioPair(
                    fixture().clientBuilder().maximumVersion(version).build(),
                    fixture().serverBuilder().build(),
                    TestAuthority.SERVER_NAME,
                    Segmentation.none())) {
                pair.handshake();
                for (int length : new int[] {0, 1, 2, 16_383, 16_384, 16_385, 65_536, 1 << 20}) {
                    assertArrayEquals(data(length), pair.send(pair.client(), pair.server(), data(length)));
                }
            }
        }
    }

    @Test
    default void rule3_3_bothDirectionsWorkAtTheSameTime() throws Exception {
        byte[] data = data(4 << 20);
        for (TlsVersion version : fixture().versions()) {
            try (Loopback loopback = new Loopback(fixture().serverBuilder().build(), socket -> {
                        CompletableFuture<Void> writer = writeAll(socket, data);
                        assertArrayEquals(data, socket.getInputStream().readNBytes(data.length));
                        writer.get(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
                    });
                    TlsSocket client = loopback.connect(
                            fixture().clientBuilder().maximumVersion(version).build(),
                            ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
                CompletableFuture<Void> writer = writeAll(client, data);
                assertArrayEquals(data, client.getInputStream().readNBytes(data.length));
                writer.get(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
                loopback.await();
            }
        }
    }

    private static CompletableFuture<Void> writeAll(TlsSocket socket, byte[] data) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                socket.getOutputStream().write(data);
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    @Test
    default void rule3_4_whatWasDecryptedAndNotReadIsPending() throws Exception {
        try (BioPair pair = new BioPair(
                fixture().clientBuilder().build(),
                fixture().serverBuilder().build(),
                TestAuthority.SERVER_NAME,
                Segmentation.none())) {
            pair.handshake();
            pair.client().write(data(100));
            pair.carryAll();
            assertEquals(0, pair.server().pending());
            assertEquals(30, pair.server().read(30).length);
            assertEquals(70, pair.server().pending());
        }
    }
}
