package io.omnitls.testkit;

import static io.omnitls.testkit.EngineScenes.HOST;
import static io.omnitls.testkit.EngineScenes.data;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.EngineEnd;
import io.omnitls.testkit.net.EnginePair;
import io.omnitls.testkit.net.JdkPeer;
import io.omnitls.testkit.net.Link;
import io.omnitls.testkit.pki.KeyKind;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** SPEC.md part 15: what an engine's calls answer, and what they take of the buffers that they are given. */
public interface EngineCallContract extends Contract {
    private EngineScenes engines() {
        return new EngineScenes(fixture());
    }

    private EnginePair jdkPair(TlsVersion version) throws Exception {
        JdkPeer jdk = engines().jdk(fixture().server(KeyKind.EC));
        return new EnginePair(jdk.clientEngine(HOST, version), jdk.serverEngine(version), Segmentation.none());
    }

    /** What the calls of an engine have answered since its handshake was complete. */
    private static List<String> after(EngineEnd end, int handshake) {
        return end.trace().subList(handshake, end.trace().size());
    }

    private static List<List<String>> closing(EnginePair pair, Role first, boolean half) throws Exception {
        assertTrue(pair.handshake());
        // In TLS 1.3 tickets come behind the handshake, and how many and when is the backend's choice.
        pair.send(Role.SERVER, data(10));
        pair.send(Role.CLIENT, data(10));
        EngineEnd closer = pair.end(first);
        EngineEnd other = pair.end(Link.peer(first));
        int closerBefore = closer.trace().size();
        int otherBefore = other.trace().size();
        pair.send(first, data(10));
        closer.engine().closeOutbound();
        pair.settle();
        if (half) {
            pair.send(Link.peer(first), data(10));
        }
        other.engine().closeOutbound();
        pair.settle();
        List<String> ends = List.of(
                "done " + closer.engine().isInboundDone() + closer.engine().isOutboundDone(),
                "done " + other.engine().isInboundDone() + other.engine().isOutboundDone(),
                "status " + closer.engine().getHandshakeStatus()
                        + other.engine().getHandshakeStatus());
        return List.of(after(closer, closerBefore), after(other, otherBefore), ends);
    }

