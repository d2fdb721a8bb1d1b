package io.omnitls.jsse;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.StandardEngine;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** A connection's engine on SunJSSE, which keeps the contract of {@code SSLEngine}. */
final class JsseEngine extends StandardEngine {

    JsseEngine(SSLEngine engine) {
        super(engine);
    }

    @Override
    public byte[] exportKeyingMaterial(String label, Optional<Bytes> context, int length) throws SSLException {
        return JsseExporter.export(
                sslEngine().getSession(), label, context.map(Bytes::toByteArray).orElse(null), length);
    }

    @Override
    public EngineFailure explain(Throwable failure) {
        return JsseFailures.explain(failure);
    }
}
