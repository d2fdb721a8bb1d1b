package io.omnitls.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Connections of this machine with itself, without Nagle's algorithm. */
public final class Loopback {
    /** No operation on a socket waits longer. */
    public static final int TIMEOUT_MILLIS = 20_000;

    private Loopback() {}

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** The client's socket and the server's. */
    static Socket[] sockets() throws IOException {
        try (ServerSocket listening = new ServerSocket()) {
            listening.bind(anyPort());
            listening.setSoTimeout(TIMEOUT_MILLIS);
            Socket client = new Socket();
            client.connect(listening.getLocalSocketAddress(), TIMEOUT_MILLIS);
            Socket server = listening.accept();
            for (Socket socket : new Socket[] {client, server}) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(TIMEOUT_MILLIS);
            }
            return new Socket[] {client, server};
        }
    }

    /** The client's channel and the server's. */
    public static SocketChannel[] channels(boolean blocking) throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(anyPort());
            SocketAddress address = listening.getLocalAddress();
            SocketChannel client = SocketChannel.open(address); // the listener's backlog answers: this does not wait
            SocketChannel server = listening.accept();
            for (SocketChannel channel : new SocketChannel[] {client, server}) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(blocking);
            }
            return new SocketChannel[] {client, server};
        }
    }
}
