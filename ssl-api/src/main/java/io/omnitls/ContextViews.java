package io.omnitls;

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
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** What the views of a context make, for it. */
record ContextViews(TlsContext context)
        implements ContextView.Source, SocketFactoryView.Source, ServerSocketFactoryView.Source {

    @Override
    public SSLEngine sslEngine() {
        return context.sslEngine();
    }

    @Override
    public SSLEngine sslEngine(String host, int port) {
        return context.sslEngine(host, port);
    }

    /** A server's layers TLS over the sockets that it accepted, and connects none. */
    @Override
    public SSLSocketFactory socketFactory() {
        return new SocketFactoryView(this);
    }

    @Override
    public SSLServerSocketFactory serverSocketFactory() {
        server();
        return new ServerSocketFactoryView(this);
    }

    private ServerContext server() {
        if (context instanceof ServerContext server) {
            return server;
        }
        throw new UnsupportedOperationException("this is the context of a client; a server needs a ServerContext");
    }

    private ConnectionSettings settings(ConnectionOptions options) {
        return ConnectionSettings.of(context instanceof ClientContext ? Role.CLIENT : Role.SERVER, options);
    }

    @Override
    public SSLParameters parameters() {
        return new ContextParameters(context).shown(settings(ConnectionOptions.none()));
    }

    @Override
    public SSLSessionContext sessions() {
        if (context instanceof ClientContext client) {
            int most = client.resumeSessions();
            return new SessionsView(Role.CLIENT, most == 0 ? 0 : seconds(client.resumeSessionsFor()), most);
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
        if (context instanceof ClientContext client) {
            return new TlsSocket(client, ConnectionOptions.none(), Layer.unconnected());
        }
        throw new UnsupportedOperationException("this is the context of a server; a client needs a ClientContext");
    }

    @Override
    public SSLSocket layered(
            Socket connected, Optional<String> host, int port, Optional<InputStream> consumed, boolean autoClose)
            throws IOException {
        Layer layer = new Layer(LayeredSocket.requireConnected(connected), consumed, autoClose, port);
        return context instanceof ClientContext client
                ? new TlsSocket(client, host.map(client::reaching).orElse(ConnectionOptions.none()), layer)
                : new TlsSocket(server(), settings(ConnectionOptions.none()), layer);
    }

    @Override
    public SSLServerSocket unbound() throws IOException {
        return new TlsServerSocket(server());
    }
}
