package io.omnitls.testkit.net;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.TlsChannel;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsWantWriteException;
import io.omnitls.testkit.net.BioPair.Segmentation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A client and a server over non-blocking channels in memory, on one thread. */
public final class ChannelPair implements Closeable {
    private static final int MAX_TURNS = 1_000_000;

    private final MemoryBio toServer = new MemoryBio();
    private final MemoryBio toClient = new MemoryBio();
    private final TlsChannel client;
    private final TlsChannel server;

    /** Something to do with a connection that may have to wait. */
    public interface Operation<T> {
        T run() throws IOException;
    }

    /**
     * Connects two contexts.
     *
     * @param segmentation the pieces that the channels take and give; at every third call they do neither
     * @param capacity how many bytes a channel takes that the other end has not read
     */
    public ChannelPair(
            ClientContext client, ServerContext server, String serverName, Segmentation segmentation, int capacity) {
        this.client = client.wrap(
                new WireChannel(toClient, toServer, segmentation, capacity), ConnectionOptions.serverName(serverName));
        this.server = server.wrap(new WireChannel(toServer, toClient, segmentation, capacity));
    }

    public TlsChannel client() {
        return client;
    }

    public TlsChannel server() {
        return server;
    }

    /** What the client has sent and the server not yet received: for tests that change it. */
    public MemoryBio toServer() {
        return toServer;
    }

    /** What the server has sent and the client not yet received. */
    public MemoryBio toClient() {
        return toClient;
    }

    /** Completes the handshake on both ends. */
    public void handshake() throws IOException {
        for (int turn = 0; turn < MAX_TURNS; turn++) {
            attempt(() -> handshaken(client));
            attempt(() -> handshaken(server));
            if (client.handshakeComplete() && server.handshakeComplete()) {
                return;
            }
        }
        throw new AssertionError("the handshake does not end");
    }

    private static boolean handshaken(TlsChannel end) throws IOException {
        end.handshake();
        return true;
    }

    /** Tries once; empty when it would have to wait. */
    public static <T> Optional<T> attempt(Operation<T> operation) throws IOException {
        try {
            return Optional.of(operation.run());
        } catch (TlsWantReadException | TlsWantWriteException wait) {
            return Optional.empty();
        }
    }

    /** Repeats what lacks nothing but another attempt: the channels have the bytes, or the room. */
    public static <T> T complete(Operation<T> operation) throws IOException {
        for (int turn = 0; turn < MAX_TURNS; turn++) {
            Optional<T> result = attempt(operation);
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw new AssertionError("the operation does not end");
    }

    /** Sends {@code data} from one end to the other and returns what arrived. */
    public byte[] send(TlsChannel from, TlsChannel to, byte[] data) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(data);
        return receive(to, data.length, () -> source.hasRemaining() ? from.write(source) : from.flush() ? 1 : 0);
    }

    /** Reads {@code length} bytes, and lets the other end go on sending in between. */
    public static byte[] receive(TlsChannel to, int length, Operation<?> sending) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        for (int turn = 0; turn < MAX_TURNS && target.hasRemaining(); turn++) {
            attempt(sending);
            if (attempt(() -> to.read(target)).filter(count -> count < 0).isPresent()) {
                break;
            }
        }
        return Arrays.copyOf(target.array(), target.position());
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
