package io.omnitls.bcfips;

import io.omnitls.spi.TlsEngine;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** One end of a connection in memory. It relies on an engine as the core does: on what SSLEngine promises, no more. */
final class TestPeer {
    private static final int ROOM = 64 * 1024;
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    /** Nothing in these tests takes so many steps: an engine that goes round in circles is a failure. */
    private static final int MAX_STEPS = 200;

    private final TlsEngine engine;
    private final ByteArrayOutputStream outbound = new ByteArrayOutputStream();
    private final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
    private final List<String> calls = new ArrayList<>();
    private byte[] inbound = new byte[0];
    private boolean begun;
    private boolean closeNotifyReceived;
    private Optional<SSLException> failure = Optional.empty();

    TestPeer(TlsEngine engine) {
        this.engine = engine;
    }

    /** Connects two ends, as far as they get. */
    static void connect(TestPeer client, TestPeer server) {
        for (int i = 0; i < MAX_STEPS; i++) {
            client.progress();
            server.progress();
            if (client.outbound.size() == 0 && server.outbound.size() == 0) {
                return;
            }
            server.feed(client.take());
            client.feed(server.take());
        }
        throw new AssertionError("the connection never comes to rest");
    }

    TlsEngine engine() {
        return engine;
    }

    SSLSession session() {
        return engine.sslEngine().getSession();
    }

    /** The engine's calls that failed, in order: wrap or unwrap. */
    List<String> failedCalls() {
        return List.copyOf(calls);
    }

    Optional<SSLException> failure() {
        return failure;
    }

    /** What made this end fail, which it must have done. */
    SSLException failed() {
        return failure.orElseThrow(() -> new AssertionError("nothing has failed"));
    }

    boolean handshaking() {
        return engine.sslEngine().getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    boolean closeNotifyReceived() {
        return closeNotifyReceived;
    }

    void feed(byte[] bytes) {
        int before = inbound.length;
        inbound = Arrays.copyOf(inbound, before + bytes.length);
        System.arraycopy(bytes, 0, inbound, before, bytes.length);
    }

    byte[] take() {
        byte[] bytes = outbound.toByteArray();
        outbound.reset();
        return bytes;
    }

    /** What came that is no TLS any more. */
    byte[] leftover() {
        return inbound.clone();
    }

    String received() {
        String text = plaintext.toString(StandardCharsets.ISO_8859_1);
        plaintext.reset();
        return text;
    }

    void send(String text) throws SSLException {
        ByteBuffer source = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (source.hasRemaining()) {
            wrap(source);
        }
    }

    void closeOutbound() throws SSLException {
        engine.closeOutbound();
        while (!engine.sslEngine().isOutboundDone() && wrap(NO_DATA)) {
            // Each turn makes one record.
        }
    }

    /** Goes on until the peer has to speak. */
    void progress() {
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            for (int i = 0; i < MAX_STEPS; i++) {
                if (!step()) {
                    return;
                }
            }
            throw new AssertionError("the engine goes round in circles");
        } catch (SSLException e) {
            if (failure.isEmpty()) {
                failure = Optional.of(e);
                drainAlert();
            }
        }
    }

    private boolean step() throws SSLException {
        if (failure.isPresent() || closeNotifyReceived) {
            return false;
        }
        if (engine.sslEngine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            return wrap(NO_DATA);
        }
        return inbound.length >= 5 && inbound.length >= 5 + length() && unwrap();
    }

    private int length() {
        return ((inbound[3] & 0xff) << 8) | (inbound[4] & 0xff);
    }

    private boolean unwrap() throws SSLException {
        ByteBuffer source = ByteBuffer.wrap(inbound, 0, 5 + length());
        ByteBuffer target = ByteBuffer.allocate(session().getApplicationBufferSize());
        SSLEngineResult result;
        try {
            result = engine.unwrap(source, new ByteBuffer[] {target});
        } catch (SSLException e) {
            calls.add("unwrap");
            throw e;
        }
        if (result.getStatus() != Status.OK && result.getStatus() != Status.CLOSED) {
            throw new AssertionError("the record was whole and there was room: " + result);
        }
        closeNotifyReceived = result.getStatus() == Status.CLOSED;
        inbound = Arrays.copyOfRange(inbound, result.bytesConsumed(), inbound.length);
        plaintext.write(target.array(), 0, target.position());
        return true;
    }

    private boolean wrap(ByteBuffer source) throws SSLException {
        ByteBuffer target = ByteBuffer.allocate(ROOM);
        try {
            SSLEngineResult result = engine.wrap(source, target);
            return target.position() > 0 || result.bytesConsumed() > 0;
        } catch (SSLException e) {
            calls.add("wrap");
            throw e;
        } finally {
            outbound.write(target.array(), 0, target.position());
        }
    }

    private void drainAlert() {
        try {
            // As the core does: the backend may think that it has said all, when its last word is held back.
            for (int i = 0; i < 4 && wrap(NO_DATA); i++) {
                // Each turn makes one record.
            }
        } catch (SSLException unexpected) {
            throw new AssertionError("an alert should have come", unexpected);
        }
    }
}
