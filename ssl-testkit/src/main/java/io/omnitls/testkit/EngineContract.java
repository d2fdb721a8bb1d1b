package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback;
import io.omnitls.TlsBioConnection;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.VerifyCode;
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
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** SPEC.md part 15: a context's connections as the engines of {@code javax.net.ssl}. */
public interface EngineContract extends Contract {
    /** The name that the server's certificate is for. */
    String HOST = TestAuthority.SERVER_NAME;

    private static byte[] data(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    private ClientContext client(TlsVersion version) throws TlsException {
        return fixture().clientBuilder().maximumVersion(version).build();
    }

    private EnginePair pair(TlsVersion version, Segmentation pieces) throws TlsException {
        return new EnginePair(
                client(version).sslEngine(HOST, 443),
                fixture().serverBuilder().build().sslEngine(),
                pieces);
    }

    private EnginePair open(TlsVersion version) throws Exception {
        EnginePair pair = pair(version, Segmentation.none());
        assertTrue(
                pair.handshake(),
                () -> pair.client().failure() + " and " + pair.server().failure());
        return pair;
    }

    /** The JDK's own client and server, with the same keys and verdicts. */
    private JdkPeer jdk(TestIdentity identity) throws Exception {
        return new JdkPeer(
                identity.keyManagers(), fixture().clientBuilder().build().trustManager());
    }

    private EnginePair jdkPair(TlsVersion version) throws Exception {
        JdkPeer jdk = jdk(fixture().server(KeyKind.EC));
        return new EnginePair(jdk.clientEngine(HOST, version), jdk.serverEngine(version), Segmentation.none());
    }

    private static void assertCarries(EnginePair pair, TlsVersion version) throws Exception {
        assertTrue(
                pair.handshake(),
                () -> pair.client().failure() + " and " + pair.server().failure());
        for (Role role : Role.values()) {
            assertEquals(
                    version.protocolName(), pair.end(role).engine().getSession().getProtocol());
            assertArrayEquals(data(100_000), pair.send(role, data(100_000)));
            long finished = pair.end(role).trace().stream()
                    .filter(line -> line.endsWith(" FINISHED"))
                    .count();
            // SunJSSE's client says it again of the ticket that follows.
            boolean ours = !pair.end(role).engine().getClass().getName().startsWith("sun.");
            assertTrue(
                    finished == 1 || !ours && finished > 1,
                    () -> "" + pair.end(role).trace());
        }
    }

    @Property(tries = 12)
    default void rule15_1_enginesReachEachOtherAndTheJdksInAnyPieces(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 3000) Integer> sizes, @ForAll boolean newest)
            throws Exception {
        TlsVersion version = newest ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        Segmentation pieces =
                Segmentation.of(sizes.stream().mapToInt(Integer::intValue).toArray());
        JdkPeer jdk = jdk(fixture().server(KeyKind.EC));
        SSLEngine server = fixture().serverBuilder().build().sslEngine();
        assertCarries(pair(version, pieces), version);
        assertCarries(new EnginePair(client(version).sslEngine(HOST, 443), jdk.serverEngine(version), pieces), version);
        assertCarries(new EnginePair(jdk.clientEngine(HOST, version), server, pieces), version);
    }

    /** A ticket may hold the client's certificate, and some engines send it with the first data, of which it leaves less room. */
    @Property(tries = 12)
    default void rule15_1_theFirstDataFollowsTicketsOfAnySize(
            @ForAll @IntRange(max = 14) int kibibytes, @ForAll Role first, @ForAll boolean newest) throws Exception {
        TlsVersion version = newest ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        TestIdentity identity = fixture()
                .authority()
                .client(KeyKind.EC, template -> kibibytes == 0 ? template : template.comment(kibibytes << 10));
        EnginePair pair = new EnginePair(
                fixture()
                        .clientBuilder()
                        .maximumVersion(version)
                        .certificateChain(identity.credentials())
                        .build()
                        .sslEngine(HOST, 443),
                fixture()
                        .serverBuilder()
                        .verifyMode(VerifyMode.REQUIRED)
                        .verifyLocations(fixture().authority().trust())
                        .build()
                        .sslEngine(),
                Segmentation.none());
        assertTrue(
                pair.handshake(),
                () -> pair.client().failure() + " and " + pair.server().failure());
        for (Role role : List.of(first, Link.peer(first))) {
            assertArrayEquals(data(100_000), pair.send(role, data(100_000)));
        }
    }

