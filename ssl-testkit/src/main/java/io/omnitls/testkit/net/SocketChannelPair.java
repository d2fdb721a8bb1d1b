package io.omnitls.testkit.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

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

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
