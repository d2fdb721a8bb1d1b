package io.omnitls.spi;

import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/**
 * A {@link TlsEngine} over the {@link SSLEngine} of a JSSE-style backend; what a provider adds is its table of errors
 * and its peculiarities.
 */
public abstract class StandardEngine implements TlsEngine {
    private final SSLEngine sslEngine;
    private Optional<SessionHandle> handle = Optional.empty(); // set once, before anybody else sees the engine

    /** Stands over {@code sslEngine}, which was configured by {@link StandardEngineFactory}. */
    protected StandardEngine(SSLEngine sslEngine) {
        this.sslEngine = sslEngine;
    }

    @Override
    public final SSLEngine sslEngine() {
        return sslEngine;
    }

    /** What the sessions of this connection are known by in the backend's cache; set by {@link StandardEngineFactory}. */
    @Override
    public Optional<ResumableSession> session() {
        handle.ifPresent(known -> cachedSession().ifPresent(known.kept()::add));
        return handle.map(known -> known);
    }

    /**
     * The session of the completed handshake as the backend's cache has it, so that it lasts as long as somebody holds it;
     * empty for a backend whose {@code getSession} gives a view of the engine instead, or whose cache lets nothing go.
     */
    protected Optional<SSLSession> cachedSession() {
        return Optional.of(sslEngine.getSession());
    }

    final void sessionsKnownBy(SessionHandle known) {
        handle = Optional.of(known);
    }

    /** {@link AlertChoice#CORE}: no JSSE-style interface lets a trust manager choose the alert. */
    @Override
    public AlertChoice alertChoice() {
        return AlertChoice.CORE;
    }
}
