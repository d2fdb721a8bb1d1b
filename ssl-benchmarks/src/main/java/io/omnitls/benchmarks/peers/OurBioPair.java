package io.omnitls.benchmarks.peers;

import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.TlsBioConnection;
import io.omnitls.error.TlsWantReadException;
import java.io.Closeable;
import java.io.IOException;

/** Two ends of OmniTLS over memory BIOs that they share: what one writes is there for the other to read. */
public final class OurBioPair implements Closeable {
    private static final int MOST_STEPS = 100;

    private final MemoryBio clientOut;
    private final MemoryBio serverIn;
    private final TlsBioConnection client;
    private final TlsBioConnection server;

    private OurBioPair(OurContexts contexts, ConnectionOptions options, MemoryBio clientOut, MemoryBio serverIn)
            throws IOException {
        MemoryBio toClient = new MemoryBio();
        this.clientOut = clientOut;
        this.serverIn = serverIn;
        this.client = contexts.client().wrapBio(toClient, clientOut, options);
        this.server = contexts.server().wrapBio(serverIn, toClient);
        handshake();
    }

    /** A full handshake. */
    public static OurBioPair full(OurContexts contexts) throws IOException {
        return of(contexts, ConnectionOptions.serverName(Identity.HOST));
    }

    /** A handshake with these options. */
    public static OurBioPair of(OurContexts contexts, ConnectionOptions options) throws IOException {
        MemoryBio toServer = new MemoryBio();
        return new OurBioPair(contexts, options, toServer, toServer);
    }

    /** The same, but what the client writes has to be carried to the server. */
    public static OurBioPair carried(OurContexts contexts) throws IOException {
        return new OurBioPair(contexts, ConnectionOptions.serverName(Identity.HOST), new MemoryBio(), new MemoryBio());
    }

    private void handshake() throws IOException {
        for (int i = 0; i < MOST_STEPS; i++) {
            step(client);
            if (clientOut != serverIn && clientOut.pending() > 0) {
                serverIn.write(clientOut.read());
            }
            step(server);
            if (client.handshakeComplete() && server.handshakeComplete()) {
                return;
            }
        }
        throw new IOException("the handshake does not end");
    }

    private static void step(TlsBioConnection end) throws IOException {
        if (!end.handshakeComplete()) {
            try {
                end.handshake();
            } catch (TlsWantReadException later) {
                // It is the other end's turn.
            }
        }
    }

    /** Sends a byte each way, and with them the tickets: nothing of the handshake is left in the BIOs. */
    public OurBioPair steady() throws IOException {
        server.write(new byte[1]);
        client.read(1);
        client.write(new byte[1]);
        if (clientOut != serverIn) {
            serverIn.write(clientOut.read());
        }
        server.read(1);
        return this;
    }

    public TlsBioConnection client() {
        return client;
    }

    public TlsBioConnection server() {
        return server;
    }

    public MemoryBio clientOut() {
        return clientOut;
    }

    public MemoryBio serverIn() {
        return serverIn;
    }

    /** Leaves both ends. */
    @Override
    public void close() {
        client.close();
        server.close();
    }
}
