package io.omnitls.spi;

import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * A {@link TlsEngine} over the {@link SSLEngine} of a JSSE-style backend; what a provider adds is its table of errors
 * and its peculiarities.
 */
public abstract class StandardEngine implements TlsEngine {
    private final SSLEngine sslEngine;
    private Optional<Object> session = Optional.empty(); // set once, before anybody else sees the engine

    /** Stands over {@code sslEngine}, which was configured by {@link StandardEngineFactory}. */
    protected StandardEngine(SSLEngine sslEngine) {
        this.sslEngine = sslEngine;
    }

    @Override
    public final SSLEngine sslEngine() {
        return sslEngine;
    }

    /** The number that the backend's cache knows the connection by; set by {@link StandardEngineFactory}. */
    @Override
    public Optional<Object> session() {
        return session;
    }

    final void cachedAs(int connection) {
        session = Optional.of(connection);
    }

    /** {@link AlertChoice#CORE}: no JSSE-style interface lets a trust manager choose the alert. */
    @Override
    public AlertChoice alertChoice() {
        return AlertChoice.CORE;
    }
}
