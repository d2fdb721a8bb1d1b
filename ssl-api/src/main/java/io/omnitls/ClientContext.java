package io.omnitls;

import io.omnitls.cert.OcspStapling;
import io.omnitls.cert.PeerName;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.engine.ConnectionKeyLog;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.engine.Endpoint;
import io.omnitls.internal.engine.FailureMapper;
import io.omnitls.internal.engine.HandshakeFacts;
import io.omnitls.internal.engine.SessionWatch;
import io.omnitls.internal.engine.Transport;
import io.omnitls.internal.settings.ContextSettings;
import io.omnitls.internal.settings.NarrowedEngines;
import io.omnitls.internal.settings.Requirements;
import io.omnitls.internal.settings.ResumptionSettings;
import io.omnitls.internal.settings.ServerVerification;
import io.omnitls.internal.transport.Addresses;
import io.omnitls.internal.transport.HostAddresses;
import io.omnitls.internal.transport.Timeouts;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.Feature;
import io.omnitls.spi.VerifyFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The settings of a client's connections. The default ones verify the server against the system's certificate
 * authorities and check its name; they speak TLS 1.2 and 1.3 with forward secrecy and authenticated encryption.
 *
 * <pre>{@code
 * ClientContext context = ClientContext.createDefault();
 * try (TlsSocket socket = context.connect("example.org", 443)) {
 *     socket.getOutputStream().write(request);
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe; costly to make, cheap to use. Make one and keep it.
 */
public final class ClientContext extends TlsContext {
    private final NarrowedEngines<EngineFactory> engines;
    private final Optional<ClientSessions> kept;

    private ClientContext(ContextSettings settings, Callbacks callbacks, Lineage lineage) throws TlsException {
        super(Role.CLIENT, settings, callbacks, lineage);
        this.engines = new NarrowedEngines<>(engineFactory(), narrowing -> openEngines(narrowing.of(spec())));
        this.kept = resumption().on()
                ? Optional.of(new ClientSessions(
                        this, resumption(), settings.verification().clock()))
                : Optional.empty();
    }

    /**
     * A context with the default settings: Python's {@code create_default_context()}. Where the environment variable
     * {@code SSLKEYLOGFILE} names a file, connections write their secrets to it, see {@link Builder#keyLogFile}.
     *
     * @throws TlsException when the system's certificates cannot be loaded, or the key log not be written
     * @throws io.omnitls.error.UnsupportedFeatureException when a key log is asked for and the provider has none
     * @throws IllegalStateException when no provider works in this process
     */
    public static ClientContext createDefault() throws TlsException {
        return builder().keyLogFromEnvironment().build();
    }

    /** Starts from the default settings. */
    public static Builder builder() {
        return new Builder(ContextSettings.of(Role.CLIENT), Callbacks.NONE);
    }

    /** Starts from this context's settings; files are read again. */
    @Override
    public Builder toBuilder() {
        return new Builder(settings(), callbacks());
    }

    /** Whether the server's certificate has to be valid for the name that the client wants to reach. */
    public boolean checkHostname() {
        return checks().checkHostname();
    }

    /** Whether the subject's common name counts where a certificate has no dNSName. */
    public boolean hostnameChecksCommonName() {
        return checks().commonName();
    }

    /** Whether the certificate is kept back when the server names other authorities, see {@link Builder#onlyNamedIssuers}. */
    public boolean onlyNamedIssuers() {
        return settings().identity().onlyNamedIssuers();
    }

    /** What becomes of an OCSP response that a server staples to its certificate. */
    public OcspStapling ocspStapling() {
        return checks().ocsp();
    }

    /** How old a stapled OCSP response may be, see {@link Builder#ocspMaxAge}. */
    public Duration ocspMaxAge() {
        return checks().stapling().maxAge();
    }

    private ServerVerification checks() {
        return settings().verification().server();
    }

    private ResumptionSettings resumption() {
        return settings().sessions().resumption();
    }

    /** How many sessions are kept to be resumed, see {@link Builder#resumeSessions(int, Duration)}; 0 for none. */
    public int resumeSessions() {
        return resumption().most();
    }

    /** How long a session that is kept is good, see {@link Builder#resumeSessions(int, Duration)}. */
    public Duration resumeSessionsMaxAge() {
        return resumption().maxAge();
    }

    /** What this context's clients have done since it was built. */
    @Override
    public SessionStats sessionStats() {
        SessionStats stats = SessionStats.builder()
                .number(engines.all().stream()
                        .mapToInt(EngineFactory::cachedSessions)
                        .sum())
                .connect(ledger().handshakesBegun())
                .connectGood(ledger().handshakesCompleted())
                .hits(ledger().hits())
                .build();
        // Without sessions of its own it counts as OpenSSL does: misses, timeouts and a full cache on servers alone.
        return kept.map(sessions -> sessions.counted(stats, ledger().misses() + ledger().timeouts()))
                .orElse(stats);
    }

    @Override
    boolean checksHostname() {
        return checkHostname();
    }

    /**
     * Opens a TCP connection to {@code host} and completes the handshake. Without any limit of time: see {@link
     * #connect(String, int, ConnectionOptions, Duration)}.
     *
     * @param host a DNS name or an address; goes out as SNI and is what the certificate is checked against
     * @throws TlsException when the handshake fails
     * @throws IOException when the host is not found or not reached
     */
    public TlsSocket connect(String host, int port) throws IOException {
        Objects.requireNonNull(host, "host");
        return connect(host, port, ConnectionOptions.serverName(host), Duration.ZERO);
    }

    /**
     * Opens a TCP connection to the first address of {@code host} that accepts one, and completes the handshake. The
     * addresses are tried one after the other, in the order that the system gives them, and share the time. An address
     * that accepts is the one: a handshake that fails is not tried elsewhere.
     *
     * @param host a DNS name or an address, to connect to; whom to find there is in {@code options}
     * @param timeout the limit for connecting, all addresses together, and then for each operation, the handshake
     *     included, see {@link TlsSocket#setSoTimeout}; zero for none. To look the name up is the system's and has limits of
     *     its own
     * @throws TlsException when the handshake fails
     * @throws java.net.UnknownHostException when nobody knows the host
     * @throws IOException when no address accepts; the message says what each of them answered
     * @throws IllegalArgumentException when the time-out is negative, or this context cannot have a connection with {@code
     *     options}: it needs a server name, or the session belongs to others
     */
    public TlsSocket connect(String host, int port, ConnectionOptions options, Duration timeout) throws IOException {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(options, "options");
        int millis = Timeouts.millis(Objects.requireNonNull(timeout, "timeout"));
        requireName(options);
        return handshake(HostAddresses.of(host, port).connect(Deadline.in(millis)), options, millis);
    }

    /**
     * Opens a TCP connection to {@code address} and completes the handshake. One that is unresolved stands for all
     * addresses of its host, see {@link #connect(String, int, ConnectionOptions, Duration)}.
     *
     * @param timeout the limit for the connection and then for each operation, the handshake included, see
     *     {@link TlsSocket#setSoTimeout}; zero for none
     * @throws TlsException when the handshake fails
     * @throws IOException when the address is not reached, in time or at all
     * @throws IllegalArgumentException as there
     */
    public TlsSocket connect(InetSocketAddress address, ConnectionOptions options, Duration timeout)
            throws IOException {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(options, "options");
        if (address.isUnresolved()) {
            return connect(address.getHostString(), address.getPort(), options, timeout);
        }
        int millis = Timeouts.millis(Objects.requireNonNull(timeout, "timeout"));
        requireName(options);
        HostAddresses one =
                new HostAddresses(address.getHostString(), List.of(address.getAddress()), address.getPort());
        return handshake(one.connect(Deadline.in(millis)), options, millis);
    }

    private TlsSocket handshake(Socket socket, ConnectionOptions options, int timeoutMillis) throws IOException {
        TlsSocket tls;
        try {
            tls = wrap(socket, options);
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
        try {
            tls.setSoTimeout(timeoutMillis);
            tls.handshake();
            return tls;
        } catch (Throwable e) { // an Error of the application's code, too, leaves nobody else to close it
            tls.close();
            throw e;
        }
    }

    /**
     * Speaks TLS over a connected socket: through a proxy, or after STARTTLS. The handshake takes place with the first
     * read or write, or when {@link TlsSocket#handshake} is called. Closing the result closes {@code socket}.
     *
     * @throws IllegalArgumentException when this context checks hostnames and {@code options} has no server name, or has a
     *     session of another context or server
     * @throws io.omnitls.error.UnsupportedFeatureException when the backend cannot send the server name, see
     *     {@link ConnectionOptions#withoutServerNameIndication}
     * @throws IOException when {@code socket} is closed
     */
    public TlsSocket wrap(Socket socket, ConnectionOptions options) throws IOException {
        Objects.requireNonNull(socket, "socket");
        Objects.requireNonNull(options, "options");
        requireName(options);
        return new TlsSocket(this, options, Layer.brought(LayeredSocket.requireConnected(socket)));
    }

    /** As {@link #wrap(Socket, ConnectionOptions)}, for the server with this name. */
    public TlsSocket wrap(Socket socket, String serverName) throws IOException {
        return wrap(socket, ConnectionOptions.serverName(serverName));
    }

    /**
     * Speaks TLS over a channel in blocking or non-blocking mode. The handshake takes place with the first read or write,
     * or when {@link TlsChannel#handshake} is called. Closing the result closes {@code channel}.
     *
     * @throws java.nio.channels.NotYetConnectedException when {@code channel} is a socket that is not connected
     * @throws IllegalArgumentException when this context checks hostnames and {@code options} has no server name, or has a
     *     session of another context or server
     * @throws io.omnitls.error.UnsupportedFeatureException when the backend cannot send the server name, see
     *     {@link ConnectionOptions#withoutServerNameIndication}
     */
    public TlsChannel wrap(ByteChannel channel, ConnectionOptions options) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(options, "options");
        requireName(options);
        return new TlsChannel(this, options, channel);
    }

    /**
     * Speaks TLS through two queues: no I/O takes place.
     *
     * @param incoming what the peer sent
     * @param outgoing what has to be sent to it
     * @throws IllegalArgumentException when this context checks hostnames and {@code options} has no server name, or has a
     *     session of another context or server
     * @throws io.omnitls.error.UnsupportedFeatureException when the backend cannot send the server name, see
     *     {@link ConnectionOptions#withoutServerNameIndication}
     */
    public TlsBioConnection wrapBio(MemoryBio incoming, MemoryBio outgoing, ConnectionOptions options) {
        Objects.requireNonNull(incoming, "incoming");
        Objects.requireNonNull(outgoing, "outgoing");
        Objects.requireNonNull(options, "options");
        requireName(options);
        return new TlsBioConnection(this, options, incoming, outgoing);
    }

    /**
     * {@link #trustManager()} for servers with this name where no engine and no socket says another.
     *
     * @param serverName a DNS name or an address
     * @throws IllegalArgumentException when it is neither
     */
    public X509ExtendedTrustManager trustManager(String serverName) {
        Objects.requireNonNull(serverName, "serverName");
        return trustManager(Optional.of(PeerName.of(serverName)));
    }

    /**
     * The factory of this context's sockets, which are {@link TlsSocket}s. One that is not made with a host name is told whom it
     * wants to reach by whom it is connected to, without looking a name up; where this context checks names, the handshake of
     * one that knows none fails before a byte is sent.
     */
    public SSLSocketFactory sslSocketFactory() {
        return new ContextViews(this).socketFactory();
    }

    @Override
    ContextConnection connection(Optional<String> host, OptionalInt port, Transport transport) {
        ConnectionOptions options = host.map(this::reaching).orElse(ConnectionOptions.none());
        return new ContextConnection(this, options.reachedAt(port), transport, () -> Addresses.NONE);
    }

    /**
     * For the views: whoever gives them a host asks to reach it and not for SNI, which the JDK's own never send of a name
     * without a dot; here it goes out where the backend can send it.
     */
    ConnectionOptions reaching(String host) {
        ConnectionOptions options = ConnectionOptions.serverName(host);
        boolean unsendable = options.serverName()
                        .flatMap(PeerName::dnsName)
                        .filter(ClientContext::dotless)
                        .isPresent()
                && !provider().capabilities().has(Feature.DOTLESS_SERVER_NAME);
        return unsendable ? options.withoutServerNameIndication() : options;
    }

    private static boolean dotless(String name) {
        return name.indexOf('.') < 0 && !name.equals("localhost");
    }

    private void requireName(ConnectionOptions options) {
        requireSound(ConnectionSettings.of(Role.CLIENT, options));
    }

    /** Refuses what a connection of this context cannot have. */
    private void requireSound(ConnectionSettings settings) {
        requireSendable(settings);
        if (checksName(settings) && settings.options().serverName().isEmpty()) {
            throw new IllegalArgumentException("this context checks hostnames, so a connection needs a server name;"
                    + " give one with ConnectionOptions.serverName");
        }
    }

    /** Refuses a name that the backend cannot send, and a session that is another's. */
    void requireSendable(ConnectionSettings settings) {
        ConnectionOptions options = settings.options();
        if (settings.indicatedName().filter(ClientContext::dotless).isPresent()) {
            new Requirements(provider())
                    .require(
                            Feature.DOTLESS_SERVER_NAME.phrase()
                                    + " (ConnectionOptions.withoutServerNameIndication() keeps the name back and checks the"
                                    + " certificate for it all the same)",
                            capabilities -> capabilities.has(Feature.DOTLESS_SERVER_NAME));
        }
        options.session().ifPresent(session -> session.requireFor(this, options.serverName()));
    }

    /** A view of this context may begin without a name, and be told one later, or never. */
    private void requireNamed(ConnectionSettings settings) throws TlsException {
        if (checksName(settings) && settings.options().serverName().isEmpty()) {
            throw FailureMapper.map(new VerifyFailure(
                    VerifyCode.HOSTNAME_MISMATCH,
                    0,
                    "the connection does not say whom it wants to reach; make its engine or socket with a host name, or give it"
                            + " one with SSLParameters.setServerNames"));
        }
        requireSendable(settings);
    }

    private boolean checksName(ConnectionSettings settings) {
        return checkHostname() || settings.identification().isPresent();
    }

    /** Whether a session of this version can be resumed. Of a resumed one nobody knows whether it was approved. */
    boolean resumes(TlsVersion version) {
        return !fipsRequired() && provider().capabilities().has(Feature.sessionResumption(version));
    }

    /** The session of a completed handshake; empty where it cannot be resumed. */
    Optional<TlsSession> session(
            HandshakeFacts facts, Optional<PeerName> name, boolean ticket, Optional<Duration> ticketLifetime) {
        TlsVersion version = facts.negotiated().version();
        return resumes(version) && facts.session().handle().isPresent()
                ? Optional.of(new TlsSession(this, name, version, facts.session(), ticket, ticketLifetime))
                : Optional.empty();
    }

    Endpoint endpoint(ConnectionSettings settings) throws TlsException {
        requireNamed(settings);
        ConnectionOptions options = settings.options();
        Optional<ClientSessions.Keeper> keeper = kept.flatMap(sessions -> sessions.keeper(settings));
        Optional<TlsSession> chosen = options.session().filter(given -> given.isFrom(this));
        Optional<TlsSession> session = keeper.map(owner -> owner.offer(chosen)).orElse(chosen);
        Optional<ConnectionKeyLog> secrets = connectionKeyLog();
        return new Endpoint(
                Role.CLIENT,
                engines.of(settings.narrowing())
                        .engine(new EngineSpec.Client(
                                settings.indicatedName(),
                                settings.alpnProtocols().orElse(alpnProtocols()),
                                session.map(TlsSession::handle),
                                secrets.map(log -> log))),
                authentication(
                        Role.CLIENT, verifyMode(), checksName(settings) ? options.serverName() : Optional.empty()),
                fipsRequired(),
                SessionWatch.ofClient(ledger(), session.map(TlsSession::id), keeper.map(owner -> owner)),
                secrets);
    }

    /** Collects the settings of a {@link ClientContext}. Not thread-safe. */
    public static final class Builder extends ContextBuilder<Builder> {
        private Builder(ContextSettings settings, Callbacks callbacks) {
            super(settings, callbacks);
        }

        private Builder with(ServerVerification checks) {
            verification = verification.with(checks);
            return this;
        }

        private ServerVerification checks() {
            return verification.server();
        }

        /**
         * Whether the server's certificate has to be valid for the name that the client wants to reach. On unless
         * turned off; without it any certificate of a trusted authority will do.
         */
        public Builder checkHostname(boolean check) {
            return with(checks().withCheckHostname(check));
        }

        /**
         * Whether the subject's common name counts where a certificate has no dNSName: Python's {@code
         * hostname_checks_common_name}, which is on there. Off unless asked for: RFC 9525 section 2 has given it up.
         */
        public Builder hostnameChecksCommonName(boolean check) {
            return with(checks().withCommonName(check));
        }

        /**
         * Whether a server that names certificate authorities of which none has issued one of this client's certificates gets
         * no certificate. Off unless set, as in OpenSSL: the first certificate with a fitting key is shown then, and the server
         * decides. On, the certificate is kept back from those who cannot use it, and a server that makes it optional goes on
         * without (RFC 8446 section 4.4.2.3 says SHOULD).
         */
        public Builder onlyNamedIssuers(boolean strict) {
            identity = identity.withOnlyNamedIssuers(strict);
            return this;
        }

        /**
         * As {@link #resumeSessions(int, Duration)}, for 24 hours, the upper limit that RFC 5246 appendix F.1.4 suggests.
         *
         * @throws IllegalArgumentException when the number is negative
         */
        public Builder resumeSessions(int most) {
            return resumeSessions(most, ResumptionSettings.DEFAULT_MAX_AGE);
        }

        /**
         * Keeps the sessions of this context's connections, and offers each later connection the one that is kept for its
         * server. Off unless set: nothing is resumed then that is not given to {@link ConnectionOptions#resuming}, which goes
         * before what is kept.
         *
         * <p>One session is kept for a server, the latest: for its name or address and port, as {@link ConnectionOptions}
         * says them, or as they are given to the views for {@code javax.net.ssl}; apart where SNI, versions, suites, groups
         * or signature schemes are a connection's own. A connection that does not say both, name and port, takes no part,
         * nor does one in a version that the backend does not resume. A session of TLS 1.3 is offered once (RFC 8446
         * appendix C.4), and the next one is that of the connection that it was offered in. Where there is none, or the
         * server declines, there is a full handshake.
         *
         * <p>On resumption the certificates that the server had proved are judged again, by this context's rules and for the
         * name. A session is forgotten when it is too old by this context's {@link #clock}, or by what the server or the
         * backend says; when there are more, the one that was used least recently; when the handshake in which it was
         * offered or its connection fails, other than by the end of the transport; and by {@code SSLSession.invalidate()}.
         * The backend wipes what it has of it when the connections are gone that it is from. Nothing is written anywhere,
         * and a context that is derived by {@link ClientContext#toBuilder} begins with none.
         *
         * <p>{@link ClientContext#sessionStats} counts. {@link #build} refuses it together with {@link #requireFips}, and
         * where the backend resumes no session of any enabled version.
         *
         * @param most how many sessions are kept at once; 0 turns it off. There is no upper limit: room is taken for those
         *     that there are alone, for each some kilobytes with the certificates of its server
         * @param maxAge how long one is good after its keys were agreed on in a full handshake, up to seven days (RFC 8446
         *     section 4.6.1)
         * @throws IllegalArgumentException when the number is negative, or the time not positive or too long
         */
        public Builder resumeSessions(int most, Duration maxAge) {
            sessions = sessions.with(new ResumptionSettings(most, Objects.requireNonNull(maxAge, "maxAge")));
            return this;
        }

        /**
         * What becomes of an OCSP response that a server staples to its certificate; {@link OcspStapling#IGNORE} unless
         * set. {@link #build} refuses the others where the backend does not deliver the response in every enabled
         * version.
         */
        public Builder ocspStapling(OcspStapling mode) {
            Objects.requireNonNull(mode, "mode");
            return with(checks().with(mode));
        }

        /**
         * How old a stapled OCSP response may be, counted from its thisUpdate, the time of which it tells (RFC 6960 section
         * 4.2.2.1); 10 days unless set, as long as the Baseline Requirements of the CA/Browser Forum (4.9.10) let an
         * authority's answer be valid. An older one is unusable, although its nextUpdate is yet to come or it has none. Where
         * {@link #ocspStapling} ignores responses, there is nothing to count and {@link #build} refuses this.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder ocspMaxAge(Duration age) {
            Objects.requireNonNull(age, "age");
            return with(checks().withMaxAge(age));
        }

        @Override
        public ClientContext build() throws TlsException {
            return build(new Lineage());
        }

        private ClientContext build(Lineage lineage) throws TlsException {
            checks().requireSound(verification.mode());
            sessions.resumption().requireSound(backend);
            return new ClientContext(settings(), callbacks, lineage);
        }

        /** What was asked for so far, to build one context of after the other. */
        Reloader.Source<ClientContext> rebuilding() {
            Builder asked = new Builder(settings(), callbacks);
            Lineage lineage = new Lineage();
            return () -> asked.build(lineage);
        }
    }
}
