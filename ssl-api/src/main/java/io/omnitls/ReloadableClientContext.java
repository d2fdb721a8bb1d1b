package io.omnitls;

import io.omnitls.cert.PeerName;
import io.omnitls.error.TlsException;
import io.omnitls.internal.javax.CurrentTrustManager;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A client whose authorities, revocation lists, certificates and keys are read again when their files change:
 *
 * <pre>{@code
 * ClientContext.Builder settings = ClientContext.builder().verifyLocations(cafile);
 * try (ReloadableClientContext contexts = ReloadableClientContext.of(settings)) {
 *     try (TlsSocket socket = contexts.current().connect("example.org", 443)) {
 *         socket.getOutputStream().write(request);
 *     }
 * }
 * }</pre>
 *
 * <p>A session of an earlier context can be offered to a later one, which makes a full handshake and judges the server by what
 * it trusts itself.
 */
public final class ReloadableClientContext extends ReloadableContext<ClientContext> {
    private ReloadableClientContext(ClientContext.Builder settings, ReloadOptions options) throws TlsException {
        super(settings.rebuilding(), options);
    }

    /** As {@link #of(ClientContext.Builder, ReloadOptions)}, every 30 seconds and telling nobody. */
    public static ReloadableClientContext of(ClientContext.Builder settings) throws TlsException {
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
    public static ReloadableClientContext of(ClientContext.Builder settings, ReloadOptions options)
            throws TlsException {
        ReloadableClientContext contexts = new ReloadableClientContext(
                Objects.requireNonNull(settings, "settings"), Objects.requireNonNull(options, "options"));
        contexts.start();
        return contexts;
    }

    /** The factory of sockets of which each begins with the context of its moment. */
    public SSLSocketFactory sslSocketFactory() {
        return views().socketFactory();
    }

    /**
     * As {@link ClientContext#trustManager(String)}; each certificate is judged by the context of its moment.
     *
     * @throws IllegalArgumentException when it is neither a DNS name nor an address
     */
    public X509ExtendedTrustManager trustManager(String serverName) {
        Objects.requireNonNull(serverName, "serverName");
        PeerName name = PeerName.of(serverName);
        return new CurrentTrustManager(() -> current().trustManager(Optional.of(name)));
    }
}