    @Test
    default void rule15_2_dataAndClosingAnswerAsTheJdksEngineDoes() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (Role first : Role.values()) {
                // After a peer's close_notify TLS 1.2 writes no more, nor do some backends in TLS 1.3.
                boolean halfClose =
                        version == TlsVersion.TLS_1_3 && fixture().expected().has(Feature.HALF_CLOSE);
                for (boolean half : halfClose ? List.of(false, true) : List.of(false)) {
                    assertEquals(
                            closing(jdkPair(halfClose ? version : TlsVersion.TLS_1_2), first, half),
                            closing(engines().pair(version, Segmentation.none()), first, half),
                            version + " closed by the " + first);
                }
            }
        }
    }

    @Test
    default void rule15_2_anEngineSaysWhereItStands() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = engines().pair(version, Segmentation.none());
            SSLEngine client = pair.client().engine();
            SSLEngine server = pair.server().engine();
            ByteBuffer none = ByteBuffer.allocate(0);
            ByteBuffer room = ByteBuffer.allocate(1 << 15);
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, client.getHandshakeStatus());
            assertNull(client.getDelegatedTask());
            assertEquals(HandshakeStatus.NEED_UNWRAP, server.wrap(none, room).getHandshakeStatus());
            assertEquals(Status.BUFFER_UNDERFLOW, server.unwrap(none, room).getStatus());
            client.beginHandshake();
            assertEquals(HandshakeStatus.NEED_WRAP, client.getHandshakeStatus());
            assertNull(client.getDelegatedTask());
            assertEquals(HandshakeStatus.NEED_WRAP, client.unwrap(none, room).getHandshakeStatus());
            assertEquals(
                    Status.BUFFER_OVERFLOW,
                    client.wrap(none, ByteBuffer.allocate(20)).getStatus());
            assertEquals(HandshakeStatus.NEED_UNWRAP, client.wrap(none, room).getHandshakeStatus());
            assertEquals(
                    HandshakeStatus.NEED_TASK, server.unwrap(room.flip(), none).getHandshakeStatus());
            assertEquals(
                    HandshakeStatus.NEED_TASK, server.wrap(none, room.clear()).getHandshakeStatus());
            Runnable task = server.getDelegatedTask();
            assertNull(server.getDelegatedTask(), "a task is handed out once");
            assertEquals(HandshakeStatus.NEED_TASK, server.getHandshakeStatus());
            task.run();
            task.run();
            assertEquals(HandshakeStatus.NEED_WRAP, server.getHandshakeStatus());
            assertTrue(pair.handshake());
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, client.getHandshakeStatus());
            assertEquals(0, client.wrap(none, room).bytesProduced());
            TlsException again = assertThrows(TlsException.class, client::beginHandshake);
            assertEquals(ErrorReason.NO_RENEGOTIATION, again.reason());
        }
    }

    /** A server of TLS 1.3 has tickets to send when it has read the client's Finished, with which the first data may have come. */
    @Test
    default void rule15_2_dataIsNotHeldUpByWhatIsStillToBeSent() throws Exception {
        if (!fixture().versions().contains(TlsVersion.TLS_1_3)) {
            return;
        }
        EnginePair pair = engines().pair(TlsVersion.TLS_1_3, Segmentation.none());
        EngineEnd client = pair.client();
        EngineEnd server = pair.server();
        client.engine().beginHandshake();
        while (client.engine().getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            client.step().ifPresent(server::arrive);
            if (client.engine().getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
                server.step().ifPresent(client::arrive);
            }
        }
        while (server.arrived().hasRemaining() || server.engine().getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            server.step();
        }
        ByteBuffer room = ByteBuffer.allocate(1 << 15);
        SSLEngineResult result = server.engine().unwrap(ByteBuffer.wrap(client.wrap(ByteBuffer.wrap(data(100)))), room);
        assertEquals(100, result.bytesProduced(), result::toString);
        pair.settle();
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, server.engine().getHandshakeStatus());
    }

    /** Tomcat for one takes NEED_WRAP for a new handshake, which ends the connection. */
    @Test
    default void rule15_2_whoUnwrapsHearsNothingOfWhatAnotherThreadWraps() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = engines().open(version);
            SSLEngine server = pair.server().engine();
            CountDownLatch writing = new CountDownLatch(1);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    wrapRecord(server);
                    writing.countDown();
                }
            });
            Set<HandshakeStatus> heard = EnumSet.noneOf(HandshakeStatus.class);
            try {
                assertTrue(writing.await(20, TimeUnit.SECONDS));
                ByteBuffer target = ByteBuffer.allocate(1 << 15);
                for (int i = 0; i < 500; i++) {
                    byte[] record = pair.client().wrap(ByteBuffer.wrap(data(1)));
                    heard.add(server.unwrap(ByteBuffer.wrap(record), target).getHandshakeStatus());
                    heard.add(server.getHandshakeStatus());
                }
                assertEquals(500, target.position());
            } finally {
                enough.set(true);
                writer.get(20, TimeUnit.SECONDS);
            }
            assertEquals(EnumSet.of(HandshakeStatus.NOT_HANDSHAKING), heard);
        }
    }

    private static void wrapRecord(SSLEngine engine) {
        try {
            SSLEngineResult result = engine.wrap(ByteBuffer.allocate(1 << 14), ByteBuffer.allocate(1 << 15));
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, result.getHandshakeStatus());
        } catch (SSLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Whoever reads the peer's close_notify and whoever writes until it is CLOSED come to the end at the same time. */
    @Test
    default void rule15_2_twoThreadsComeToAnOrderlyEnd() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (int turn = 0; turn < 30; turn++) {
                EnginePair pair = engines().open(version);
                SSLEngine server = pair.server().engine();
                pair.client().engine().closeOutbound();
                byte[] closeNotify = pair.client().wrap(ByteBuffer.allocate(0));
                BackgroundTask<Status> writer = BackgroundTask.of(() -> {
                    ByteBuffer room = ByteBuffer.allocate(1 << 15);
                    Status status = Status.OK;
                    while (status == Status.OK) {
                        status = server.wrap(ByteBuffer.wrap(data(10)), room.clear())
                                .getStatus();
                    }
                    return status;
                });
                Status read = server.unwrap(ByteBuffer.wrap(closeNotify), ByteBuffer.allocate(1 << 15))
                        .getStatus();
                server.closeOutbound();
                assertEquals(Status.CLOSED, read);
                assertEquals(Status.CLOSED, writer.get());
            }
        }
    }

    /** Undertow ends the connection when data leaves something to be said, as tickets with the client's certificate in them do. */
    @Test
    default void rule15_2_theFirstDataGoesOutAsAWhole() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = new EnginePair(
                    fixture()
                            .clientBuilder()
                            .maximumVersion(version)
                            .certificateChain(
                                    fixture().authority().client(KeyKind.EC).credentials())
                            .build()
                            .sslEngine(HOST, 443),
                    fixture()
                            .serverBuilder()
                            .verifyMode(VerifyMode.REQUIRED)
                            .verifyLocations(fixture().authority().trust())
                            .build()
                            .sslEngine(),
                    Segmentation.none());
            assertTrue(pair.handshake(), () -> "" + pair.server().failure());
            for (Role role : Role.values()) {
                ByteBuffer source = ByteBuffer.allocate(60_000);
                while (source.hasRemaining()) {
                    int before = source.remaining();
                    SSLEngineResult result = pair.end(role).engine().wrap(source, ByteBuffer.allocate(17 << 10));
                    assertEquals(Status.OK, result.getStatus());
                    assertEquals(HandshakeStatus.NOT_HANDSHAKING, result.getHandshakeStatus(), version + " " + role);
                    assertTrue(source.remaining() < before, "nothing was taken");
                }
            }
        }
    }

    @Test
    default void rule15_3_whatDoesNotFitIsNotTaken() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = engines().open(version);
            SSLEngine server = pair.server().engine();
            ByteBuffer source = ByteBuffer.wrap(data(1000));
            SSLEngineResult tight = pair.client().engine().wrap(source, ByteBuffer.allocate(900));
            assertEquals(Status.BUFFER_OVERFLOW, tight.getStatus());
            assertEquals(1000, source.remaining());
            byte[] record = pair.client().wrap(source);
            assertEquals(0, source.remaining());
            for (int part : new int[] {0, 1, 4, 5, record.length - 1}) {
                ByteBuffer cut = ByteBuffer.wrap(record, 0, part);
                SSLEngineResult result = server.unwrap(cut, ByteBuffer.allocate(1 << 15));
                assertEquals(Status.BUFFER_UNDERFLOW, result.getStatus());
                assertEquals(part, cut.remaining());
            }
            ByteBuffer whole = ByteBuffer.wrap(record);
            ByteBuffer[] small = {ByteBuffer.allocate(500), ByteBuffer.allocate(499)};
            assertEquals(Status.BUFFER_OVERFLOW, server.unwrap(whole, small).getStatus());
            assertEquals(record.length, whole.remaining());
            assertEquals(0, small[0].position());
            ByteBuffer readOnly = ByteBuffer.allocate(1 << 15).asReadOnlyBuffer();
            assertThrows(ReadOnlyBufferException.class, () -> server.unwrap(whole, readOnly));
            assertThrows(ReadOnlyBufferException.class, () -> server.wrap(ByteBuffer.allocate(1), readOnly));
            ByteBuffer enough = ByteBuffer.allocate(server.getSession().getApplicationBufferSize());
            assertEquals(1000, server.unwrap(whole, enough).bytesProduced());
            assertArrayEquals(data(1000), Arrays.copyOf(enough.array(), 1000));
        }
    }

    /** A buffer of one of the kinds that there are. */
    private static ByteBuffer buffer(byte[] content, int kind) {
        ByteBuffer padded =
                kind % 2 == 0 ? ByteBuffer.allocate(content.length + 7) : ByteBuffer.allocateDirect(content.length + 7);
        padded.position(3).limit(3 + content.length);
        ByteBuffer slice = kind % 4 < 2 ? padded : padded.slice();
        slice.mark();
        slice.put(content).reset();
        return kind % 8 < 4 ? slice : slice.asReadOnlyBuffer();
    }

    private static ByteBuffer[] cut(byte[] content, List<Integer> sizes) {
        List<ByteBuffer> parts = new ArrayList<>();
        int at = 0;
        for (int i = 0; at < content.length; i++) {
            int size = Math.min(sizes.get(i % sizes.size()), content.length - at);
            parts.add(buffer(Arrays.copyOfRange(content, at, at + size), sizes.get(i % sizes.size())));
            at += size;
        }
        parts.add(ByteBuffer.allocate(0));
        return parts.toArray(new ByteBuffer[0]);
    }

    /** Or who has one of that size would wait for ever, with no place for what is missing. */
    @Test
    default void rule15_3_noRecordIsWaitedForThatABufferCannotHold() throws Exception {
        for (boolean open : new boolean[] {false, true}) {
            EnginePair pair = engines().open(TlsVersion.TLS_1_2);
            SSLEngine engine = open
                    ? pair.server().engine()
                    : fixture().serverBuilder().build().sslEngine();
            int longest = 0;
            for (int length = 16_000; length <= 0xffff; length += 8) {
                ByteBuffer header = ByteBuffer.wrap(new byte[] {22, 3, 3, (byte) (length >> 8), (byte) length});
                try {
                    if (engine.unwrap(header, ByteBuffer.allocate(20_000)).getStatus() != Status.BUFFER_UNDERFLOW) {
                        break;
                    }
                } catch (TlsException refusal) {
                    break;
                }
                longest = length + 5;
            }
            assertTrue(longest > 16_384, "records of " + longest + " bytes");
            assertTrue(longest <= engine.getSession().getPacketBufferSize(), "a record of " + longest + " bytes");
        }
    }

    @Test
    default void rule15_3_dataMayGoWhereItsRecordStands() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = engines().open(version);
            SSLEngine server = pair.server().engine();
            for (int length : new int[] {100, 5000, 16_000}) {
                byte[] record = pair.client().wrap(ByteBuffer.wrap(data(length)));
                byte[] place = Arrays.copyOf(record, server.getSession().getApplicationBufferSize() + record.length);
                SSLEngineResult result =
                        server.unwrap(ByteBuffer.wrap(place, 0, record.length), ByteBuffer.wrap(place));
                assertEquals(length, result.bytesProduced());
                assertArrayEquals(data(length), Arrays.copyOf(place, length), version + " " + length);
            }
        }
    }

    @Property(tries = 30)
    default void rule15_3_anyBuffersCarryTheSameData(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9000) Integer> sources,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 20_000) Integer> targets,
            @ForAll @IntRange(max = 60_000) int length,
            @ForAll @IntRange(max = 7) int kind,
            @ForAll boolean newest)
            throws Exception {
        EnginePair pair = engines().open(newest ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2);
        SSLEngine from = pair.client().engine();
        SSLEngine to = pair.server().engine();
        ByteBuffer[] parts = cut(data(length), sources);
        ByteBuffer all = ByteBuffer.allocate(length);
        while (Arrays.stream(parts).anyMatch(ByteBuffer::hasRemaining)) {
            ByteBuffer target = kind % 2 == 0
                    ? ByteBuffer.allocateDirect(from.getSession().getPacketBufferSize())
                    : ByteBuffer.allocate(from.getSession().getPacketBufferSize());
            int left = Arrays.stream(parts).mapToInt(ByteBuffer::remaining).sum();
            SSLEngineResult wrapped = from.wrap(parts, 0, parts.length, target);
            assertEquals(Status.OK, wrapped.getStatus());
            assertEquals(
                    left - wrapped.bytesConsumed(),
                    Arrays.stream(parts).mapToInt(ByteBuffer::remaining).sum());
            assertTrue(wrapped.bytesConsumed() >= Math.min(left, 16_000), "records are filled: " + wrapped);
            byte[] record = new byte[target.flip().remaining()];
            target.get(record);
            assertEquals(wrapped.bytesProduced(), record.length);
            ByteBuffer[] rooms = rooms(targets, kind);
            SSLEngineResult unwrapped = to.unwrap(buffer(record, kind), rooms, 0, rooms.length);
            assertEquals(record.length, unwrapped.bytesConsumed());
            for (ByteBuffer room : rooms) {
                all.put(room.flip());
            }
        }
        assertArrayEquals(data(length), all.array());
    }

    /** Buffers of these sizes, and one behind them in which a record has room. */
    private static ByteBuffer[] rooms(List<Integer> sizes, int kind) {
        List<ByteBuffer> rooms = new ArrayList<>();
        sizes.forEach(size ->
                rooms.add((size + kind) % 2 == 0 ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size)));
        rooms.add(ByteBuffer.allocate(1 << 14));
        return rooms.toArray(new ByteBuffer[0]);
    }
}
