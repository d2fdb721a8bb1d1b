package io.omnitls;

import io.omnitls.error.TlsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import javax.net.ssl.SSLServerSocketFactory;

/**
 * A server whose certificates, keys, authorities and revocation lists are read again when their files change:
 *
 * <pre>{@code
 * ServerContext.Builder settings = ServerContext.builder().certificateChain(chainFile, keyFile);
 * try (ReloadableServerContext contexts = ReloadableServerContext.of(settings);
 *         TlsServerSocket server = contexts.listen(8443)) {
 *     for (;;) {
 *         TlsSocket socket = server.accept();              // with the certificate of now
 *         executor.execute(() -> serve(socket));
 *     }
 * }
 * }</pre>
 *
 * <p>Sessions are resumed by the context that they began with alone, so a client that was verified by earlier authorities
 * is verified anew. Each virtual host can have one of its own: {@code new Decision.Use(contexts.current())}.
 */
public final class ReloadableServerContext extends ReloadableContext<ServerContext> {
    private ReloadableServerContext(ServerContext.Builder settings, ReloadOptions options) throws TlsException {
        super(settings.rebuilding(), options);
    }

    /** As {@link #of(ServerContext.Builder, ReloadOptions)}, every 30 seconds and telling nobody. */
    public static ReloadableServerContext of(ServerContext.Builder settings) throws TlsException {
        return of(settings, ReloadOptions.defaults());
    }

    /**
     * Builds the first context, and watches its files.
     *
     * @param settings what the builder was told so far; it can go on
     * @throws TlsException as {@link ContextBuilder#build}, and CERTIFICATE_VERIFY_FAILED when a certificate of this end is
     *     not valid now
     * @throws IllegalArgumentException as {@link ContextBuilder#build}
     * @throws IllegalStateException as {@link ContextBuilder#build}
     */
    public static ReloadableServerContext of(ServerContext.Builder settings, ReloadOptions options)
            throws TlsException {
        ReloadableServerContext contexts = new ReloadableServerContext(
                Objects.requireNonNull(settings, "settings"), Objects.requireNonNull(options, "options"));
        contexts.start();
        return contexts;
    }

    /** Listens on {@code port} of every local address; 0 for any free port. As {@link #listen(InetSocketAddress)}. */
    public TlsServerSocket listen(int port) throws IOException {
        return listen(new InetSocketAddress(port));
    }

    /** As {@link ServerContext#listen(InetSocketAddress)}; each connection begins with the context of its moment. */
    public TlsServerSocket listen(InetSocketAddress address) throws IOException {
        return listen(address, TlsServerSocket.DEFAULT_BACKLOG);
    }

    /** As {@link ServerContext#listen(InetSocketAddress, int)}; each connection begins with the context of its moment. */
    public TlsServerSocket listen(InetSocketAddress address, int backlog) throws IOException {
        return TlsServerSocket.listening(this::current, Objects.requireNonNull(address, "address"), backlog);
    }

    /** The factory of listening sockets whose connections begin with the context of their moment. */
    public SSLServerSocketFactory sslServerSocketFactory() {
        return views().serverSocketFactory();
    }
}
