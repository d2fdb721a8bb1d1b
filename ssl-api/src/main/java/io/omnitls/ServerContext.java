package io.omnitls;

import io.omnitls.cert.Credentials;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.Endpoint;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.EngineSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a server's connections: its identities, and whether it asks clients for theirs.
 *
 * <pre>{@code
 * ServerContext context = ServerContext.createDefault(Credentials.pem(chainFile, keyFile));
 * try (TlsServerSocket server = context.listen(8443)) {
 *     for (;;) {
 *         TlsSocket socket = server.accept();
 *         executor.execute(() -> serve(socket));
 *     }
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe; costly to make, cheap to use.
 */
public final class ServerContext extends TlsContext {

    private final Optional<ServerNameCallback> serverNameCallback;

    private ServerContext(Builder builder) throws TlsException {
        super(Role.SERVER, builder);
        this.serverNameCallback = builder.serverNameCallback;
    }

    /**
     * A context with the default settings and this identity; clients are not asked for a certificate.
     *
     * @throws TlsException when the identity cannot be loaded
     * @throws IllegalStateException when no provider works in this process
     */
    public static ServerContext createDefault(Credentials identity) throws TlsException {
        return builder().certificateChain(identity).build();
    }

    /** Starts from the default settings, without an identity. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts from this context's settings; files are read again. */
    @Override
    public Builder toBuilder() {
        return new Builder((Builder) settings());
    }

    /** A client proves an identity, but no name was asked of it. */
    @Override
    boolean checksHostname() {
        return false;
    }

    /** Listens on {@code port} of every local address; 0 for any free port. */
    public TlsServerSocket listen(int port) throws IOException {
        return listen(new InetSocketAddress(port));
    }

    /** Listens on {@code address}. */
    public TlsServerSocket listen(InetSocketAddress address) throws IOException {
        TlsServerSocket server = new TlsServerSocket(this);
        try {
            server.bind(address);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Speaks TLS over a connected socket. The handshake takes place with the first read or write, or when
     * {@link TlsSocket#handshake} is called. Closing the result closes {@code socket}.
     *
     * @throws IllegalArgumentException when {@code options} has a server name: a server hears it from the client
     */
    public TlsSocket wrap(Socket socket, ConnectionOptions options) throws IOException {
        if (options.serverName().isPresent()) {
            throw new IllegalArgumentException("a server does not choose the server name, the client does");
        }
        return new TlsSocket(this, options, socket);
    }

    /** Speaks TLS over a connected socket, with {@link ConnectionOptions#none}. */
    public TlsSocket wrap(Socket socket) throws IOException {
        return wrap(socket, ConnectionOptions.none());
    }

    /**
     * Speaks TLS through two queues: no I/O takes place.
     *
     * @param incoming what the peer sent
     * @param outgoing what has to be sent to it
     */
    public TlsBioConnection wrapBio(MemoryBio incoming, MemoryBio outgoing) {
        return new TlsBioConnection(this, incoming, outgoing);
    }

    /** Whether a {@link ServerNameCallback} decides who answers. */
    public boolean hasServerNameCallback() {
        return serverNameCallback.isPresent();
    }

    /** The context that answers {@code hello}: this one unless the callback wants it otherwise. */
    ServerContext choose(ClientHello hello) throws TlsException {
        if (!serverNameCallback.isPresent()) {
            return this;
        }
        ServerNameCallback.Decision decision = Objects.requireNonNull(
                serverNameCallback.get().choose(hello), "the server name callback returned null");
        if (decision instanceof ServerNameCallback.Decision.Refuse refusal) {
            throw new TlsException(
                    ErrorReason.CLIENTHELLO_TLSEXT,
                    "the server name callback refused the client's "
                            + hello.serverName().map(name -> "name " + name).orElse("hello without a name"),
                    Optional.of(TlsAlert.sent(refusal.alert())),
                    Optional.empty());
        }
        return decision instanceof ServerNameCallback.Decision.Use other ? other.context() : this;
    }

    /** The end that answers {@code hello}. */
    Endpoint endpoint(ClientHello hello) throws TlsException {
        requireSharedVersion(hello);
        requireSignature(hello);
        Optional<String> selected = alpnProtocols().stream()
                .filter(hello.applicationProtocols()::contains)
                .findFirst();
        return new Endpoint(
                Role.SERVER,
                engineFactory().engine(new EngineSpec.Server(hello, selected)),
                authentication(Role.SERVER, Optional.empty()),
                fipsRequired());
    }

    /** Backends report this fault in different words, so it is found here. */
    private void requireSharedVersion(ClientHello hello) throws TlsException {
        int oldest = minimumVersion().wireVersion();
        int newest = maximumVersion().wireVersion();
        // Without supported_versions a client takes any version up to the one it names (RFC 8446 appendix D.2).
        boolean shared = hello.extension(SUPPORTED_VERSIONS).isPresent()
                ? hello.supportedVersions().stream().anyMatch(version -> version >= oldest && version <= newest)
                : hello.legacyVersion() >= oldest;
        if (!shared) {
            throw new TlsException(
                    ErrorReason.UNSUPPORTED_PROTOCOL,
                    "the client offers none of the versions " + minimumVersion() + " to " + maximumVersion(),
                    Optional.of(TlsAlert.sent(AlertDescription.PROTOCOL_VERSION)),
                    Optional.empty());
        }
    }

    /** So is this one. In TLS 1.2 it makes the suites unusable, and so it is no shared cipher in any backend's words. */
    private void requireSignature(ClientHello hello) throws TlsException {
        boolean signs = maximumVersion().atLeast(TlsVersion.TLS_1_3)
                && hello.offers(TlsVersion.TLS_1_3)
                && !hello.signatureSchemes().isEmpty()
                && !hello.extension(PRE_SHARED_KEY).isPresent();
        List<SignatureScheme> shared = new ArrayList<>(hello.signatureSchemes());
        if (!signatureSchemes().isEmpty()) {
            shared.retainAll(signatureSchemes());
        }
        shared.removeIf(scheme -> !scheme.usableIn(TlsVersion.TLS_1_3));
        SchemeChoice choice = new SchemeChoice(shared, List.of(TlsVersion.TLS_1_3));
        if (signs && SchemeChoice.keys(identities()).stream().noneMatch(choice::suits)) {
            throw new TlsException(
                    ErrorReason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                    "no key of this server signs by one of the client's signature schemes " + hello.signatureSchemes(),
                    Optional.of(TlsAlert.sent(AlertDescription.HANDSHAKE_FAILURE)),
                    Optional.empty());
        }
    }

    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;

    /** Collects the settings of a {@link ServerContext}. Not thread-safe. */
    public static final class Builder extends TlsContext.Builder<Builder> {
        private boolean preferServerCiphers = true;
        private Optional<ServerNameCallback> serverNameCallback = Optional.empty();

        private Builder() {}

        private Builder(Builder other) {
            super(other);
            this.preferServerCiphers = other.preferServerCiphers;
            this.serverNameCallback = other.serverNameCallback;
        }

        /**
         * Whether this server's order of cipher suites decides, as it does unless set, or the client's: OpenSSL's
         * {@code SSL_OP_CIPHER_SERVER_PREFERENCE}.
         */
        public Builder cipherServerPreference(boolean prefer) {
            this.preferServerCiphers = prefer;
            return this;
        }

        /** Who answers a client; this context answers all unless set. */
        public Builder serverNameCallback(ServerNameCallback callback) {
            this.serverNameCallback = Optional.of(callback);
            return this;
        }

        @Override
        boolean preferServerCiphers() {
            return preferServerCiphers;
        }

        @Override
        Builder copy() {
            return new Builder(this);
        }

        @Override
        public ServerContext build() throws TlsException {
            if (!hasIdentity()) {
                throw new IllegalArgumentException(
                        "a server needs a certificate and its key; give them with certificateChain");
            }
            return new ServerContext(copy());
        }
    }
}
