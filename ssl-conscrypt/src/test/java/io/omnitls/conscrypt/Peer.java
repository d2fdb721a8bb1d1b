package io.omnitls.conscrypt;

import io.omnitls.spi.TlsEngine;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** One end of a connection in memory. It relies on an engine as the core does: on the SPI's promises, no more. */
final class Peer implements AutoCloseable {
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);
    private static final int SLACK = 16_384;
    /** Nothing in these tests takes so many steps: an engine that goes round in circles is a failure. */
    private static final int MAX_STEPS = 200;

    private final TlsEngine engine;
    private final ByteArrayOutputStream outbound = new ByteArrayOutputStream();
    private final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
    private byte[] inbound = new byte[0];
    private boolean begun;
    private boolean closeNotifyReceived;
    private Optional<SSLException> failure = Optional.empty();

    Peer(TlsEngine engine) {
        this.engine = engine;
    }

    /** Lets both ends talk until neither has anything to say. */
    static void connect(Peer one, Peer other) {
        for (int i = 0; i < MAX_STEPS; i++) {
            one.progress();
            other.progress();
            if (one.outbound.size() == 0 && other.outbound.size() == 0) {
                return;
            }
            other.feed(one.take());
            one.feed(other.take());
        }
        throw new AssertionError("the connection never comes to rest");
    }

    TlsEngine engine() {
        return engine;
    }

    SSLSession session() {
        return engine.sslEngine().getSession();
    }

    boolean open() {
        return failure.isEmpty() && engine.sslEngine().getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    boolean closeNotifyReceived() {
        return closeNotifyReceived;
    }

    /** What made this end fail, which it must have done. */
    SSLException failure() {
        return failure.orElseThrow(() -> new AssertionError("nothing has failed"));
    }

    Optional<SSLException> maybeFailure() {
        return failure;
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
    String leftover() {
        return new String(inbound, StandardCharsets.ISO_8859_1);
    }

    byte[] received() {
        byte[] bytes = plaintext.toByteArray();
        plaintext.reset();
        return bytes;
    }

    void send(byte[] data) throws SSLException {
        ByteBuffer source = ByteBuffer.wrap(data);
        while (source.hasRemaining()) {
            if (!wrap(source)) {
                throw new SSLException("the engine takes no more data");
            }
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
            for (int i = 0; i < MAX_STEPS && step(); i++) {
                // Each turn is one record, in or out.
            }
        } catch (SSLException e) {
            failure = Optional.of(e);
            drainAlert();
        }
    }

    private boolean step() throws SSLException {
        if (failure.isPresent()) {
            return false;
        }
        if (engine.sslEngine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrap(NO_DATA)) {
            return true;
        }
        return !closeNotifyReceived && inbound.length >= 5 && inbound.length >= 5 + length() && unwrap();
    }

    private int length() {
        return ((inbound[3] & 0xff) << 8) | (inbound[4] & 0xff);
    }

    private boolean unwrap() throws SSLException {
        ByteBuffer target = ByteBuffer.allocate(session().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(ByteBuffer.wrap(inbound, 0, 5 + length()), new ByteBuffer[] {target});
        if (result.getStatus() != Status.OK && (result.getStatus() != Status.CLOSED || target.position() > 0)) {
            throw new AssertionError("the record was whole and there was room: " + result);
        }
        closeNotifyReceived = result.getStatus() == Status.CLOSED;
        inbound = Arrays.copyOfRange(inbound, result.bytesConsumed(), inbound.length);
        plaintext.write(target.array(), 0, target.position());
        return true;
    }

    private boolean wrap(ByteBuffer source) throws SSLException {
        ByteBuffer target = ByteBuffer.allocate(session().getPacketBufferSize() + SLACK);
        SSLEngineResult result = engine.wrap(source, target);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new AssertionError("the room that the SPI promises is too small: " + result);
        }
        outbound.write(target.array(), 0, target.position());
        return target.position() > 0;
    }

    private void drainAlert() {
        try {
            while (!engine.sslEngine().isOutboundDone() && wrap(NO_DATA)) {
                // Each turn makes one record.
            }
        } catch (SSLException unexpected) {
            throw new AssertionError("an alert should have come", unexpected);
        }
    }

    @Override
    public void close() {
        engine.release();
    }
}
