package io.omnitls.testkit.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Two plain sockets that are connected with each other over loopback. */
public record SocketPair(Socket client, Socket server) implements Closeable {

    /** Connects two sockets. */
    public static SocketPair open() throws IOException {
        return open(0);
    }

    /**
     * Connects two sockets whose buffers are small, so that a writer soon has to wait.
     *
     * @param buffer what the system is asked for, in bytes; it has a minimum of its own. 0 for its own choice
     */
    public static SocketPair open(int buffer) throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            Socket client = new Socket();
            if (buffer > 0) {
                listener.setReceiveBufferSize(buffer);
                client.setReceiveBufferSize(buffer);
                client.setSendBufferSize(buffer);
            }
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            // The kernel completes a connection that waits to be accepted, so one thread can do both.
            client.connect(listener.getLocalSocketAddress());
            Socket server = listener.accept();
            if (buffer > 0) {
                server.setSendBufferSize(buffer);
            }
            return new SocketPair(client, server);
        }
    }

    /** Waits until something of the client's has come; takes nothing of it. */
    public void awaitBytesAtServer() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Loopback.TIMEOUT_MILLIS);
        while (server.getInputStream().available() == 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the client sends nothing");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
