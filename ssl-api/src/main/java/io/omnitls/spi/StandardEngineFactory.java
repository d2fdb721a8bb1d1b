package io.omnitls.spi;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.VerifyMode;
import java.nio.charset.StandardCharsets;
import java.security.KeyManagementException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/**
 * An {@link EngineFactory} over the {@link SSLContext} of a JSSE-style backend. A provider passes an uninitialised
 * {@code SSLContext} and says how to dress an {@code SSLEngine}; the rest is the same for all.
 */
public abstract class StandardEngineFactory implements EngineFactory {
    /** Numbers the connections of the process: no two share a key of a backend's client session cache. */
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private final ContextSpec spec;
    private final SSLContext sslContext;
    // The same for all connections.
    private final String[] protocolNames;
    private final String[] cipherSuiteNames;
    private final List<String> groupNames;
    private final List<String> signatureSchemeNames;
    private final SessionHandles handles = new SessionHandles();

    /**
     * Initialises {@code sslContext} with the managers of {@code spec} and the backend's random numbers.
     *
     * @throws TlsException when the backend refuses them
     */
    protected StandardEngineFactory(ContextSpec spec, SSLContext sslContext, CryptoServices crypto)
            throws TlsException {
        this.spec = spec;
        this.sslContext = sslContext;
        this.protocolNames = spec.protocolNames();
        this.cipherSuiteNames = spec.cipherSuiteNames();
        this.groupNames =
                List.copyOf(spec.groups().stream().map(NamedGroup::name).collect(Collectors.toList()));
        this.signatureSchemeNames = List.copyOf(
                spec.signatureSchemes().stream().map(SignatureScheme::name).collect(Collectors.toList()));
        try {
            sslContext.init(
                    new KeyManager[] {spec.keyManager()}, new TrustManager[] {spec.trustManager()}, crypto.random());
        } catch (KeyManagementException e) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR,
                    "the backend refused the key or trust manager: " + EngineFailure.text(e),
                    e);
        }
        if (spec.role() == Role.CLIENT) {
            sslContext.getClientSessionContext().setSessionCacheSize(clientCacheSize());
        } else {
            SSLSessionContext sessions = sslContext.getServerSessionContext();
            spec.sessions().cacheSize().ifPresent(sessions::setSessionCacheSize);
            spec.sessions().timeout().ifPresent(timeout -> sessions.setSessionTimeout((int) timeout.getSeconds()));
        }
    }

    /** The sessions that the backend's {@link SSLSessionContext} lists; it may have more that it does not list. */
    @Override
    public int cachedSessions() {
        SSLSessionContext sessions = spec.role() == Role.CLIENT
                ? sslContext.getClientSessionContext()
                : sslContext.getServerSessionContext();
        return Collections.list(sessions.getIds()).size();
    }

    /** What the context was opened with. */
    protected final ContextSpec spec() {
        return spec;
    }

    /** The backend's context. */
    protected final SSLContext sslContext() {
        return sslContext;
    }

    @Override
    public final TlsEngine engine(EngineSpec engineSpec) throws TlsException {
        handles.forgetDropped(this::forget);
        return engineSpec instanceof EngineSpec.Client client ? engine(client) : engine(engineSpec, nextConnection());
    }

    /**
     * JSSE-style client caches resume by (host, port) on their own, and a resumed handshake skips the trust manager: so no
     * two connections have the same host, unless one is to resume the other's session.
     */
    private TlsEngine engine(EngineSpec.Client client) throws TlsException {
        SessionHandle handle;
        if (client.session().orElse(null) instanceof SessionHandle earlier) {
            handle = earlier;
            resuming(earlier.connection(), client);
        } else {
            handle = handles.create(nextConnection(), client.serverName());
        }
        TlsEngine engine = engine(client, handle.connection());
        if (engine instanceof StandardEngine standard) {
            standard.sessionsKnownBy(handle);
        }
        return engine;
    }

    private static int nextConnection() {
        return CONNECTIONS.incrementAndGet() & Integer.MAX_VALUE;
    }

    private TlsEngine engine(EngineSpec engineSpec, int connection) throws TlsException {
        SSLEngine engine = create(connection);
        try {
            prepare(engine, engineSpec);
            return dress(engine, engineSpec);
        } catch (TlsException | RuntimeException e) {
            // A native engine holds more than memory, and nobody else knows of this one.
            engine.closeOutbound();
            throw e;
        }
    }

    /**
     * How many sessions the backend's client cache may have: any number where {@link #forget} takes out those that nobody
     * can resume any more, so that what an application holds is never pushed out.
     */
    protected int clientCacheSize() {
        return Integer.MAX_VALUE;
    }

    /**
     * Takes the sessions of a client's connection out of the backend's cache: nobody holds what they could be resumed by.
     * Called while another connection is begun.
     */
    protected void forget(DroppedSessions dropped) {
        dropped.sessions().forEach(SSLSession::invalidate);
    }

    /**
     * A connection begins that is to resume a session of this one, or of those that have resumed it: for a backend whose cache
     * would not offer the latest.
     *
     * @param connection its number, by which {@link #peerHost} and {@link #peerPort} name it
     * @param client what the one that begins is to be like
     */
    protected void resuming(int connection, EngineSpec.Client client) {}

    /** The host that the backend is told for a connection: nobody's name, a key of its cache alone. */
    protected static String peerHost(int connection) {
        return "omnitls-" + connection;
    }

    private SSLEngine create(int connection) throws TlsException {
        try {
            return sslContext.createSSLEngine(peerHost(connection), peerPort(connection));
        } catch (RuntimeException e) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR, "the backend cannot make an engine: " + EngineFailure.text(e), e);
        }
    }

    /**
     * The port that the backend is told. It must be one: since JDK 24 SunJSSE makes a session ticket that nobody can read
     * when it is beyond 65,535. For a backend that goes by the port alone there is the number of the connection.
     */
    protected int peerPort(int connection) {
        return 0;
    }

    private void prepare(SSLEngine engine, EngineSpec engineSpec) {
        engine.setUseClientMode(spec.role() == Role.CLIENT);
        SSLParameters parameters = parameters(engine);
        parameters.setProtocols(protocolNames);
        parameters.setCipherSuites(cipherSuiteNames);
        parameters.setUseCipherSuitesOrder(spec.preferServerCiphers());
        if (engineSpec instanceof EngineSpec.Client client) {
            parameters.setServerNames(client.serverName()
                    .map(StandardEngineFactory::rawName)
                    .map(List::of)
                    .orElse(List.of()));
            offerProtocols(parameters, client.applicationProtocols());
        } else {
            // These two setters clear each other, so exactly one of them is called.
            if (spec.verifyMode() == VerifyMode.REQUIRED) {
                parameters.setNeedClientAuth(true);
            } else {
                parameters.setWantClientAuth(spec.verifyMode() == VerifyMode.OPTIONAL);
            }
        }
        configure(parameters);
        engine.setSSLParameters(parameters);
        if (engineSpec instanceof EngineSpec.Server server) {
            selectProtocol(engine, server.applicationProtocol().orElse(""));
        }
    }

    /** The parameters that are then filled: the engine's own unless a backend wants others. */
    protected SSLParameters parameters(SSLEngine engine) {
        return engine.getSSLParameters();
    }

    /**
     * Has a client with these parameters offer {@code protocols} by ALPN, in this order, each char one byte. A backend with
     * a method of its own for that does nothing here and calls it in {@link #dress}.
     */
    protected void offerProtocols(SSLParameters parameters, List<String> protocols) {
        JdkAlpn.offer(parameters, protocols);
    }

    /** Has a server's engine select {@code protocol} by ALPN: what the core has chosen, or empty for none. */
    protected void selectProtocol(SSLEngine engine, String protocol) {
        JdkAlpn.select(engine, protocol);
    }

    /** Adds what the backend needs to an engine's parameters: the groups and signature schemes, where it can choose them. */
    protected abstract void configure(SSLParameters parameters);

    /** Stands the provider's {@link TlsEngine} over an engine that is otherwise ready. */
    protected abstract TlsEngine dress(SSLEngine engine, EngineSpec engineSpec) throws TlsException;

    /** A host_name as it is: {@code SNIHostName} refuses names that servers on the Internet have, with underscores. */
    private static SNIServerName rawName(String name) {
        return new SNIServerName(0, name.getBytes(StandardCharsets.US_ASCII)) {};
    }

    /** The names of {@code spec}'s groups in order, for backends that take names. */
    protected final List<String> groupNames() {
        return groupNames;
    }

    /** The names of {@code spec}'s signature schemes in order, for backends that take names. */
    protected final List<String> signatureSchemeNames() {
        return signatureSchemeNames;
    }
}
