package io.omnitls.conscrypt;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.EngineSpec;
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

    ConscryptContext(ContextSpec spec, ConscryptBackend backend) throws TlsException {
        super(spec, sslContext(backend), backend.crypto());
    }

    private static SSLContext sslContext(ConscryptBackend backend) throws TlsException {
        try {
            return SSLContext.getInstance("TLS", backend.provider());
        } catch (NoSuchAlgorithmException e) {
            throw new TlsException(ErrorReason.INTERNAL_ERROR, "Conscrypt has no TLS context", e);
        }
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
        }
        return new ConscryptEngine(engine);
    }
}
