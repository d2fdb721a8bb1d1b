package io.omnitls.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.internal.engine.ScriptedEngine.Call;
import io.omnitls.protocol.AlertDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown, and wherever: the connection has failed, the peer hears of it, and nobody spins or is thrown twice. */
@Timeout(20)
class FailedConnectionTest {
    private static final byte[] HELLO = {22, 3, 3, 0, 4, 0, 0, 0, 0}; // a message without a body
    private static final byte[] INTERNAL_ERROR = {21, 3, 3, 0, 2, 2, 80};

    private final ScriptedEngine engine = new ScriptedEngine();
    private final NarrowTransport transport = new NarrowTransport();
    private final ConnectionCore core =
            ConnectionCore.client(engine::endpoint, transport, () -> ConnectionCore.RaggedEof.ERROR, Milestones.NONE);

    static List<Supplier<Throwable>> anything() {
        return List.of(
                () -> new IllegalStateException("mine"),
                () -> new NullPointerException(),
                StackOverflowError::new,
                () -> new OutOfMemoryError("none left"),
                () -> new NoClassDefFoundError("gone/Missing"),
                () -> new AssertionError("mine"),
                () -> new IOException("a checked one, past the compiler"));
    }

    @ParameterizedTest
    @MethodSource("anything")
    void inATask(Supplier<Throwable> thrown) {
        transport.room = 100;
        Throwable cause = thrown.get();
        engine.hasTask(() -> sneak(cause));
        assertFailedBy(cause);
    }

    @ParameterizedTest
    @MethodSource("anything")
    void inACallOfTheEngine(Supplier<Throwable> thrown) {
        transport.room = 100;
        Throwable cause = thrown.get();
        engine.line(Call.UNWRAP, HandshakeStatus.NEED_UNWRAP, (source, target) -> sneak(cause));
        transport.arrives(HELLO);
        assertFailedBy(cause);
    }

    /** SunJSSE of JDK 17: it keeps what the task threw, and asks for a record that the peer does not owe. */
    @ParameterizedTest
    @MethodSource("anything")
    void keptForTheNextCallAfterATask(Supplier<Throwable> thrown) {
        transport.room = 100;
        Throwable cause = thrown.get();
        engine.hasTask(() -> {}).line(Call.UNWRAP, HandshakeStatus.NEED_UNWRAP, (source, target) -> {
            assertEquals(0, source.remaining());
            return sneak(cause);
        });
        assertFailedBy(cause);
    }

    @ParameterizedTest
    @MethodSource("anything")
    void whereTheClientHelloIsAnswered(Supplier<Throwable> thrown) {
        int[] asked = {0};
        Throwable cause = thrown.get();
        ConnectionCore server = ConnectionCore.server(
                hello -> {
                    asked[0]++;
                    return sneak(cause);
                },
                transport,
                () -> ConnectionCore.RaggedEof.ERROR,
                Milestones.NONE);
        transport.room = 100;
        transport.arrives(clientHello());
        Throwable first = assertThrows(Throwable.class, () -> server.handshake(Deadline.NONE));
        assertTrue(first == cause || chain(first, cause), () -> "not " + first);
        TlsException again = assertThrows(TlsException.class, () -> server.handshake(Deadline.NONE));
        assertTrue(chain(again, cause));
        assertEquals(1, asked[0]);
        assertEquals(AlertDescription.HANDSHAKE_FAILURE.code(), transport.sent()[6]);
    }

    /** A ClientHello of TLS 1.2 that offers one suite. */
    private static byte[] clientHello() {
        byte[] record = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
        byte[] headers = {22, 3, 1, 0, (byte) (record.length - 5), 1, 0, 0, (byte) (record.length - 9), 3, 3};
        System.arraycopy(headers, 0, record, 0, headers.length);
        byte[] rest = {0, 0, 2, (byte) 0xc0, 0x2f, 1, 0};
        System.arraycopy(rest, 0, record, record.length - rest.length, rest.length);
        return record;
    }

    private void assertFailedBy(Throwable cause) {
        Throwable first = assertThrows(Throwable.class, () -> core.handshake(Deadline.NONE));
        if (cause instanceof Error) {
            assertSame(cause, first, "an Error is not hidden");
        } else {
            assertInstanceOf(TlsException.class, first);
            assertTrue(chain(first, cause));
        }
        assertArrayEquals(INTERNAL_ERROR, transport.sent());
        assertTrue(engine.finished(), "the engine is asked no more");
        for (int i = 0; i < 2; i++) {
            TlsException again =
                    assertThrows(TlsException.class, () -> core.read(ByteBuffer.allocate(1), Deadline.NONE));
            assertTrue(chain(again, cause));
            assertNotSame(first, again);
            assertFalse(String.valueOf(again.getMessage()).endsWith("null"), again.getMessage());
        }
    }

