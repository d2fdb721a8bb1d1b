package io.omnitls.spi;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import java.nio.charset.StandardCharsets;
import java.security.KeyManagementException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/**
 * An {@link EngineFactory} over the {@link SSLContext} of a JSSE-style backend. A provider passes an uninitialised
 * {@code SSLContext} and says how to dress an {@code SSLEngine}; the rest is the same for all.
 */
public abstract class StandardEngineFactory implements EngineFactory {
    /** Numbers the connections of the process: no two share a key of a backend's client session cache. */
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    /** What a context keeps for applications that resume; the others pay for it with some hundred kilobytes. */
    private static final int MAX_SESSIONS = 256;

    private final ContextSpec spec;
    private final SSLContext sslContext;

    /**
     * Initialises {@code sslContext} with the managers of {@code spec} and the backend's random numbers.
     *
     * @throws TlsException when the backend refuses them
     */
    protected StandardEngineFactory(ContextSpec spec, SSLContext sslContext, CryptoServices crypto)
            throws TlsException {
        this.spec = spec;
        this.sslContext = sslContext;
        try {
            sslContext.init(
                    new KeyManager[] {spec.keyManager()}, new TrustManager[] {spec.trustManager()}, crypto.random());
        } catch (KeyManagementException e) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR, "the backend refused the key or trust manager: " + e.getMessage(), e);
        }
        if (spec.role() == Role.CLIENT) {
            sslContext.getClientSessionContext().setSessionCacheSize(MAX_SESSIONS);
        } else {
            SSLSessionContext sessions = sslContext.getServerSessionContext();
            spec.sessions().cacheSize().ifPresent(sessions::setSessionCacheSize);
            spec.sessions().timeout().ifPresent(timeout -> sessions.setSessionTimeout((int) timeout.toSeconds()));
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
        // JSSE-style client caches resume by (host, port) on their own, and a resumed handshake skips the trust
        // manager:
        // so no two connections have the same host, unless one is to resume the other's session.
        int connection = engineSpec instanceof EngineSpec.Client client
                        && client.session().orElse("") instanceof Integer earlier
                ? earlier
                : CONNECTIONS.incrementAndGet() & Integer.MAX_VALUE;
        SSLEngine engine = create(connection);
        try {
            prepare(engine, engineSpec);
            TlsEngine dressed = dress(engine, engineSpec);
            if (dressed instanceof StandardEngine standard && spec.role() == Role.CLIENT) {
                standard.cachedAs(connection);
            }
            return dressed;
        } catch (TlsException | RuntimeException e) {
            // A native engine holds more than memory, and nobody else knows of this one.
            engine.closeOutbound();
            throw e;
        }
    }

    private SSLEngine create(int connection) throws TlsException {
        try {
            return sslContext.createSSLEngine("omnitls-" + connection, peerPort(connection));
        } catch (RuntimeException e) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR, "the backend cannot make an engine: " + e.getMessage(), e);
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
        parameters.setProtocols(spec.protocolNames());
        parameters.setCipherSuites(spec.cipherSuiteNames());
        parameters.setUseCipherSuitesOrder(spec.preferServerCiphers());
        if (engineSpec instanceof EngineSpec.Client client) {
            parameters.setServerNames(client.serverName().map(StandardEngineFactory::rawName).stream()
                    .toList());
            parameters.setApplicationProtocols(client.applicationProtocols().toArray(String[]::new));
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
            // The list of SSLParameters would answer "no overlap" with a fatal alert; a selector need not.
            String selected = server.applicationProtocol().orElse("");
            engine.setHandshakeApplicationProtocolSelector((ignored, offered) -> selected);
        }
    }

    /** The parameters that are then filled: the engine's own unless a backend wants others. */
    protected SSLParameters parameters(SSLEngine engine) {
        return engine.getSSLParameters();
    }

    /** Adds what the backend needs to an engine's parameters: the groups and signature schemes, where it can choose them. */
    protected abstract void configure(SSLParameters parameters);

    /** Stands the provider's {@link TlsEngine} over an engine that is otherwise ready. */
    protected abstract TlsEngine dress(SSLEngine engine, EngineSpec engineSpec) throws TlsException;

    /** A host_name as it is: {@code SNIHostName} refuses names that servers on the Internet have, with underscores. */
    private static SNIServerName rawName(String name) {
        return new SNIServerName(0, name.getBytes(StandardCharsets.US_ASCII)) {};
    }

    /** Whether a server's connection that begins with {@code hello} comes to TLS 1.3, if it comes to anything. */
    protected final boolean negotiatesTls13(ClientHello hello) {
        return spec.versions().contains(TlsVersion.TLS_1_3) && hello.offers(TlsVersion.TLS_1_3);
    }

    /** The names of {@code spec}'s groups in order, for backends that take names. */
    protected final List<String> groupNames() {
        return spec.groups().stream().map(group -> group.name()).toList();
    }

    /** The names of {@code spec}'s signature schemes in order, for backends that take names. */
    protected final List<String> signatureSchemeNames() {
        return spec.signatureSchemes().stream().map(scheme -> scheme.name()).toList();
    }
}