    @Test
    default void rule15_1_anEngineReachesOurOtherConnections() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EngineEnd engine = new EngineEnd(client(version).sslEngine(HOST, 443));
            MemoryBio in = new MemoryBio();
            MemoryBio out = new MemoryBio();
            TlsBioConnection server = fixture().serverBuilder().build().wrapBio(in, out);
            engine.engine().beginHandshake();
            byte[] received = new byte[0];
            for (int turn = 0; turn < 1000 && received.length == 0; turn++) {
                in.write(engine.step().orElse(new byte[0]));
                received = read(server);
                engine.arrive(out.read());
                if (engine.engine().getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
                    in.write(engine.wrap(ByteBuffer.wrap(data(10))));
                }
            }
            assertArrayEquals(data(10), received);
            server.write(data(20));
            engine.arrive(out.read());
            while (engine.step().isPresent()) {
                // One record a step.
            }
            assertArrayEquals(data(20), engine.received());
        }
    }

    @Test
    default void rule15_1_aHostWithoutADotIsReachedOnEveryBackend() throws Exception {
        ServerContext server = fixture()
                .serverBuilder(fixture().authority().server(KeyKind.EC, template -> template.dnsName("broker")))
                .build();
        boolean told = fixture().expected().has(Feature.DOTLESS_SERVER_NAME);
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair =
                    new EnginePair(client(version).sslEngine("broker", 9092), server.sslEngine(), Segmentation.none());
            assertTrue(
                    pair.handshake(),
                    () -> pair.client().failure() + " and " + pair.server().failure());
            assertEquals("broker", pair.client().engine().getSession().getPeerHost());
            ExtendedSSLSession session =
                    (ExtendedSSLSession) pair.server().engine().getSession();
            assertEquals(told ? 1 : 0, session.getRequestedServerNames().size());
        }
    }

    private static byte[] read(TlsBioConnection connection) throws Exception {
        try {
            return connection.read(100);
        } catch (TlsWantReadException more) {
            return new byte[0];
        }
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
                            closing(pair(version, Segmentation.none()), first, half),
                            version + " closed by the " + first);
                }
            }
        }
    }

    @Test
    default void rule15_2_anEngineSaysWhereItStands() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = pair(version, Segmentation.none());
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
        EnginePair pair = pair(TlsVersion.TLS_1_3, Segmentation.none());
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
            EnginePair pair = open(version);
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
                EnginePair pair = open(version);
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

    @Test
    default void rule15_3_whatDoesNotFitIsNotTaken() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = open(version);
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
            EnginePair pair = open(TlsVersion.TLS_1_2);
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

    @Property(tries = 30)
    default void rule15_3_anyBuffersCarryTheSameData(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9000) Integer> sources,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 20_000) Integer> targets,
            @ForAll @IntRange(max = 60_000) int length,
            @ForAll @IntRange(max = 7) int kind,
            @ForAll boolean newest)
            throws Exception {
        EnginePair pair = open(newest ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2);
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

    @Test
    default void rule15_4_whatMayTakeItsTimeIsDoneInTasks() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            Set<String> callers = ConcurrentHashMap.newKeySet();
            Clock clock =
                    CallingClock.of(() -> callers.add(Thread.currentThread().getName() + " asks a clock"));
            TestIdentity identity = fixture().authority().client(KeyKind.EC);
            ClientContext client = fixture()
                    .clientBuilder()
                    .maximumVersion(version)
                    .certificateChain(identity.credentials())
                    .clock(clock)
                    .build();
            ServerContext server = fixture()
                    .serverBuilder()
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.REQUIRED)
                    .clock(clock)
                    .serverNameCallback(hello -> {
                        callers.add(Thread.currentThread().getName() + " asks for the name");
                        return new ServerNameCallback.Decision.Proceed();
                    })
                    .build();
            EnginePair pair = new EnginePair(client.sslEngine(HOST, 443), server.sslEngine(), Segmentation.none());
            for (Role role : Role.values()) {
                pair.end(role).runTasksOn(task -> onThread("task of " + role, task));
            }
            assertTrue(
                    pair.handshake(),
                    () -> pair.client().failure() + " and " + pair.server().failure());
            assertArrayEquals(data(100), pair.send(Role.SERVER, data(100)));
            assertEquals(
                    Set.of(
                            "task of CLIENT asks a clock",
                            "task of SERVER asks a clock",
                            "task of SERVER asks for the name"),
                    callers);
        }
    }

    private static void onThread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.start();
        try {
            thread.join(Duration.ofSeconds(20).toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertFalse(thread.isAlive(), "the task has an end");
    }

    /** Both ends come to their end, the first failure is thrown once, and the alert is handed out after it. */
    private static TlsException failure(EnginePair pair, Role by) throws Exception {
        assertFalse(pair.handshake());
        EngineEnd end = pair.end(by);
        assertEquals(
                1, end.trace().stream().filter(line -> line.endsWith("threw")).count(), () -> "" + end.trace());
        SSLEngine engine = end.engine();
        assertTrue(engine.isInboundDone());
        assertTrue(engine.isOutboundDone());
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
        ByteBuffer room = ByteBuffer.allocate(1 << 15);
        assertEquals(Status.CLOSED, engine.wrap(ByteBuffer.allocate(1), room).getStatus());
        assertEquals(Status.CLOSED, engine.unwrap(ByteBuffer.allocate(1), room).getStatus());
        return assertInstanceOf(TlsException.class, end.failure().orElseThrow());
    }

    private static ErrorReason peersReason(EnginePair pair, Role by) {
        return assertInstanceOf(
                        TlsException.class, pair.end(Link.peer(by)).failure().orElseThrow())
                .reason();
    }

    private VerifyCode refusal(TlsVersion version, TestIdentity identity, String host, ErrorReason peers)
            throws Exception {
        EnginePair pair = new EnginePair(
                client(version).sslEngine(host, 443),
                fixture().serverBuilder(identity).build().sslEngine(),
                Segmentation.none());
        TlsException thrown = failure(pair, Role.CLIENT);
        assertEquals(peers, peersReason(pair, Role.CLIENT));
        List<String> trace = pair.client().trace();
        assertTrue(trace.indexOf("wrap CLOSED NOT_HANDSHAKING") > trace.indexOf("wrap threw"), trace::toString);
        return assertInstanceOf(TlsCertificateVerificationException.class, thrown)
                .verifyCode();
    }

    @Test
    default void rule15_5_aFailureIsThrownOnceAndThenItsAlertIsHandedOut() throws Exception {
        TestIdentity good = fixture().server(KeyKind.EC);
        TestIdentity expired = fixture()
                .authority()
                .server(
                        KeyKind.EC,
                        template -> template.valid(
                                Instant.now().minus(Duration.ofDays(20)),
                                Instant.now().minus(Duration.ofDays(10))));
        for (TlsVersion version : fixture().versions()) {
            assertEquals(
                    VerifyCode.HOSTNAME_MISMATCH,
                    refusal(version, good, "other.example", ErrorReason.SSLV3_ALERT_BAD_CERTIFICATE));
            assertEquals(
                    VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT,
                    refusal(version, TestAuthority.selfSigned("self"), HOST, ErrorReason.TLSV1_ALERT_UNKNOWN_CA));
            assertEquals(
                    VerifyCode.CERT_HAS_EXPIRED,
                    refusal(version, expired, HOST, ErrorReason.SSLV3_ALERT_CERTIFICATE_EXPIRED));
        }
        EnginePair nothingShared = new EnginePair(
                client(TlsVersion.TLS_1_2).sslEngine(HOST, 443),
                fixture()
                        .serverBuilder()
                        .minimumVersion(TlsVersion.TLS_1_3)
                        .build()
                        .sslEngine(),
                Segmentation.none());
        assertEquals(
                ErrorReason.UNSUPPORTED_PROTOCOL,
                failure(nothingShared, Role.SERVER).reason());
        assertEquals(ErrorReason.TLSV1_ALERT_PROTOCOL_VERSION, peersReason(nothingShared, Role.SERVER));
    }

    @Test
    default void rule15_5_whatIsNoRecordIsRefusedAtOnce() throws Exception {
        byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        EngineEnd server = new EngineEnd(fixture().serverBuilder().build().sslEngine());
        server.engine().beginHandshake();
        server.arrive(request);
        byte[] alert = new byte[0];
        for (Optional<byte[]> sent = server.step(); sent.isPresent(); sent = server.step()) {
            alert = sent.get().length > 0 ? sent.get() : alert;
        }
        assertEquals(
                ErrorReason.HTTP_REQUEST,
                assertInstanceOf(TlsException.class, server.failure().orElseThrow())
                        .reason());
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = open(version);
            byte[] record = pair.client().wrap(ByteBuffer.wrap(data(100)));
            record[record.length - 1] ^= 1;
            pair.server().arrive(record);
            pair.settle();
            assertEquals(
                    ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    assertInstanceOf(TlsException.class, pair.server().failure().orElseThrow())
                            .reason());
            assertEquals(ErrorReason.SSLV3_ALERT_BAD_RECORD_MAC, peersReason(pair, Role.SERVER));
        }
    }

    @Test
    default void rule15_6_truncationIsVisible() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = open(version);
            SSLEngine client = pair.client().engine();
            assertThrows(TlsEofException.class, client::closeInbound);
            assertTrue(client.isInboundDone());
            assertEquals(
                    Status.CLOSED,
                    client.unwrap(ByteBuffer.allocate(5), ByteBuffer.allocate(1 << 15))
                            .getStatus());
            assertArrayEquals(data(10), pair.send(Role.CLIENT, data(10)), "writing goes on");
            client.closeOutbound();
            pair.settle();
            assertTrue(client.isOutboundDone());
            assertTrue(pair.server().engine().isInboundDone());
            pair.server().engine().closeInbound(); // which came by close_notify
        }
        SSLEngine unused = client(TlsVersion.TLS_1_3).sslEngine(HOST, 443);
        unused.closeInbound();
        SSLEngine begun = client(TlsVersion.TLS_1_3).sslEngine(HOST, 443);
        begun.beginHandshake();
        assertThrows(TlsEofException.class, begun::closeInbound);
        assertTrue(begun.isInboundDone());
        assertTrue(begun.isOutboundDone());
    }

    @Test
    default void rule15_6_aHandshakeCanBeGivenUp() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = pair(version, Segmentation.none());
            EngineEnd server = pair.server();
            server.arrive(pair.client().wrap(ByteBuffer.allocate(0)));
            server.step();
            Runnable task = server.engine().getDelegatedTask();
            server.engine().closeOutbound();
            assertFalse(server.engine().isOutboundDone(), "a task is at work");
            task.run();
            pair.settle();
            assertTrue(server.engine().isOutboundDone());
            assertTrue(server.engine().isInboundDone());
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, server.engine().getHandshakeStatus());
            assertPeerHears(pair(version, Segmentation.none()), Role.CLIENT);
            if (version == TlsVersion.TLS_1_2) {
                assertPeerHears(pair(version, Segmentation.none()), Role.SERVER);
            }
            SSLEngine unused = client(version).sslEngine(HOST, 443);
            unused.closeOutbound();
            assertEquals(
                    Status.CLOSED,
                    unused.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(1 << 15))
                            .getStatus());
            assertTrue(unused.isOutboundDone());
        }
    }

    /** One end gives up in the middle of a handshake; a server of TLS 1.3 cannot say so in the clear then. */
    private static void assertPeerHears(EnginePair pair, Role givesUp) {
        EngineEnd client = pair.client();
        EngineEnd server = pair.server();
        server.arrive(client.wrap(ByteBuffer.allocate(0)));
        if (givesUp == Role.SERVER) {
            do {
                server.step();
            } while (server.engine().getHandshakeStatus() != HandshakeStatus.NEED_WRAP);
        }
        pair.end(givesUp).engine().closeOutbound();
        pair.settle();
        assertTrue(pair.end(givesUp).engine().isOutboundDone());
        TlsException heard = assertInstanceOf(
                TlsException.class, pair.end(Link.peer(givesUp)).failure().orElseThrow());
        assertNotEquals(ErrorReason.INTERNAL_ERROR, heard.reason());
    }

    @Test
    default void rule15_7_aClientThatKnowsNoNameFailsBeforeItSaysAWord() throws Exception {
        for (Consumer<SSLEngine> change : List.<Consumer<SSLEngine>>of(
                engine -> {}, engine -> identify(engine, List.of()), engine -> identify(engine, null))) {
            SSLEngine engine = fixture().clientBuilder().build().sslEngine();
            change.accept(engine);
            EngineEnd end = new EngineEnd(engine);
            engine.beginHandshake();
            for (Optional<byte[]> sent = end.step(); sent.isPresent(); sent = end.step()) {
                assertEquals(0, sent.get().length, "nothing goes out");
            }
            TlsCertificateVerificationException refusal = assertInstanceOf(
                    TlsCertificateVerificationException.class, end.failure().orElseThrow());
            assertEquals(VerifyCode.HOSTNAME_MISMATCH, refusal.verifyCode());
        }
        SSLEngine named = fixture().clientBuilder().build().sslEngine();
        identify(named, List.of(new SNIHostName(HOST)));
        EnginePair pair =
                new EnginePair(named, fixture().serverBuilder().build().sslEngine(), Segmentation.none());
        assertTrue(pair.handshake());
        assertEquals(HOST, named.getSession().getPeerHost());
    }

    @SuppressWarnings("NullAway") // null says nothing
    private static void identify(SSLEngine engine, @Nullable List<SNIServerName> names) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(names);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
    }

    @Test
    default void rule15_8_aSessionSaysWhatWasAgreedOn() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = pair(version, Segmentation.none());
            SSLEngine client = pair.client().engine();
            SSLSession session = client.getSession();
            session.putValue("before", "kept");
            assertEquals("SSL_NULL_WITH_NULL_NULL", session.getCipherSuite());
            assertFalse(session.isValid());
            assertNull(client.getHandshakeSession());
            List<String> during = new ArrayList<>();
            pair.client().runTasksOn(task -> {
                task.run();
                SSLSession handshake = client.getHandshakeSession();
                if (handshake != null) {
                    during.add(handshake.getProtocol());
                }
            });
            assertTrue(pair.handshake());
            assertTrue(during.contains(version.protocolName()), during::toString);
            assertNull(client.getHandshakeSession());
            assertEquals("kept", client.getSession().getValue("before"));
            assertTrue(session.isValid());
            assertInstanceOf(X509Certificate[].class, session.getPeerCertificates());
            assertNull(session.getLocalCertificates());
            ExtendedSSLSession server =
                    (ExtendedSSLSession) pair.server().engine().getSession();
            assertEquals(List.of(new SNIHostName(HOST)), server.getRequestedServerNames());
            assertEquals(List.of(new SNIHostName(HOST)), ((ExtendedSSLSession) session).getRequestedServerNames());
            assertTrue(List.of(server.getPeerSupportedSignatureAlgorithms()).contains("SHA256withECDSA"));
            assertEquals(List.of(), ((ExtendedSSLSession) session).getStatusResponses());
            assertInstanceOf(X509Certificate[].class, server.getLocalCertificates());
            assertThrows(SSLPeerUnverifiedException.class, server::getPeerCertificates);
            assertEquals(session.getCipherSuite(), server.getCipherSuite());
            assertNotNull(session.getSessionContext());
            BoundValue bound = new BoundValue();
            session.putValue("value", bound);
            session.removeValue("value");
            assertEquals(List.of("bound value", "unbound value"), bound.heard());
            session.invalidate();
            assertFalse(session.isValid());
        }
    }

    private EnginePair asking(TlsVersion version, String answer, List<List<String>> asked) throws TlsException {
        ClientContext client = fixture()
                .clientBuilder()
                .alpnProtocols("h2", "http/1.1")
                .maximumVersion(version)
                .build();
        SSLEngine server = fixture().serverBuilder().alpnProtocols("h2").build().sslEngine();
        server.setHandshakeApplicationProtocolSelector((engine, offered) -> {
            asked.add(offered);
            return answer.equals("null") ? null : answer;
        });
        return new EnginePair(client.sslEngine(HOST, 443), server, Segmentation.none());
    }

    @Test
    default void rule15_9_aServerCanAskForTheApplicationProtocol() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (String answer : List.of("http/1.1", "")) {
                List<List<String>> asked = new ArrayList<>();
                EnginePair pair = asking(version, answer, asked);
                assertNull(pair.server().engine().getApplicationProtocol());
                assertTrue(pair.handshake());
                assertEquals(List.of(List.of("h2", "http/1.1")), asked);
                assertEquals(answer, pair.server().engine().getApplicationProtocol());
                assertEquals(answer, pair.client().engine().getApplicationProtocol());
            }
            for (String answer : List.of("spdy", "null")) {
                EnginePair pair = asking(version, answer, new ArrayList<>());
                assertEquals(
                        ErrorReason.NO_APPLICATION_PROTOCOL,
                        failure(pair, Role.SERVER).reason());
                assertEquals(ErrorReason.TLSV1_ALERT_NO_APPLICATION_PROTOCOL, peersReason(pair, Role.SERVER));
            }
        }
        SSLEngine client = fixture().clientBuilder().build().sslEngine(HOST, 443);
        assertThrows(
                UnsupportedOperationException.class,
                () -> client.setHandshakeApplicationProtocolSelector((engine, offered) -> "h2"));
    }
}
