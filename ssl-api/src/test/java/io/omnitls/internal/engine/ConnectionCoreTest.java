package io.omnitls.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsWantWriteException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.VerifyMode;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** The core over a transport that takes a few bytes now and then: every record goes out once, whole and in its turn. */
class ConnectionCoreTest {
    private static final byte[] HELLO = {22, 3, 3, 0, 4, 0, 0, 0, 0}; // a message without a body
    private static final byte[] FINISHED = {22, 3, 3, 0, 1, 20};
    private static final byte[] DATA = {23, 3, 3, 0, 3, 'a', 'b', 'c'};
    private static final byte[] CLOSE_NOTIFY = {21, 3, 3, 0, 2, 1, 0};
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

    private final ScriptedEngine engine = new ScriptedEngine();
    private final NarrowTransport transport = new NarrowTransport();
    private final ConnectionCore core =
            ConnectionCore.client(engine::endpoint, transport, () -> ConnectionCore.RaggedEof.ERROR, Milestones.NONE);

    @Test
    void aHandshakeGoesOnSendingItsFlight() throws Exception {
        engine.sends(HELLO).takes().sends(FINISHED);
        assertThrows(TlsWantWriteException.class, this::handshake);
        transport.room = 4;
        assertThrows(TlsWantWriteException.class, this::handshake);
        transport.room = 100;
        assertThrows(TlsWantReadException.class, this::handshake);
        assertArrayEquals(HELLO, transport.sent());
        transport.arrives(HELLO);
        transport.room = 5;
        assertThrows(TlsWantWriteException.class, this::handshake);
        assertFalse(core.facts().isPresent(), "the peer has not heard the end of it");
        transport.room = 1;
        handshake();
        assertTrue(core.facts().isPresent());
        assertArrayEquals(FINISHED, transport.sent());
        assertTrue(engine.finished());
    }

    @Test
    void aPeerThatNobodyHasJudgedIsRefusedWhateverItSent() {
        ConnectionCore demanding = ConnectionCore.client(
                () -> engine.endpoint(VerifyMode.REQUIRED),
                transport,
                () -> ConnectionCore.RaggedEof.ERROR,
                Milestones.NONE);
        engine.sends(HELLO).takes().sends(FINISHED).closesWith(CLOSE_NOTIFY);
        transport.room = 100;
        transport.arrives(HELLO);
        TlsCertificateVerificationException refusal =
                assertThrows(TlsCertificateVerificationException.class, () -> demanding.handshake(Deadline.NONE));
        assertEquals(VerifyCode.INVALID_CALL, refusal.verifyCode());
        assertFalse(demanding.facts().isPresent());
        transport.skip(HELLO.length + FINISHED.length);
        assertArrayEquals(CLOSE_NOTIFY, transport.sent());
    }

    @Test
    void whatAWriteTookIsSentOnceByWhateverComesNext() throws Exception {
        open();
        engine.encrypts();
        transport.room = 2;
        ByteBuffer source = ByteBuffer.wrap(new byte[] {'a', 'b', 'c'});
        assertEquals(3, core.write(source, Deadline.NONE));
        assertFalse(core.flush());
        source.clear();
        assertThrows(TlsWantWriteException.class, () -> core.write(source, Deadline.NONE));
        assertEquals(3, source.remaining(), "nothing was taken");
        transport.room = 1;
        assertEquals(0, core.write(ByteBuffer.allocate(0), Deadline.NONE));
        transport.room = 2;
        assertThrows(TlsWantReadException.class, () -> core.read(ByteBuffer.allocate(10), Deadline.NONE));
        transport.room = 2;
        assertFalse(core.flush());
        transport.room = 2;
        assertTrue(core.flush());
        assertTrue(core.flush());
        assertArrayEquals(DATA, transport.sent());
    }

    @Test
    void closeNotifyIsMadeOnceAndSentInPieces() throws Exception {
        open();
        engine.closesWith(CLOSE_NOTIFY).findsCloseNotify();
        transport.room = 3;
        assertThrows(TlsWantWriteException.class, () -> core.closeOutbound(Deadline.NONE));
        transport.room = 3;
        assertThrows(TlsWantWriteException.class, () -> core.shutdown(Deadline.NONE));
        transport.room = 3;
        assertThrows(TlsWantReadException.class, () -> core.shutdown(Deadline.NONE));
        assertArrayEquals(CLOSE_NOTIFY, transport.sent());
        transport.arrives(CLOSE_NOTIFY);
        transport.arrives('p');
        core.shutdown(Deadline.NONE);
        assertArrayEquals(new byte[] {'p'}, core.leftover());
        assertTrue(engine.finished());
    }

    @Test
    void theAlertOfAFailureIsSentToItsEnd() throws Exception {
        engine.sends(HELLO)
                .fails(ScriptedEngine.Call.UNWRAP, HandshakeStatus.NEED_UNWRAP, new SSLException("broken"))
                .sends(ALERT);
        transport.room = HELLO.length + 2;
        transport.arrives(HELLO);
        TlsException failure = assertThrows(TlsException.class, this::handshake);
        transport.room = 100;
        assertTrue(core.flush());
        transport.skip(HELLO.length);
        assertArrayEquals(ALERT, transport.sent());
        TlsException again = assertThrows(TlsException.class, this::handshake);
        assertNotSame(failure, again);
        assertSame(failure, again.getCause());
        assertEquals(failure.getMessage(), again.getMessage());
    }

    @Test
    void closingTriesToSendWhatIsLeft() throws Exception {
        open();
        engine.closesWith(CLOSE_NOTIFY);
        transport.room = 3;
        assertThrows(TlsWantWriteException.class, () -> core.closeOutbound(Deadline.NONE));
        transport.room = 100;
        core.close();
        assertArrayEquals(CLOSE_NOTIFY, transport.sent());
    }

    @Test
    void recordsThatWereReceivedAheadArePending() throws Exception {
        open();
        engine.decrypts().decrypts();
        assertFalse(core.hasPending());
        transport.arrives(DATA);
        transport.arrives(DATA);
        assertFalse(core.hasPending(), "the transport knows of them");
        assertEquals(1, core.read(ByteBuffer.allocate(1), Deadline.NONE));
        assertTrue(core.hasPending());
        assertEquals(2, core.read(ByteBuffer.allocate(10), Deadline.NONE));
        assertEquals(0, core.pending());
        assertTrue(core.hasPending(), "a record is there that the transport knows nothing of any more");
        assertEquals(3, core.read(ByteBuffer.allocate(10), Deadline.NONE));
        assertFalse(core.hasPending());
    }

    private void handshake() throws Exception {
        core.handshake(Deadline.NONE);
    }

    private void open() throws Exception {
        engine.sends(HELLO).takes();
        transport.room = HELLO.length;
        transport.arrives(HELLO);
        handshake();
        transport.skip(HELLO.length);
    }
}
