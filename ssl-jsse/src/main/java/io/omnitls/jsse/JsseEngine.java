package io.omnitls.jsse;

import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.StandardEngine;
import javax.net.ssl.SSLEngine;

/** A connection's engine on SunJSSE, which keeps the contract of {@code SSLEngine}. */
final class JsseEngine extends StandardEngine {

    JsseEngine(SSLEngine engine) {
        super(engine);
    }

    @Override
    public EngineFailure explain(Throwable failure) {
        return JsseFailures.explain(failure);
    }
}
