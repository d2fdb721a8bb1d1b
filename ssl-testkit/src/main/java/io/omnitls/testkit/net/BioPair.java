package io.omnitls.testkit.net;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.TlsBioConnection;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.Role;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A client and a server in memory, on one thread, with a wire between them that carries the bytes in whatever pieces a
 * test wants.
 */
public final class BioPair implements Closeable {
    private static final int MAX_TURNS = 1_000_000;

    private final MemoryBio clientIn = new MemoryBio();
    private final MemoryBio clientOut = new MemoryBio();
    private final MemoryBio serverIn = new MemoryBio();
    private final MemoryBio serverOut = new MemoryBio();
    private final TlsBioConnection client;
    private final TlsBioConnection server;
    private final Segmentation segmentation;
    private Optional<Pcap> recording = Optional.empty();

    /** The failures that ended a handshake; both empty when it was completed. */
    public record Outcome(Optional<TlsException> client, Optional<TlsException> server) {
        /** Whether both ends completed the handshake. */
        public boolean completed() {
            return client.isEmpty() && server.isEmpty();
        }
    }

    /** Connects two contexts; the client wants to reach {@code serverName}. */
    public BioPair(ClientContext client, ServerContext server, String serverName, Segmentation segmentation)
            throws TlsException {
        this(client, server, ConnectionOptions.serverName(serverName), segmentation);
    }

    /** Connects two contexts; the client's end has these options. */
    public BioPair(ClientContext client, ServerContext server, ConnectionOptions options, Segmentation segmentation)
            throws TlsException {
        this.client = client.wrapBio(clientIn, clientOut, options);
        this.server = server.wrapBio(serverIn, serverOut);
        this.segmentation = segmentation;
    }

    public TlsBioConnection client() {
        return client;
    }

    public TlsBioConnection server() {
        return server;
    }

    /** What the client has sent and the server not yet received: for tests that change it. */
    public MemoryBio fromClient() {
        return clientOut;
    }

    /** What the server has sent and the client not yet received. */
    public MemoryBio fromServer() {
        return serverOut;
    }

    public MemoryBio toServer() {
        return serverIn;
    }

    public MemoryBio toClient() {
        return clientIn;
    }

    /** Adds to {@code pcap} what this carries from now on; what a test itself takes from the queues is not seen. */
    public void recordTo(Pcap pcap) {
        recording = Optional.of(pcap);
    }

    /** Drives the handshake to its end, whatever that is; an alert reaches the end that it is for. */
    public Outcome handshake() throws IOException {
        Optional<TlsException> clientFailure = Optional.empty();
        Optional<TlsException> serverFailure = Optional.empty();
        for (int turn = 0; turn < MAX_TURNS; turn++) {
            clientFailure = clientFailure.or(() -> failure(client, true));
            boolean toServer = carry(clientOut, serverIn);
            serverFailure = serverFailure.or(() -> failure(server, true));
            boolean toClient = carry(serverOut, clientIn);
            boolean done = client.handshakeComplete() && server.handshakeComplete();
            if (!toServer && !toClient && (done || clientFailure.isPresent() || serverFailure.isPresent())) {
                // In TLS 1.3 a client is done before the server has seen its certificate, and reads of its refusal.
                Optional<TlsException> late = serverFailure.isPresent() ? failure(client, false) : Optional.empty();
                Optional<TlsException> lateServer =
                        clientFailure.isPresent() ? failure(server, false) : Optional.empty();
                return new Outcome(clientFailure.or(() -> late), serverFailure.or(() -> lateServer));
            }
        }
        throw new AssertionError("the handshake does not end");
    }

    /** Lets {@code end} go on with the handshake, or read after it; what it failed with, and nothing while it waits. */
    public static Optional<TlsException> step(TlsBioConnection end) {
        return failure(end, !end.handshakeComplete());
    }

    private static Optional<TlsException> failure(TlsBioConnection end, boolean handshake) {
        try {
            if (handshake) {
                end.handshake();
            } else {
                end.read(1);
            }
            return Optional.empty();
        } catch (TlsWantReadException notYet) {
            return Optional.empty();
        } catch (TlsException e) {
            return Optional.of(e);
        } catch (IOException e) {
            throw new AssertionError("not a declared failure", e);
        }
    }

    /** Moves one piece, as large as the segmentation says; false when there was nothing to move. */
    private boolean carry(MemoryBio from, MemoryBio to) throws IOException {
        if (from.pending() == 0) {
            return false;
        }
        byte[] piece = from.read(segmentation.next());
        recording.ifPresent(pcap -> pcap.sent(from == clientOut ? Role.CLIENT : Role.SERVER, piece));
        to.write(piece);
        return true;
    }

    /** Sends {@code data} from one end to the other and returns what arrived. */
    public byte[] send(TlsBioConnection from, TlsBioConnection to, byte[] data) throws IOException {
        MemoryBio out = from == client ? clientOut : serverOut;
        MemoryBio in = from == client ? serverIn : clientIn;
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        from.write(data);
        for (int turn = 0; turn < MAX_TURNS && arrived.size() < data.length; turn++) {
            try {
                arrived.writeBytes(to.read(data.length - arrived.size()));
            } catch (TlsWantReadException more) {
                if (!carry(out, in)) {
                    break;
                }
            }
        }
        return arrived.toByteArray();
    }

    /** Whether an end, once it has all that the other one sent, knows that the connection is over: nobody waits in vain. */
    public boolean isOver(TlsBioConnection end) throws IOException {
        carryAll();
        try {
            return end.read(1).length == 0;
        } catch (TlsWantReadException waits) {
            return false;
        } catch (TlsException told) {
            return true;
        }
    }

    /** Moves all that both ends have sent. */
    public void carryAll() throws IOException {
        while (carry(clientOut, serverIn) || carry(serverOut, clientIn)) {
            // One piece a turn.
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    /** The sizes of the pieces that a wire carries: these in turn, again and again. */
    public static final class Segmentation {
        private final int[] sizes;
        private int next;

        private Segmentation(int[] sizes) {
            this.sizes = sizes;
        }

        /** Pieces of these sizes, each at least 1. */
        public static Segmentation of(int... sizes) {
            if (sizes.length == 0 || Arrays.stream(sizes).anyMatch(size -> size < 1)) {
                throw new IllegalArgumentException("pieces have at least one byte");
            }
            return new Segmentation(sizes.clone());
        }

        /** Everything at once. */
        public static Segmentation none() {
            return of(Integer.MAX_VALUE);
        }

        int next() {
            int size = sizes[next];
            next = (next + 1) % sizes.length;
            return size;
        }
    }
}
