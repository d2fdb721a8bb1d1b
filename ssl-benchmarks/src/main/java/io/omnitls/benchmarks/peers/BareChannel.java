package io.omnitls.benchmarks.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * A bare engine over a channel, as one writes it who knows what the channel does: buffers that all connections of a thread
 * share, and a copy only of a record that has not arrived in full.
 */
final class BareChannel implements End {

    private final Backend backend;
    private final ByteChannel transport;
    private final SSLEngine engine;
    private final Scratch scratch;
    private ByteBuffer left = Scratch.NOTHING;

    BareChannel(Backend backend, ByteChannel transport, SSLEngine engine, Scratch scratch) throws IOException {
        this.backend = backend;
        this.transport = transport;
        this.engine = engine;
        this.scratch = scratch;
        engine.beginHandshake();
    }

    @Override
    public boolean handshake() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(Scratch.NOTHING);
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_UNWRAP -> {
                    if (!unwrapOne()) {
                        return false;
                    }
                }
                default -> {
                    return true;
                }
            }
        }
    }

    /** A message of the handshake; false when it is not there. */
    private boolean unwrapOne() throws IOException {
        ByteBuffer in = receive();
        scratch.plain.clear();
        SSLEngineResult result = engine.unwrap(in, scratch.plain);
        keep(in);
        if (result.getStatus() == Status.CLOSED) {
            throw new IOException("the peer closed in the handshake");
        }
        return result.getStatus() == Status.OK;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        ByteBuffer in = receive();
        int before = target.position();
        while (in.hasRemaining()) {
            Status status = engine.unwrap(in, target).getStatus();
            if (status == Status.CLOSED) {
                return -1;
            }
            if (status != Status.OK) {
                break;
            }
        }
        keep(in);
        return target.position() - before;
    }

    /** What was left and what the channel has. */
    private ByteBuffer receive() throws IOException {
        ByteBuffer in = scratch.toClient;
        in.clear();
        if (left.hasRemaining()) {
            in.put(left);
            left = Scratch.NOTHING;
        }
        if (transport.read(in) < 0) {
            throw new IOException("the peer is gone");
        }
        return in.flip();
    }

    private void keep(ByteBuffer in) {
        if (in.hasRemaining()) {
            left = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
    }

    @Override
    public boolean hasPending() {
        return left.hasRemaining();
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            wrap(source);
        }
    }

    private void wrap(ByteBuffer source) throws IOException {
        ByteBuffer out = scratch.toServer;
        out.clear();
        SSLEngineResult result = engine.wrap(source, out);
        if (result.getStatus() != Status.OK) {
            throw new IOException("a bare engine wants something else: " + result);
        }
        out.flip();
        while (out.hasRemaining()) {
            if (transport.write(out) == 0) {
                throw new IOException("the channel takes no more");
            }
        }
    }

    @Override
    public void close() throws IOException {
        backend.discard(engine, scratch);
        transport.close();
    }
}