    private static boolean chain(Throwable from, Throwable to) {
        for (Throwable cause = from.getCause(); cause != null; cause = cause.getCause()) {
            if (cause == to) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <R, T extends Throwable> R sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void anEngineThatAsksForTheSameAgainAndAgainIsNotFollowed() {
        for (int i = 0; i < 1000; i++) {
            engine.hasTask(() -> {});
        }
        assertThrows(AssertionError.class, () -> core.handshake(Deadline.NONE));
        assertThrows(TlsException.class, () -> core.handshake(Deadline.NONE));
    }

    @Test
    void aPeerThatDripsItsRecordIsNoSuchEngine() throws Exception {
        engine.sends(HELLO).takes();
        transport.room = 100;
        byte[] record = new byte[1000];
        byte[] headers = {22, 3, 3, 3, (byte) (0xe8 - 5), 0, 0, 3, (byte) (0xe8 - 9)};
        System.arraycopy(headers, 0, record, 0, headers.length);
        for (byte one : record) {
            assertThrows(TlsWantReadException.class, () -> core.handshake(Deadline.NONE));
            transport.arrives(one);
        }
        core.handshake(Deadline.NONE);
        assertTrue(core.facts().isPresent());
    }

    @Test
    void aFailureIsThrownOnceAndThenSaidAgain() throws Exception {
        transport.room = 100;
        engine.sends(HELLO).takes();
        transport.arrives(HELLO);
        core.handshake(Deadline.NONE);
        transport.end();
        TlsException first =
                assertThrows(TlsEofException.class, () -> core.read(ByteBuffer.allocate(1), Deadline.NONE));
        TlsException again =
                assertThrows(TlsEofException.class, () -> core.write(ByteBuffer.allocate(1), Deadline.NONE));
        TlsException third = assertThrows(TlsEofException.class, () -> core.shutdown(Deadline.NONE));
        assertSame(first, again.getCause());
        assertSame(first, third.getCause());
        first.addSuppressed(again); // what a try-with-resources does
        again.addSuppressed(third);
        assertEquals(first.getMessage(), third.getMessage());
    }

    @Test
    void wantReadIsNeverTheOneThatWasThrownBefore() throws Exception {
        transport.room = 100;
        engine.sends(HELLO).takes();
        transport.arrives(HELLO);
        core.handshake(Deadline.NONE);
        TlsWantReadException last = assertThrows(TlsWantReadException.class, this::read);
        for (int i = 0; i < 40; i++) {
            TlsWantReadException next = assertThrows(TlsWantReadException.class, this::read);
            assertNotSame(last, next);
            last.addSuppressed(next);
            assertEquals(0, last.getSuppressed().length, "it is everybody's and keeps nothing");
            last = next;
        }
    }

    private void read() throws IOException {
        core.read(ByteBuffer.allocate(1), Deadline.NONE);
    }

    @Test
    void aCallbackCannotUseItsOwnConnection() {
        transport.room = 100;
        engine.hasTask(() -> {
                    assertTrue(core.inCallback());
                    ByteBuffer one = ByteBuffer.allocate(1);
                    assertThrows(IllegalStateException.class, () -> core.read(one, Deadline.NONE));
                    assertThrows(IllegalStateException.class, () -> core.write(one, Deadline.NONE));
                    assertThrows(IllegalStateException.class, () -> core.handshake(Deadline.NONE));
                    assertThrows(IllegalStateException.class, () -> core.shutdown(Deadline.NONE));
                    assertThrows(IllegalStateException.class, () -> core.closeOutbound(Deadline.NONE));
                    assertThrows(IllegalStateException.class, core::flush);
                    assertEquals(0, core.pending());
                    assertFalse(core.hasPending());
                })
                .sends(HELLO);
        assertFalse(core.inCallback());
        try {
            core.handshake(Deadline.NONE);
        } catch (IOException e) {
            throw new AssertionError("the connection is none the worse for it", e);
        }
    }

    @Test
    void closingInACallbackTakesEffectWhenItReturns() {
        transport.room = 100;
        engine.hasTask(() -> {
                    try {
                        core.close();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    assertEquals(0, transport.closed, "not yet");
                })
                .sends(HELLO);
        TlsException end = assertThrows(TlsException.class, () -> core.handshake(Deadline.NONE));
        assertEquals(ErrorReason.PROTOCOL_IS_SHUTDOWN, end.reason());
        assertEquals(1, transport.closed);
        assertTrue(engine.released());
        assertEquals(0, transport.sent().length, "the peer must not think that the handshake went on");
    }

    @Test
    void shutdownInTheHandshakeHasOpenSslsReason() {
        assertEquals(
                ErrorReason.SHUTDOWN_WHILE_IN_INIT,
                assertThrows(TlsException.class, () -> core.shutdown(Deadline.NONE))
                        .reason());
        engine.sends(HELLO).takes();
        transport.room = 100;
        assertThrows(TlsWantReadException.class, () -> core.handshake(Deadline.NONE));
        assertEquals(
                ErrorReason.SHUTDOWN_WHILE_IN_INIT,
                assertThrows(TlsException.class, () -> core.shutdown(Deadline.NONE))
                        .reason());
    }
}
