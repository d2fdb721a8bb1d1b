package io.omnitls;

import io.omnitls.cert.OcspStapling;
import io.omnitls.cert.PeerName;
import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ConnectionKeyLog;
import io.omnitls.internal.engine.Endpoint;
import io.omnitls.internal.verify.StaplePolicy;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.Feature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Optional;

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
    private final boolean checkHostname;
    private final boolean commonName;
    private final StaplePolicy stapling;

    private ClientContext(Builder builder) throws TlsException {
        super(Role.CLIENT, builder);
        this.checkHostname = builder.checkHostname;
        this.commonName = builder.commonName;
        this.stapling = builder.staplePolicy();
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
        return new Builder();
    }

    /** Starts from this context's settings; files are read again. */
    @Override
    public Builder toBuilder() {
        return new Builder((Builder) settings());
    }

    /** Whether the server's certificate has to be valid for the name that the client wants to reach. */
    public boolean checkHostname() {
        return checkHostname;
    }

    /** Whether the subject's common name counts where a certificate has no dNSName. */
    public boolean hostnameChecksCommonName() {
        return commonName;
    }

    /** What becomes of an OCSP response that a server staples to its certificate. */
    public OcspStapling ocspStapling() {
        return stapling.mode();
    }

    /** How old a stapled OCSP response may be, see {@link Builder#ocspMaxAge}. */
    public Duration ocspMaxAge() {
        return stapling.maxAge();
    }

    /** What this context's clients have done since it was built. */
    @Override
    public SessionStats sessionStats() {
        return new SessionStats(
                engineFactory().cachedSessions(),
                ledger().handshakesBegun(),
                ledger().handshakesCompleted(),
                0,
                0,
                ledger().hits(),
                0); // OpenSSL, too, counts misses on servers alone
    }

    @Override
    boolean checksHostname() {
        return checkHostname;
    }

    /**
     * Opens a TCP connection to {@code host} and completes the handshake.
     *
     * @param host a DNS name or an address; goes out as SNI and is what the certificate is checked against
     * @throws TlsException when the handshake fails
     * @throws IOException when the host is not found or not reached
     */
    public TlsSocket connect(String host, int port) throws IOException {
        return connect(new InetSocketAddress(host, port), ConnectionOptions.serverName(host), 0);
    }

    /**
     * Opens a TCP connection to {@code address} and completes the handshake.
     *
     * @param timeoutMillis the limit for the connection and then for each operation, the handshake included, see
     *     {@link TlsSocket#setSoTimeout}; 0 for none
     */
    public TlsSocket connect(InetSocketAddress address, ConnectionOptions options, int timeoutMillis)
            throws IOException {
        requireName(options);
        Socket socket = new Socket();
        try {
            socket.connect(address, timeoutMillis);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        TlsSocket tls = wrap(socket, options);
        try {
            tls.setSoTimeout(timeoutMillis);
            tls.handshake();
            return tls;
        } catch (IOException | RuntimeException e) {
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
     */
    public TlsSocket wrap(Socket socket, ConnectionOptions options) throws IOException {
        requireName(options);
        return new TlsSocket(this, options, socket);
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
        requireName(options);
        return new TlsBioConnection(this, options, incoming, outgoing);
    }

    private void requireName(ConnectionOptions options) {
        boolean dotless = indicated(options)
                .filter(name -> name.indexOf('.') < 0 && !name.equals("localhost"))
                .isPresent();
        if (dotless) {
            new Requirements(provider()).require(Feature.DOTLESS_SERVER_NAME);
        }
        options.session().ifPresent(session -> session.handleFor(this, options.serverName()));
        if (checkHostname && !options.serverName().isPresent()) {
            throw new IllegalArgumentException("this context checks hostnames, so a connection needs a server name;"
                    + " give one with ConnectionOptions.serverName");
        }
    }

    /** Whether a session of this version can be resumed. Of a resumed one nobody knows whether it was approved. */
    boolean resumes(TlsVersion version) {
        return !fipsRequired()
                && provider()
                        .capabilities()
                        .has(
                                version.atLeast(TlsVersion.TLS_1_3)
                                        ? Feature.SESSION_RESUMPTION_TLS13
                                        : Feature.SESSION_RESUMPTION_TLS12);
    }

    Endpoint endpoint(ConnectionOptions options) throws TlsException {
        Optional<ConnectionKeyLog> secrets = connectionKeyLog();
        return new Endpoint(
                Role.CLIENT,
                engineFactory()
                        .engine(new EngineSpec.Client(
                                indicated(options),
                                alpnProtocols(),
                                options.session().map(session -> session.handleFor(this, options.serverName())),
                                secrets.map(log -> log))),
                authentication(Role.CLIENT, checkHostname ? options.serverName() : Optional.empty()),
                fipsRequired(),
                options.session().isPresent(),
                ledger(),
                secrets);
    }

    /** The name that goes out as SNI; RFC 6066 section 3 has no place for addresses. */
    private static Optional<String> indicated(ConnectionOptions options) {
        return options.serverName()
                .filter(name -> options.serverNameIndication())
                .flatMap(PeerName::dnsName);
    }

    /** Collects the settings of a {@link ClientContext}. Not thread-safe. */
    public static final class Builder extends ContextBuilder<Builder> {
        private boolean checkHostname = true;
        private boolean commonName;
        private OcspStapling stapling = OcspStapling.IGNORE;
        private Optional<Duration> ocspMaxAge = Optional.empty();

        private Builder() {
            verifyMode(VerifyMode.REQUIRED);
        }

        private Builder(Builder other) {
            super(other);
            this.checkHostname = other.checkHostname;
            this.commonName = other.commonName;
            this.stapling = other.stapling;
            this.ocspMaxAge = other.ocspMaxAge;
        }

        /**
         * Whether the server's certificate has to be valid for the name that the client wants to reach. On unless
         * turned off; without it any certificate of a trusted authority will do.
         */
        public Builder checkHostname(boolean check) {
            this.checkHostname = check;
            return this;
        }

        /**
         * Whether the subject's common name counts where a certificate has no dNSName: Python's {@code
         * hostname_checks_common_name}, which is on there. Off unless asked for: RFC 9525 section 2 has given it up.
         */
        public Builder hostnameChecksCommonName(boolean check) {
            this.commonName = check;
            return this;
        }

        /**
         * What becomes of an OCSP response that a server staples to its certificate; {@link OcspStapling#IGNORE} unless
         * set. {@link #build} refuses the others where the backend does not deliver the response in every enabled
         * version.
         */
        public Builder ocspStapling(OcspStapling mode) {
            this.stapling = mode;
            return this;
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
            if (age.isZero() || age.isNegative()) {
                throw new IllegalArgumentException("an OCSP response may be some time old, not " + age);
            }
            this.ocspMaxAge = Optional.of(age);
            return this;
        }

        @Override
        StaplePolicy staplePolicy() {
            return new StaplePolicy(stapling, ocspMaxAge.orElse(StaplePolicy.DEFAULT_MAX_AGE));
        }

        @Override
        boolean commonNameCounts() {
            return commonName;
        }

        @Override
        Builder copy() {
            return new Builder(this);
        }

        @Override
        public ClientContext build() throws TlsException {
            if (checkHostname && verifyMode() == VerifyMode.NONE) {
                throw new IllegalArgumentException("a hostname can only be checked in a verified certificate;"
                        + " with VerifyMode.NONE call checkHostname(false)");
            }
            if (ocspMaxAge.isPresent() && stapling == OcspStapling.IGNORE) {
                throw new IllegalArgumentException("ocspMaxAge bounds the age of OCSP responses, but they are ignored;"
                        + " call ocspStapling(OcspStapling.REQUIRE)");
            }
            return new ClientContext(copy());
        }
    }
}
