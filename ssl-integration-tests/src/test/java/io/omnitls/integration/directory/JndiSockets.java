package io.omnitls.integration.directory;

import io.omnitls.ClientContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;

/** Where JNDI gets its sockets from. It is told the name of this class alone, so there is one context at a time. */
public final class JndiSockets extends SocketFactory {
    private static final AtomicReference<ClientContext> CONTEXT = new AtomicReference<>();

    private final SocketFactory sockets;

    private JndiSockets(SocketFactory sockets) {
        this.sockets = sockets;
    }

    /** The context of all connections from now on. */
    static void use(ClientContext context) {
        CONTEXT.set(context);
    }

    /** For JNDI. */
    public static SocketFactory getDefault() {
        return new JndiSockets(CONTEXT.get().sslSocketFactory());
    }

    @Override
    public Socket createSocket() throws IOException {
        return sockets.createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localAddress, int localPort) throws IOException {
        return sockets.createSocket(host, port, localAddress, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort) throws IOException {
        return sockets.createSocket(host, port, localAddress, localPort);
    }
}
