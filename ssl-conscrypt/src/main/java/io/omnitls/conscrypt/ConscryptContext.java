package io.omnitls.conscrypt;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.DroppedSessions;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.SessionSpec;
import io.omnitls.spi.StandardEngineFactory;
import io.omnitls.spi.TlsEngine;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.conscrypt.Conscrypt;

/** One context of Conscrypt. */
final class ConscryptContext extends StandardEngineFactory {
    private final List<String> allSuites;

    ConscryptContext(ContextSpec spec, ConscryptBackend backend) throws TlsException {
        super(spec, sslContext(backend), backend.crypto());
        this.allSuites = backend.capabilities().cipherSuites();
    }

    private static SSLContext sslContext(ConscryptBackend backend) throws TlsException {
        try {
            return SSLContext.getInstance("TLS", backend.provider());
        } catch (NoSuchAlgorithmException e) {
            throw new TlsException(ErrorReason.INTERNAL_ERROR, "Conscrypt has no TLS context", e);
        }
    }

    /** Conscrypt's cache has the server name in the host's place; to it the port is a number like any other. */
    @Override
    protected int peerPort(int connection) {
        return connection;
    }

    @Override
    protected int clientCacheSize() {
        return CachedSessions.removable() ? Integer.MAX_VALUE : MAX_CACHED;
    }

    /** What is kept where it can be bounded in no other way. */
    private static final int MAX_CACHED = 256;

    @Override
    public int cachedSessions() {
        OptionalInt count = CachedSessions.count(
                spec().role() == Role.CLIENT
                        ? sslContext().getClientSessionContext()
                        : sslContext().getServerSessionContext());
        return count.isPresent() ? count.getAsInt() : super.cachedSessions();
    }

    @Override
    protected void forget(DroppedSessions dropped) {
        int connection = dropped.connection();
        CachedSessions.remove(
                sslContext().getClientSessionContext(),
                dropped.serverName().orElse(peerHost(connection)),
                peerPort(connection));
    }

    @Override
    protected void resuming(int connection, EngineSpec.Client client) {
        CachedSessions.removeOlder(
                sslContext().getClientSessionContext(),
                client.serverName().orElse(peerHost(connection)),
                peerPort(connection));
    }

    /** Fresh ones, for an engine's own are what these begin with, and cost Conscrypt some reflection. */
    @Override
    protected SSLParameters parameters(SSLEngine engine) {
        return new NamedGroupParameters(groupNames());
    }

    @Override
    protected void configure(SSLParameters parameters) {
        // Conscrypt casts every name to SNIHostName, which refuses underscores; its own setter takes any.
        parameters.setServerNames(List.of());
    }

    /** Not by the parameters, which have no such list on older versions of Android: {@link #dress} calls Conscrypt itself. */
    @Override
    protected void offerProtocols(SSLParameters parameters, List<String> protocols) {}

    @Override
    protected void selectProtocol(SSLEngine engine, String protocol) {
        Conscrypt.setApplicationProtocolSelector(engine, new FixedProtocol(protocol));
    }

    @Override
    protected TlsEngine dress(SSLEngine engine, EngineSpec engineSpec) throws TlsException {
        if (engineSpec instanceof EngineSpec.Client client) {
            Conscrypt.setApplicationProtocols(
                    engine, client.applicationProtocols().toArray(new String[0]));
            if (client.serverName().isPresent()) {
                Conscrypt.setHostname(engine, client.serverName().get());
                AnyServerName.send(engine, client.serverName().get());
            }
        } else if (engineSpec instanceof EngineSpec.Server server
                && server.version().atLeast(TlsVersion.TLS_1_3)) {
            // Conscrypt's server asks the key manager for the kinds of key that the suites of TLS 1.2 need, and for no
            // others; here they are enabled to no other effect. Those of TLS 1.3 always are.
            engine.setEnabledCipherSuites(allSuites.toArray(new String[0]));
        }
        // Off by default, and without tickets there is no resumption in TLS 1.3.
        SessionSpec sessions = spec().sessions();
        Conscrypt.setUseSessionTickets(
                engine,
                sessions.ticketsTls12() && (engineSpec instanceof EngineSpec.Client || sessions.newTickets() > 0));
        Conscrypt.setBufferAllocator(engine, LentBuffers.SHARED);
        return new ConscryptEngine(engine, engineSpec.secrets());
    }
}
