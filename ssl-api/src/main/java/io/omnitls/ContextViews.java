package io.omnitls;

import io.omnitls.internal.given.Port;
import io.omnitls.internal.javax.ContextView;
import io.omnitls.internal.javax.ServerSocketFactoryView;
import io.omnitls.internal.javax.SessionsView;
import io.omnitls.internal.javax.SocketFactoryView;
import io.omnitls.protocol.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * What the views of a context make, for it.
 *
 * @param current asked for each connection, for which it may be another one
 */
record ContextViews(Supplier<? extends TlsContext> current)
        implements ContextView.Source, SocketFactoryView.Source, ServerSocketFactoryView.Source {

    ContextViews(TlsContext context) {
        this(() -> context);
    }

    @Override
    public SSLEngine sslEngine() {
        return context().sslEngine();
    }

    @Override
    public SSLEngine sslEngine(String host, int port) {
        return context().sslEngine(host, port);
    }

    /** A server's layers TLS over the sockets that it accepted, and connects none. */
    @Override
    public SSLSocketFactory socketFactory() {
        return new SocketFactoryView(this);
    }

    /** A client's is asked for by who takes all that a context has, as Helidon does, and makes none. */
    @Override
    public SSLServerSocketFactory serverSocketFactory() {
        return new ServerSocketFactoryView(this);
    }

    private TlsContext context() {
        return current.get();
    }

    private static ServerContext server(TlsContext context) {
        if (context instanceof ServerContext server) {
            return server;
        }
        throw new UnsupportedOperationException("this is the context of a client; a server needs a ServerContext");
    }

    private static ConnectionSettings settings(TlsContext context) {
        return ConnectionSettings.of(
                context instanceof ClientContext ? Role.CLIENT : Role.SERVER, ConnectionOptions.none());
    }

    @Override
    public SSLParameters parameters() {
        TlsContext context = context();
        return new ContextParameters(context).shown(settings(context));
    }

    @Override
    public SSLSessionContext sessions() {
        TlsContext context = context();
        if (context instanceof ClientContext client) {
            int most = client.resumeSessions();
            return new SessionsView(Role.CLIENT, most == 0 ? 0 : seconds(client.resumeSessionsMaxAge()), most);
        }
        return new SessionsView(
                Role.SERVER,
                context.sessions().timeout().map(ContextViews::seconds).orElse(0),
                context.sessions().cacheSize().orElse(0));
    }

    /** Rounded up: zero is no limit to {@link SSLSessionContext}. */
    private static int seconds(Duration limit) {
        return (int) limit.plusSeconds(1).minusNanos(1).getSeconds();
    }

    @Override
    public SSLSocket unconnected() throws IOException {
        if (context() instanceof ClientContext client) {
            return new TlsSocket(client, ConnectionOptions.none(), Layer.unconnected());
        }
        throw new UnsupportedOperationException("this is the context of a server; a client needs a ClientContext");
    }

    @Override
    public SSLSocket layered(
            Socket connected, Optional<String> host, int port, Optional<InputStream> consumed, boolean autoClose)
            throws IOException {
        Layer layer = new Layer(LayeredSocket.requireConnected(connected), consumed, autoClose, Port.of(port), true);
        TlsContext context = context();
        return context instanceof ClientContext client
                ? new TlsSocket(client, host.map(client::reaching).orElse(ConnectionOptions.none()), layer)
                : new TlsSocket(server(context), settings(context), layer);
    }

    @Override
    public SSLServerSocket unbound() throws IOException {
        server(context());
        return new TlsServerSocket(() -> server(context()));
    }
}
