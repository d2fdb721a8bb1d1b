package io.omnitls.testkit.net;

import io.omnitls.protocol.Role;
import io.omnitls.testkit.net.BioPair.Segmentation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** Two engines, ours or others', and what carries their records from one to the other in pieces of any size. */
public final class EnginePair {
    private static final int MAX_TURNS = 1_000_000;

    private final EngineEnd client;
    private final EngineEnd server;
    private final ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
    private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
    private final Segmentation pieces;

    /** Connects two engines whose modes are set. */
    public EnginePair(SSLEngine client, SSLEngine server, Segmentation pieces) {
        this.client = new EngineEnd(client);
        this.server = new EngineEnd(server);
        this.pieces = pieces;
    }

    public EngineEnd client() {
        return client;
    }

    public EngineEnd server() {
        return server;
    }

    public EngineEnd end(Role role) {
        return role == Role.CLIENT ? client : server;
    }

    /** Drives both until neither has anything to do; whether both have completed the handshake and none has failed. */
    public boolean handshake() throws Exception {
        client.engine().beginHandshake();
        server.engine().beginHandshake();
        settle();
        return client.failure().isEmpty() && server.failure().isEmpty() && complete(client) && complete(server);
    }

    private static boolean complete(EngineEnd end) {
        return !end.engine().getSession().getCipherSuite().equals("SSL_NULL_WITH_NULL_NULL");
    }

    /** Drives both until neither has anything to do. */
    public void settle() {
        for (int turn = 0; turn < MAX_TURNS; turn++) {
            boolean moved = move(client, server);
            if (!move(server, client) && !moved) {
                return;
            }
        }
        throw new AssertionError("the engines come to no end: " + client.trace() + server.trace());
    }

    private boolean move(EngineEnd from, EngineEnd to) {
        Optional<byte[]> sent = from.step();
        sent.ifPresent(outbox(from)::writeBytes);
        boolean something = sent.isPresent() || outbox(from).size() > 0;
        carry(from, to);
        return something;
    }

    private ByteArrayOutputStream outbox(EngineEnd end) {
        return end == client ? fromClient : fromServer;
    }

    private void carry(EngineEnd from, EngineEnd to) {
        byte[] bytes = outbox(from).toByteArray();
        outbox(from).reset();
        deliver(bytes, to);
    }

    /** Lets {@code bytes} arrive in pieces, between which the receiver does what it can. */
    private void deliver(byte[] bytes, EngineEnd to) {
        for (int at = 0; at < bytes.length; ) {
            int end = at + Math.min(bytes.length - at, pieces.next());
            to.arrive(Arrays.copyOfRange(bytes, at, end));
            at = end;
            if (at < bytes.length) {
                to.step().ifPresent(outbox(to)::writeBytes);
            }
        }
    }

    /** Sends {@code data} from one end to the other, and returns all that it has received. */
    public byte[] send(Role from, byte[] data) {
        ByteBuffer source = ByteBuffer.wrap(data);
        EngineEnd to = end(Link.peer(from));
        for (int turn = 0; source.hasRemaining() && turn < MAX_TURNS; turn++) {
            outbox(end(from)).writeBytes(end(from).wrap(source));
            carry(end(from), to);
        }
        settle();
        return to.received();
    }
}
