package io.omnitls.benchmarks.peers;

import java.io.Closeable;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Two engines in memory, the backend's own or ours, driven as well as can be: buffers that are used again, one wrap for a record, and an unwrap
 * into a buffer that has room for it.
 */
public final class EnginePair implements Closeable {
    private static final int MOST_STEPS = 100;
    private static final int HTTPS = 443;

    private final Backend backend;
    private final SSLEngine client;
    private final SSLEngine server;
    private final Scratch scratch;
    private int fromServer;

    private EnginePair(Backend backend, SSLEngine client, SSLEngine server, Scratch scratch) {
        this.backend = backend;
        this.client = client;
        this.server = server;
        this.scratch = scratch;
    }

    /** A full handshake. */
    public static EnginePair full(BareContexts contexts, Scratch scratch) throws SSLException {
        return handshaken(contexts, contexts.clientEngine(), scratch);
    }

    /** A full handshake of what OmniTLS has in the place of the backend's engines. */
    public static EnginePair full(Backend backend, OurContexts contexts, Scratch scratch) throws SSLException {
        return handshaken(new EnginePair(
                backend,
                contexts.client().sslEngine(Identity.HOST, HTTPS),
                contexts.server().sslEngine(),
                scratch));
    }

    /** A handshake that resumes what the last one of this kind began. */
    public static EnginePair resuming(BareContexts contexts, Scratch scratch) throws SSLException {
        return handshaken(contexts, contexts.clientEngine(65_000), scratch);
    }

    private static EnginePair handshaken(BareContexts contexts, SSLEngine client, Scratch scratch) throws SSLException {
        return handshaken(new EnginePair(contexts.backend(), client, contexts.serverEngine(), scratch));
    }

    private static EnginePair handshaken(EnginePair pair) throws SSLException {
        pair.handshake();
        return pair;
    }

    private void handshake() throws SSLException {
        scratch.toServer.clear();
        scratch.toClient.clear();
        client.beginHandshake();
        server.beginHandshake();
        for (int i = 0; i < MOST_STEPS; i++) {
            step(client, scratch.toClient, scratch.toServer);
            step(server, scratch.toServer, scratch.toClient);
            fromServer += scratch.toClient.position();
            if (scratch.toServer.position() == 0 && scratch.toClient.position() == 0 && done(client) && done(server)) {
                return;
            }
        }
        throw new SSLException("the handshake does not end");
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    /** As far as it goes with what {@code in} has; both buffers are in the state to be written to, before and after. */
    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        in.flip();
        for (boolean moved = true; moved; ) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> moved = engine.wrap(Scratch.NOTHING, out).bytesProduced() > 0;
                case NEED_TASK -> engine.getDelegatedTask().run();
                default -> {
                    scratch.plain.clear();
                    moved = in.hasRemaining()
                            && engine.unwrap(in, scratch.plain).bytesConsumed() > 0;
                }
            }
        }
        in.compact();
    }

    /** How many bytes the server needed for its part of the handshake. */
    public int fromServer() {
        return fromServer;
    }

    /** From the client to the server: all of {@code source}, into {@code target}, which has room for whole records. */
    public void send(ByteBuffer source, ByteBuffer target) throws SSLException {
        pass(client, source, server, target);
    }

    /** From the server to the client, and with it what the server still has to say of the handshake. */
    public void answer(ByteBuffer source, ByteBuffer target) throws SSLException {
        pass(server, source, client, target);
    }

    private void pass(SSLEngine from, ByteBuffer source, SSLEngine to, ByteBuffer target) throws SSLException {
        ByteBuffer wire = scratch.toServer;
        while (source.hasRemaining()) {
            wire.clear();
            check(from.wrap(source, wire));
            wire.flip();
            while (wire.hasRemaining()) {
                check(to.unwrap(wire, target));
            }
        }
    }

    private static void check(SSLEngineResult result) throws SSLException {
        if (result.getStatus() != SSLEngineResult.Status.OK) {
            throw new SSLException("a bare engine wants something else: " + result);
        }
    }

    /** Leaves both engines. */
    @Override
    public void close() throws SSLException {
        backend.discard(client, scratch);
        backend.discard(server, scratch);
    }
}
