package io.omnitls;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.Pem;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ConnectionKeyLog;
import io.omnitls.internal.engine.Endpoint;
import io.omnitls.internal.engine.HelloRequirements;
import io.omnitls.internal.engine.NamedSessions;
import io.omnitls.internal.engine.SessionWatch;
import io.omnitls.internal.engine.Transport;
import io.omnitls.internal.settings.ContextSettings;
import io.omnitls.internal.settings.DhSource;
import io.omnitls.internal.settings.NarrowedEngines;
import io.omnitls.internal.transport.Addresses;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.internal.verify.ServerIdentities;
import io.omnitls.internal.wire.ExtensionType;
import io.omnitls.internal.x509.SigningSchemes;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import javax.net.ssl.SSLServerSocketFactory;

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
    private final NarrowedEngines<Answers> engines;

    /** What connections with the same settings answer a ClientHello by. */
    private record Answers(
            HelloRequirements requirements, ServerIdentities identities, EngineFactory engines, NamedSessions named) {}

    private ServerContext(ContextSettings settings, Callbacks callbacks, Lineage lineage) throws TlsException {
        super(Role.SERVER, settings, callbacks, lineage);
        this.engines =
                new NarrowedEngines<>(answers(spec(), engineFactory()), narrowing -> answers(narrowing.of(spec())));
    }

    private Answers answers(ContextSpec narrowed) throws TlsException {
        return answers(narrowed, openEngines(narrowed));
    }

    private Answers answers(ContextSpec inForce, EngineFactory first) {
        ServerIdentities own = new ServerIdentities(
                identities(),
                inForce.cipherSuites(),
                inForce.groups().isEmpty() ? provider().capabilities().groups() : inForce.groups(),
                new SigningSchemes(inForce.signatureSchemes(), provider().capabilities()));
        return new Answers(
                new HelloRequirements(provider(), inForce.versions(), own),
                own,
                first,
                new NamedSessions(first, () -> openEngines(inForce)));
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
        Objects.requireNonNull(identity, "identity");
        return builder().certificateChain(identity).keyLogFromEnvironment().build();
    }

    /**
     * Starts from the default settings, without an identity. A context that is built so fails every handshake with
     * NO_SHARED_CIPHER, but for those that its {@link ServerNameCallback} gives to another one.
     */
    public static Builder builder() {
        return new Builder(ContextSettings.of(Role.SERVER), Callbacks.NONE);
    }

    /** Starts from this context's settings; files are read again. */
    @Override
    public Builder toBuilder() {
        return new Builder(settings(), callbacks());
    }

    /** What this context's servers have done since it was built. */
    @Override
    public SessionStats sessionStats() {
        return SessionStats.builder()
                .number(engines.all().stream()
                        .mapToInt(answers -> answers.engines().cachedSessions()
                                + answers.named().cachedSessions())
                        .sum())
                .accept(ledger().handshakesBegun())
                .acceptGood(ledger().handshakesCompleted())
                .hits(ledger().hits())
                .misses(ledger().misses())
                .timeouts(ledger().timeouts())
                .cacheFull(ledger().cacheFull())
                .build();
    }

    /** How many session tickets are sent after a handshake in TLS 1.3: Python's {@code num_tickets}. */
    public int sessionTickets() {
        return sessions().newTickets();
    }

    /** How many sessions are kept, 0 for any number; empty for the backend's own limit. */
    public OptionalInt sessionCacheSize() {
        return sessions().cacheSize();
    }

    /**
     * How long a session is resumed after it began; empty for the backend's own limit. In TLS 1.2 it is resumed under the server
     * name that it began with alone (RFC 6066 section 3).
     */
    public Optional<Duration> sessionTimeout() {
        return sessions().timeout();
    }

    /** A client proves an identity, but no name was asked of it. */
    @Override
    boolean checksHostname() {
        return false;
    }

    /** Listens on {@code port} of every local address; 0 for any free port. As {@link #listen(InetSocketAddress)}. */
    public TlsServerSocket listen(int port) throws IOException {
        return listen(new InetSocketAddress(port));
    }

    /** Listens on {@code address}, with a queue of {@value TlsServerSocket#DEFAULT_BACKLOG} clients or of what the system allows. */
    public TlsServerSocket listen(InetSocketAddress address) throws IOException {
        return listen(address, TlsServerSocket.DEFAULT_BACKLOG);
    }

    /**
     * Listens on {@code address}.
     *
     * @param backlog how many clients the system may let wait for {@link TlsServerSocket#accept}: {@code listen(2)}. The
     *     system may have a lower limit of its own, on Linux {@code net.core.somaxconn}; who comes when the queue is full
     *     tries again a second later, or gives up
     * @throws IllegalArgumentException when {@code backlog} is not positive
     * @throws IOException when the address is in use, or not one of this machine
     */
    public TlsServerSocket listen(InetSocketAddress address, int backlog) throws IOException {
        return TlsServerSocket.listening(() -> this, Objects.requireNonNull(address, "address"), backlog);
    }

    /**
     * Speaks TLS over a connected socket. The handshake takes place with the first read or write, or when
     * {@link TlsSocket#handshake} is called. Closing the result closes {@code socket}.
     *
     * @throws IllegalArgumentException when {@code options} has a server name: a server hears it from the client
     * @throws IOException when {@code socket} is closed
     */
    public TlsSocket wrap(Socket socket, ConnectionOptions options) throws IOException {
        Objects.requireNonNull(socket, "socket");
        Objects.requireNonNull(options, "options");
        requireNoName(options);
        return new TlsSocket(
                this,
                ConnectionSettings.of(Role.SERVER, options),
                Layer.brought(LayeredSocket.requireConnected(socket)));
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
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(options, "options");
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
        Objects.requireNonNull(incoming, "incoming");
        Objects.requireNonNull(outgoing, "outgoing");
        return new TlsBioConnection(this, incoming, outgoing);
    }

    /** The factory of this context's listening sockets, which are {@link TlsServerSocket}s. */
    public SSLServerSocketFactory sslServerSocketFactory() {
        return new ContextViews(this).serverSocketFactory();
    }

    @Override
    ContextConnection connection(Optional<String> host, OptionalInt port, Transport transport) {
        return new ContextConnection(
                this, ConnectionSettings.of(Role.SERVER, ConnectionOptions.none()), transport, Addresses.NONE);
    }

    /** Whether a {@link ServerNameCallback} decides who answers. */
    public boolean hasServerNameCallback() {
        return callbacks().serverName().isPresent();
    }

    /** The context that answers {@code hello}: this one unless the callback wants it otherwise. */
    ServerContext choose(ClientHello hello, ServerNameCallback.Asked asked) throws TlsException {
        if (!hasServerNameCallback()) {
            return this;
        }
        ServerNameCallback.Decision decision = Objects.requireNonNull(
                callbacks().serverName().get().choose(hello, asked), "the server name callback returned null");
        if (decision instanceof ServerNameCallback.Decision.Refuse refusal) {
            throw new TlsException(
                    ErrorReason.CLIENTHELLO_TLSEXT,
                    "the server name callback refused the client's "
                            + hello.serverName().map(name -> "name " + name).orElse("hello without a name"),
                    TlsAlert.sent(refusal.alert()));
        }
        return decision instanceof ServerNameCallback.Decision.Use other ? other.context() : this;
    }

    /** The end that answers {@code hello} on a connection with these settings. */
    Endpoint endpoint(ClientHello hello, ConnectionSettings settings) throws TlsException {
        Answers answers = engines.of(settings.narrowing());
        TlsVersion version = answers.requirements().require(hello);
        Optional<CertifiedKey> answering = answers.identities().answer(hello, version);
        Optional<String> selected = settings.applicationProtocol(hello, alpnProtocols());
        Optional<ConnectionKeyLog> secrets = connectionKeyLog();
        secrets.ifPresent(log -> log.clientRandom(hello.random()));
        PeerAuthentication authentication =
                authentication(Role.SERVER, settings.narrowing().clientAuthOver(verifyMode()), Optional.empty());
        answering.ifPresent(authentication::answeringWith);
        Optional<NamedSessions.Home> home = version.atLeast(TlsVersion.TLS_1_3)
                ? Optional.empty()
                : Optional.of(answers.named().home(hello));
        EngineFactory factory = home.map(NamedSessions.Home::factory).orElse(answers.engines());
        return new Endpoint(
                Role.SERVER,
                factory.engine(new EngineSpec.Server(hello, version, selected, secrets.map(log -> log))),
                authentication,
                fipsRequired(),
                SessionWatch.ofServer(ledger(), offeredSession(hello), home),
                secrets);
    }

    /** In TLS 1.3 a session id means nothing, and is sent all the same (RFC 8446 appendix D.4). */
    private static Optional<Bytes> offeredSession(ClientHello hello) {
        boolean ticket = hello.extension(ExtensionType.SESSION_TICKET)
                .filter(extension -> extension.data().size() > 0)
                .isPresent();
        if (ticket || hello.extension(ExtensionType.PRE_SHARED_KEY).isPresent()) {
            return Optional.of(Bytes.copyOf(new byte[0]));
        }
        return Optional.of(hello.sessionId()).filter(id -> id.size() > 0 && !hello.offers(TlsVersion.TLS_1_3));
    }

    /** Collects the settings of a {@link ServerContext}. Not thread-safe. */
    public static final class Builder extends ContextBuilder<Builder> {
        private Builder(ContextSettings settings, Callbacks callbacks) {
            super(settings, callbacks);
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
            sessions = sessions.withTickets(number);
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
            this.sessions = this.sessions.withCacheSize(sessions);
            return this;
        }

        /**
         * How long a session is resumed after it began: {@code SSL_CTX_set_timeout}.
         *
         * @param duration one second to seven days (RFC 8446 section 4.6.1), in whole seconds
         * @throws IllegalArgumentException when it is not
         */
        public Builder sessionTimeout(Duration duration) {
            Objects.requireNonNull(duration, "duration");
            sessions = sessions.withTimeout(duration);
            return this;
        }

        /** Who answers a client; this context answers all unless set. */
        public Builder serverNameCallback(ServerNameCallback callback) {
            Objects.requireNonNull(callback, "callback");
            callbacks = callbacks.with(callback);
            return this;
        }

        /** The same, for who decides by the ClientHello alone. */
        public Builder serverNameCallback(
                Function<? super ClientHello, ? extends ServerNameCallback.Decision> callback) {
            Objects.requireNonNull(callback, "callback");
            return serverNameCallback((hello, asked) -> callback.apply(hello));
        }

        /** Lets this context answer all clients, whatever was set before. */
        public Builder clearServerNameCallback() {
            callbacks = callbacks.withoutServerName();
            return this;
        }

        /**
         * The group of finite-field Diffie-Hellman in TLS 1.2 and older, for the cipher suites whose names begin with DHE;
         * the backend's own choice unless set. OpenSSL's {@code SSL_CTX_set0_tmp_dh_pkey}. {@link #build} refuses
         * parameters that no enabled version or suite would use, and with DH_KEY_TOO_SMALL those that are too small for the
         * security level.
         */
        public Builder dhParameters(DhParameters parameters) {
            Objects.requireNonNull(parameters, "parameters");
            negotiation = negotiation.with(() -> Optional.of(parameters));
            return this;
        }

        /**
         * The same from a PEM file, which {@link #build} reads: Python's {@code load_dh_params}.
         *
         * @see Pem#dhParameters(Path)
         */
        public Builder dhParameters(Path file) {
            Objects.requireNonNull(file, "file");
            negotiation = negotiation.with(() -> Optional.of(Pem.dhParameters(file)));
            return this;
        }

        /** Leaves the group to the backend, whatever was set before. */
        public Builder clearDhParameters() {
            negotiation = negotiation.with(DhSource.BACKEND);
            return this;
        }

        @Override
        public ServerContext build() throws TlsException {
            return build(new Lineage());
        }

        private ServerContext build(Lineage lineage) throws TlsException {
            return new ServerContext(settings(), callbacks, lineage);
        }

        /** What was asked for so far, to build one context of after the other. */
        Reloader.Source<ServerContext> rebuilding() {
            Builder asked = new Builder(settings(), callbacks);
            Lineage lineage = new Lineage();
            return () -> asked.build(lineage);
        }
    }
}
