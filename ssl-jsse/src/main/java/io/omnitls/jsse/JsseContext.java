package io.omnitls.jsse;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.StandardEngineFactory;
import io.omnitls.spi.TlsEngine;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** One context of SunJSSE. */
final class JsseContext extends StandardEngineFactory {

    JsseContext(ContextSpec spec, Provider backend, CryptoServices crypto) throws TlsException {
        super(spec, sslContext(backend), crypto);
    }

    private static SSLContext sslContext(Provider backend) throws TlsException {
        try {
            return SSLContext.getInstance("TLS", backend);
        } catch (NoSuchAlgorithmException e) {
            throw new TlsException(ErrorReason.INTERNAL_ERROR, "SunJSSE has no TLS context", e);
        }
    }

    @Override
    protected void configure(SSLParameters parameters) {
        JsseGroups.choose(parameters, groupNames());
        JsseSignatureSchemes.choose(parameters, signatureSchemeNames());
    }

    @Override
    protected TlsEngine dress(SSLEngine engine, EngineSpec engineSpec) {
        return new JsseEngine(engine);
    }
}
