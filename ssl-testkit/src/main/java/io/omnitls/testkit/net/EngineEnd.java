package io.omnitls.testkit.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * An {@link SSLEngine}, whoever made it, driven by the letter of its documentation; what came for it and was not unwrapped yet
 * stands in a queue.
 */
public final class EngineEnd {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final List<String> trace = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();
    private Consumer<Runnable> executor = Runnable::run;
    private ByteBuffer arrived = ByteBuffer.allocate(0);
    private Optional<SSLException> failure = Optional.empty();

    /** An end that nobody has driven yet. */
    public EngineEnd(SSLEngine engine) {
        this.engine = engine;
    }

    public SSLEngine engine() {
        return engine;
    }

    /** Runs delegated tasks from now on; it returns when one is done. */
    public void runTasksOn(Consumer<Runnable> executor) {
        this.executor = executor;
    }

    /** What the calls of wrap and unwrap have answered, in order: the call, the status, and the status of the handshake. */
    public List<String> trace() {
        return trace;
    }

    /** What the first call failed with that did. */
    public Optional<SSLException> failure() {
        return failure;
    }

    /** The decrypted data so far. */
    public byte[] received() {
        int size = data.stream().mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        data.forEach(all::put);
        return all.array();
    }

    /** Puts bytes of the peer's into the queue. */
    public void arrive(byte[] bytes) {
        ByteBuffer all = ByteBuffer.allocate(arrived.remaining() + bytes.length);
        all.put(arrived).put(bytes).flip();
        arrived = all;
    }

    /** What came and was not unwrapped. */
    public ByteBuffer arrived() {
        return arrived;
    }

    /**
     * Does what the engine's status asks for, once, or unwraps what came when it asks for nothing.
     *
     * @return what has to be sent to the peer; empty when nothing could be done, or nothing has to be sent
     */
    public Optional<byte[]> step() {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                executor.accept(task);
            }
            return Optional.of(new byte[0]);
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            return Optional.of(wrap(NOTHING));
        }
        return arrived.hasRemaining() && !engine.isInboundDone() && unwrap() != Status.BUFFER_UNDERFLOW
                ? Optional.of(new byte[0])
                : Optional.empty();
    }

    /** Wraps once from {@code source}. */
    public byte[] wrap(ByteBuffer source) {
        ByteBuffer target = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        try {
            note("wrap", engine.wrap(source, target));
        } catch (SSLException e) {
            failed("wrap", e);
        }
        byte[] record = new byte[target.flip().remaining()];
        target.get(record);
        return record;
    }

    private Status unwrap() {
        ByteBuffer target = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize() + 400);
        try {
            SSLEngineResult result = engine.unwrap(arrived, target);
            note("unwrap", result);
            byte[] part = new byte[target.flip().remaining()];
            target.get(part);
            data.add(part);
            return result.getStatus();
        } catch (SSLException e) {
            failed("unwrap", e);
            return Status.CLOSED;
        }
    }

    private void note(String call, SSLEngineResult result) {
        if (result.getStatus() != Status.BUFFER_UNDERFLOW) { // which depends on how the bytes came
            trace.add(call + " " + result.getStatus() + " " + result.getHandshakeStatus());
        }
    }

    private void failed(String call, SSLException e) {
        trace.add(call + " threw");
        if (failure.isEmpty()) {
            boolean inHandshake = e instanceof SSLHandshakeException;
            failure = Optional.of(inHandshake && e.getCause() instanceof SSLException ours ? ours : e);
        }
    }
}
