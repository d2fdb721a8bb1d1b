package io.omnitls.benchmarks.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A client and a server over channels, after the handshake, driven by one thread. */
public record EndPair(End client, End server) implements Closeable {
    private static final long HANDSHAKE_NANOS = 30_000_000_000L;

    /** Over a pipe in memory. */
    public static EndPair inMemory(EndFactory factory, boolean direct) throws IOException {
        ByteChannel[] channels = MemoryPipe.channels(direct);
        return over(factory, channels[0], channels[1]);
    }

    /** Over two channels that do not block. */
    public static EndPair over(EndFactory factory, ByteChannel client, ByteChannel server) throws IOException {
        EndPair pair = new EndPair(factory.client(client), factory.server(server));
        long end = System.nanoTime() + HANDSHAKE_NANOS;
        for (boolean done = false; !done; ) {
            done = pair.client.handshake() & pair.server.handshake();
            if (System.nanoTime() - end > 0) {
                throw new IOException("the handshake does not end");
            }
        }
        pair.exchange(pair.server, pair.client);
        pair.exchange(pair.client, pair.server);
        return pair;
    }

    /** A byte, and the tickets that come before it. */
    private void exchange(End from, End to) throws IOException {
        from.write(ByteBuffer.allocate(1));
        ByteBuffer target = ByteBuffer.allocate(1 << 15);
        long end = System.nanoTime() + HANDSHAKE_NANOS;
        while (target.position() == 0) {
            if (to.read(target) < 0 || System.nanoTime() - end > 0) {
                throw new IOException("a byte did not arrive");
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
