package io.omnitls.internal.javax;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes the listening sockets of a server's context. */
public final class ServerSocketFactoryView extends SSLServerSocketFactory {
    private final Source source;

    /** What makes them. */
    public interface Source {
        /** @throws UnsupportedOperationException on a client */
        SSLServerSocket unbound() throws IOException;

        /** What a connection begins with, which is all that it can have. */
        SSLParameters parameters();
    }

    public ServerSocketFactoryView(Source source) {
        this.source = source;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return source.parameters().getCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return source.parameters().getCipherSuites();
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return source.unbound();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, 0, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    /** @param backlog 0 for Java's own default */
    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        SSLServerSocket socket = source.unbound();
        try {
            socket.bind(new InetSocketAddress(address, port), backlog);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
