package io.omnitls.internal.javax;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes the sockets of a context. The handshake takes place with the first read or write. */
public final class SocketFactoryView extends SSLSocketFactory {
    private final Source source;

    /** What makes them. */
    public interface Source {
        /** @throws UnsupportedOperationException on a server */
        SSLSocket unconnected() throws IOException;

        /**
         * @param host whom {@code connected} leads to, where that is known
         * @param port where, -1 where that is not known
         * @param consumed what was read from it before
         * @param autoClose whether closing the result closes {@code connected}
         */
        SSLSocket layered(
                Socket connected, Optional<String> host, int port, Optional<InputStream> consumed, boolean autoClose)
                throws IOException;

        /** What a connection begins with, which is all that it can have. */
        SSLParameters parameters();
    }

    public SocketFactoryView(Source source) {
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
    public Socket createSocket() throws IOException {
        return source.unconnected();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(Objects.requireNonNull(host, "host"), port), null);
    }

    @Override
    public Socket createSocket(String host, int port, @Nullable InetAddress localHost, int localPort)
            throws IOException {
        return connected(
                new InetSocketAddress(Objects.requireNonNull(host, "host"), port),
                new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(Objects.requireNonNull(host, "host"), port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, @Nullable InetAddress localHost, int localPort)
            throws IOException {
        return connected(
                new InetSocketAddress(Objects.requireNonNull(host, "host"), port),
                new InetSocketAddress(localHost, localPort));
    }

    private Socket connected(InetSocketAddress address, @Nullable InetSocketAddress local) throws IOException {
        SSLSocket socket = source.unconnected();
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(address);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Socket createSocket(Socket connected, @Nullable String host, int port, boolean autoClose)
            throws IOException {
        Objects.requireNonNull(connected, "connected");
        return source.layered(connected, Optional.ofNullable(host), port, Optional.empty(), autoClose);
    }

    /** For a server, some of whose input was read before: {@code consumed} has that, and is read to its end first. */
    @Override
    public Socket createSocket(Socket connected, @Nullable InputStream consumed, boolean autoClose) throws IOException {
        Objects.requireNonNull(connected, "connected");
        return source.layered(connected, Optional.empty(), -1, Optional.ofNullable(consumed), autoClose);
    }
}
