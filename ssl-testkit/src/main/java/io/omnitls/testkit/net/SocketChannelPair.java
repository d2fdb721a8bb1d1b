package io.omnitls.testkit.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Two socket channels that are connected with each other over loopback, in blocking mode. */
public record SocketChannelPair(SocketChannel client, SocketChannel server) implements Closeable {

    /** Connects two channels. */
    public static SocketChannelPair open() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            // The kernel completes a connection that waits to be accepted, so one thread can do both.
            SocketChannel client = SocketChannel.open(listener.getLocalAddress());
            return new SocketChannelPair(client, listener.accept());
        }
    }

    /** Waits until a writer at the client has filled what the kernel holds for the server, who reads nothing. */
    public void awaitFull() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Loopback.TIMEOUT_MILLIS);
        int last = -1;
        for (int same = 0; same < 100; ) {
            int now = server.socket().getInputStream().available();
            same = now == last && now > 0 ? same + 1 : 0;
            last = now;
            if (System.nanoTime() > end) {
                throw new AssertionError("the client writes for ever");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
