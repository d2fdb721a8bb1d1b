package io.omnitls;

import io.omnitls.cert.Credentials;
import io.omnitls.cert.Pem;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ConnectionKeyLog;
import io.omnitls.internal.engine.Endpoint;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.internal.verify.ServerIdentities;
import io.omnitls.internal.wire.ExtensionType;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.EngineSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

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
    private final ServerIdentities serverIdentities;

    private ServerContext(Builder builder) throws TlsException {
        super(Role.SERVER, builder);
        this.serverNameCallback = builder.serverNameCallback;
        this.serverIdentities = new ServerIdentities(
                identities(),
                maximumVersion(),
                ciphers(),
                groups().isEmpty() ? provider().capabilities().groups() : groups());
    }

    /**
     * A context with the default settings and this identity; clients are not asked for a certificate. Where the
     * environment variable {@code SSLKEYLOGFILE} names a file, connections write their secrets to it, see {@link
     * Builder#keyLogFile}.
     *
     * @throws TlsException when the identity cannot be loaded, or the key log not be written
     * @throws io.omnitls.error.UnsupportedFeatureException when a key log is asked for and the provider has none
     * @throws IllegalStateException when no provider works in this process
     */
    public static ServerContext createDefault(Credentials identity) throws TlsException {
        return builder().certificateChain(identity).keyLogFromEnvironment().build();
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

    /** What this context's servers have done since it was built. */
    @Override
    public SessionStats sessionStats() {
        return new SessionStats(
                engineFactory().cachedSessions(),
                0,
                0,
                ledger().handshakesBegun(),
                ledger().handshakesCompleted(),
                ledger().hits(),
                ledger().misses());
    }

    /** How many session tickets are sent after a handshake in TLS 1.3: Python's {@code num_tickets}. */
    public int sessionTickets() {
        return sessions().newTickets();
    }

    /** How many sessions are kept, 0 for any number; empty for the backend's own limit. */
    public OptionalInt sessionCacheSize() {
        return sessions().cacheSize();
    }

    /** How long a session is resumed after it began; empty for the backend's own limit. */
    public Optional<Duration> sessionTimeout() {
        return sessions().timeout();
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
        requireNoName(options);
        return new TlsSocket(this, options, socket);
    }

    private static void requireNoName(ConnectionOptions options) {
        if (options.serverName().isPresent()) {
            throw new IllegalArgumentException("a server does not choose the server name, the client does");
        }
    }

    /** Speaks TLS over a connected socket, with {@link ConnectionOptions#none}. */
    public TlsSocket wrap(Socket socket) throws IOException {
        return wrap(socket, ConnectionOptions.none());
    }

    /**
     * Speaks TLS over a channel in blocking or non-blocking mode. The handshake takes place with the first read or write,
     * or when {@link TlsChannel#handshake} is called. Closing the result closes {@code channel}.
     *
     * @throws java.nio.channels.NotYetConnectedException when {@code channel} is a socket that is not connected
     * @throws IllegalArgumentException when {@code options} has a server name: a server hears it from the client
     */
    public TlsChannel wrap(ByteChannel channel, ConnectionOptions options) {
        requireNoName(options);
        return new TlsChannel(this, options, channel);
    }

    /** Speaks TLS over a channel, with {@link ConnectionOptions#none}. */
    public TlsChannel wrap(ByteChannel channel) {
        return wrap(channel, ConnectionOptions.none());
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
        Optional<ConnectionKeyLog> secrets = connectionKeyLog();
        secrets.ifPresent(log -> log.clientRandom(hello.random()));
        PeerAuthentication authentication = authentication(Role.SERVER, Optional.empty());
        serverIdentities.answer(hello).ifPresent(authentication::answeringWith);
        return new Endpoint(
                Role.SERVER,
                engineFactory().engine(new EngineSpec.Server(hello, selected, secrets.map(log -> log))),
                authentication,
                fipsRequired(),
                offersSession(hello),
                ledger(),
                secrets);
    }

    /** In TLS 1.3 a session id means nothing, and is sent all the same (RFC 8446 appendix D.4). */
    private static boolean offersSession(ClientHello hello) {
        return hello.extension(ExtensionType.PRE_SHARED_KEY).isPresent()
                || hello.extension(ExtensionType.SESSION_TICKET)
                        .filter(ticket -> ticket.data().size() > 0)
                        .isPresent()
                || hello.sessionId().size() > 0 && !hello.offers(TlsVersion.TLS_1_3);
    }

    /** Backends report this fault in different words, so it is found here. */
    private void requireSharedVersion(ClientHello hello) throws TlsException {
        int oldest = minimumVersion().wireVersion();
        int newest = maximumVersion().wireVersion();
        // Without supported_versions a client takes any version up to the one it names (RFC 8446 appendix D.2).
        boolean shared = hello.extension(ExtensionType.SUPPORTED_VERSIONS).isPresent()
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

    /** Backends report this fault in different words too. In TLS 1.2 it makes the suites unusable, and so it is no shared cipher in any backend's words. */
    private void requireSignature(ClientHello hello) throws TlsException {
        boolean signs = maximumVersion().atLeast(TlsVersion.TLS_1_3)
                && hello.offers(TlsVersion.TLS_1_3)
                && !hello.signatureSchemes().isEmpty()
                && !hello.extension(ExtensionType.PRE_SHARED_KEY).isPresent();
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

    /** Collects the settings of a {@link ServerContext}. Not thread-safe. */
    public static final class Builder extends ContextBuilder<Builder> {
        private OptionalInt sessionTickets = OptionalInt.empty();
        private OptionalInt sessionCacheSize = OptionalInt.empty();
        private Optional<Duration> sessionTimeout = Optional.empty();
        private Optional<ServerNameCallback> serverNameCallback = Optional.empty();
        private DhSource dhParameters = Optional::empty;

        private Builder() {
            options(TlsOption.CIPHER_SERVER_PREFERENCE);
        }

        private Builder(Builder other) {
            super(other);
            this.sessionTickets = other.sessionTickets;
            this.sessionCacheSize = other.sessionCacheSize;
            this.sessionTimeout = other.sessionTimeout;
            this.serverNameCallback = other.serverNameCallback;
            this.dhParameters = other.dhParameters;
        }

        /**
         * Whether this server's order of cipher suites decides, as it does unless set, or the client's: OpenSSL's
         * {@link TlsOption#CIPHER_SERVER_PREFERENCE}.
         */
        public Builder cipherServerPreference(boolean prefer) {
            return prefer
                    ? options(TlsOption.CIPHER_SERVER_PREFERENCE)
                    : clearOptions(TlsOption.CIPHER_SERVER_PREFERENCE);
        }

        /**
         * How many session tickets are sent after a handshake in TLS 1.3; the backend's own choice unless set, 0 for none,
         * so that no session of TLS 1.3 is resumed. {@link #build} refuses what the backend cannot do. Python's {@code
         * num_tickets}.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder sessionTickets(int number) {
            this.sessionTickets = OptionalInt.of(requireNatural(number));
            return this;
        }

        /**
         * How many sessions are kept for clients to resume, 0 for any number; the backend's own limit unless set. Sessions
         * in tickets are kept by the clients and do not count, see {@link TlsOption#NO_TICKET}. {@code
         * SSL_CTX_sess_set_cache_size}.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder sessionCacheSize(int sessions) {
            this.sessionCacheSize = OptionalInt.of(requireNatural(sessions));
            return this;
        }

        /**
         * How long a session is resumed after it began: {@code SSL_CTX_set_timeout}.
         *
         * @param duration one second to seven days (RFC 8446 section 4.6.1), in whole seconds
         * @throws IllegalArgumentException when it is not
         */
        public Builder sessionTimeout(Duration duration) {
            if (duration.compareTo(Duration.ofSeconds(1)) < 0
                    || duration.compareTo(Duration.ofDays(7)) > 0
                    || !duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
                throw new IllegalArgumentException(
                        "a session lasts one second to seven days, in whole seconds, not " + duration);
            }
            this.sessionTimeout = Optional.of(duration);
            return this;
        }

        private static int requireNatural(int number) {
            if (number < 0) {
                throw new IllegalArgumentException("a number of sessions or tickets cannot be " + number);
            }
            return number;
        }

        /** Who answers a client; this context answers all unless set. */
        public Builder serverNameCallback(ServerNameCallback callback) {
            this.serverNameCallback = Optional.of(callback);
            return this;
        }

        /**
         * The group of finite-field Diffie-Hellman in TLS 1.2 and older, for the cipher suites whose names begin with DHE;
         * the backend's own choice unless set. OpenSSL's {@code SSL_CTX_set0_tmp_dh_pkey}. {@link #build} refuses
         * parameters that no enabled version or suite would use, and with DH_KEY_TOO_SMALL those that are too small for the
         * security level.
         */
        public Builder dhParameters(DhParameters parameters) {
            this.dhParameters = () -> Optional.of(parameters);
            return this;
        }

        /**
         * The same from a PEM file, which {@link #build} reads: Python's {@code load_dh_params}.
         *
         * @see Pem#dhParameters(Path)
         */
        public Builder dhParameters(Path file) {
            this.dhParameters = () -> Optional.of(Pem.dhParameters(file));
            return this;
        }

        @Override
        Optional<DhParameters> loadDhParameters() throws TlsException {
            return dhParameters.load();
        }

        private interface DhSource {
            Optional<DhParameters> load() throws TlsException;
        }

        @Override
        SessionWishes sessionWishes() {
            return new SessionWishes(sessionTickets, sessionCacheSize, sessionTimeout);
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
