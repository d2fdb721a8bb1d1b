package io.omnitls.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsZeroReturnException;
import io.omnitls.internal.engine.EnginePump.Step;
import io.omnitls.protocol.TlsVersion;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** The pump against an engine that says what a test wrote down: no network, no cryptography, no time. */
class EnginePumpTest {
    private static final byte[] HELLO = {22, 3, 3, 0, 4, 0, 0, 0, 0}; // a message without a body
    private static final byte[] DATA = {23, 3, 3, 0, 3, 'a', 'b', 'c'};

    private final ScriptedEngine engine = new ScriptedEngine();
    private final ByteQueue inbound = new ByteQueue();
    private final ByteQueue outbound = new ByteQueue();
    private final EnginePump pump = new EnginePump(engine.endpoint(), inbound, outbound);

    @Test
    void aHandshakeGoesOnWhereItLackedInput() throws Exception {
        AtomicInteger tasks = new AtomicInteger();
        engine.sends(HELLO).takes().hasTask(tasks::incrementAndGet).sends(HELLO);
        assertEquals(Step.NEED_INPUT, pump.handshake());
        assertArrayEquals(HELLO, outbound.take(100));
        assertEquals(5, pump.missing());
        inbound.put(new byte[] {22, 3, 3, 0});
        assertEquals(Step.NEED_INPUT, pump.handshake());
        assertEquals(1, pump.missing());
        inbound.put(new byte[] {4});
        assertEquals(4, pump.missing());
        inbound.put(new byte[] {0, 0, 0, 0});
        assertEquals(Step.DONE, pump.handshake());
        assertEquals(1, tasks.get());
        assertEquals(1, engine.beginnings());
        assertArrayEquals(HELLO, outbound.take(100));
        assertTrue(engine.finished());
    }

    @Test
    void aReadTakesOneRecordAndKeepsWhatDoesNotFit() throws Exception {
        pump.observer().handshakeComplete(TlsVersion.TLS_1_2);
        engine.decrypts();
        inbound.put(DATA);
        ByteBuffer target = ByteBuffer.allocate(2);
        assertEquals(Step.DONE, pump.read(target));
        assertArrayEquals(new byte[] {'a', 'b'}, target.array());
        pump.tellPending();
        assertEquals(1, pump.pending());
        target.clear();
        assertEquals(Step.DONE, pump.read(target));
        assertEquals('c', target.get(0));
    }

    @Test
    void aLargeTargetIsFilledWithoutACopy() throws Exception {
        pump.observer().handshakeComplete(TlsVersion.TLS_1_2);
        engine.decrypts();
        inbound.put(DATA);
        ByteBuffer target = ByteBuffer.allocate(20_000);
        assertEquals(Step.DONE, pump.read(target));
        assertEquals(3, target.position());
        assertEquals(0, pump.pending());
    }

    @Test
    void closeNotifyIsTheEndAgainAndAgain() throws Exception {
        pump.observer().handshakeComplete(TlsVersion.TLS_1_2);
        engine.decrypts().findsCloseNotify();
        inbound.put(DATA);
        inbound.put(DATA);
        inbound.put(new byte[] {'p', 'l', 'a', 'i', 'n'});
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(Step.DONE, pump.read(target));
        assertEquals(Step.END, pump.read(target));
        assertEquals(Step.END, pump.read(target));
        assertArrayEquals("plain".getBytes(java.nio.charset.StandardCharsets.US_ASCII), inbound.take(10));
    }

    @Test
    void closeNotifyInTheHandshakeIsAFailure() {
        engine.line(
                ScriptedEngine.Call.UNWRAP,
                HandshakeStatus.NEED_UNWRAP,
                (source, target) -> new javax.net.ssl.SSLEngineResult(
                        javax.net.ssl.SSLEngineResult.Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, HELLO.length, 0));
        inbound.put(HELLO);
        assertThrows(TlsZeroReturnException.class, pump::handshake);
    }

    @Test
    void writingToAnEngineThatTakesNothingSaysThatThePeerIsGone() {
        ByteBuffer source = ByteBuffer.wrap(new byte[3]);
        assertThrows(TlsZeroReturnException.class, () -> pump.write(source, 1000));
        assertEquals(3, source.remaining());
    }

    @Test
    void whoComesByLateAsksNothingOfAnEngineThatWasReleased() throws Exception {
        pump.failed(new SSLException("broken"));
        assertTrue(pump.answerDue());
        pump.release();
        pump.answer();
        assertFalse(pump.answerDue());
        assertTrue(outbound.isEmpty());
    }

    @Test
    void theAlertOfAFailedEngineIsCollectedAndItsFailureExplained() throws Exception {
        byte[] alert = {21, 3, 3, 0, 2, 2, 40};
        SSLException failure = new SSLException("broken");
        engine.fails(ScriptedEngine.Call.UNWRAP, HandshakeStatus.NEED_UNWRAP, failure)
                .sends(alert);
        inbound.put(HELLO);
        SSLException thrown = assertThrows(SSLException.class, pump::handshake);
        pump.failed(thrown);
        assertTrue(pump.answerDue());
        pump.answer();
        assertFalse(pump.answerDue());
        assertArrayEquals(alert, outbound.take(100));
        TlsException explained = pump.explain(thrown);
        assertEquals(ErrorReason.INTERNAL_ERROR, explained.reason());
        assertEquals(40, explained.alert().orElseThrow().code());
    }

    @Test
    void whatIsNoRecordNeverReachesTheEngine() {
        inbound.put("HTTP/1.1 200 OK".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        TlsException failure = assertThrows(TlsException.class, () -> pump.read(ByteBuffer.allocate(10)));
        assertEquals(ErrorReason.WRONG_VERSION_NUMBER, failure.reason());
    }

    @Test
    void anAlertInTheClearIsTakenAtItsWord() {
        engine.takes();
        inbound.put(new byte[] {21, 3, 3, 0, 2, 2, 48});
        TlsException failure = assertThrows(TlsException.class, pump::handshake);
        assertEquals(ErrorReason.TLSV1_ALERT_UNKNOWN_CA, failure.reason());
        assertFalse(engine.finished(), "the engine was not asked");
    }

    @Test
    void theEngineIsReleasedOnce() {
        pump.release();
        pump.release();
        assertTrue(engine.released());
    }
}
