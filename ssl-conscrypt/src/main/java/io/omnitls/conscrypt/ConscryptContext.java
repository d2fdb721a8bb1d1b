package io.omnitls.conscrypt;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.SessionSpec;
import io.omnitls.spi.StandardEngineFactory;
import io.omnitls.spi.TlsEngine;
import java.security.NoSuchAlgorithmException;
import java.util.List;
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
    protected SSLParameters parameters(SSLEngine engine) {
        return groupNames().isEmpty() ? super.parameters(engine) : new NamedGroupParameters(groupNames());
    }

    @Override
    protected void configure(SSLParameters parameters) {
        // Conscrypt casts every name to SNIHostName, which refuses underscores; its own setter takes any.
        parameters.setServerNames(List.of());
    }

    @Override
    protected TlsEngine dress(SSLEngine engine, EngineSpec engineSpec) {
        if (engineSpec instanceof EngineSpec.Client client) {
            client.serverName().ifPresent(name -> Conscrypt.setHostname(engine, name));
        } else if (engineSpec instanceof EngineSpec.Server server && negotiatesTls13(server.clientHello())) {
            // Conscrypt's server asks the key manager for the kinds of key that the suites of TLS 1.2 need, and for no
            // others; here they are enabled to no other effect. Those of TLS 1.3 always are.
            engine.setEnabledCipherSuites(allSuites.toArray(new String[0]));
        }
        // Off by default, and without tickets there is no resumption in TLS 1.3.
        SessionSpec sessions = spec().sessions();
        Conscrypt.setUseSessionTickets(
                engine,
                sessions.ticketsTls12() && (engineSpec instanceof EngineSpec.Client || sessions.newTickets() > 0));
        return new ConscryptEngine(engine, engineSpec.secrets());
    }
}
