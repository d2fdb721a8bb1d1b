package io.omnitls.internal.engine;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.ResumableSession;
import io.omnitls.spi.TlsEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The session that a completed handshake began or resumed.
 *
 * @param id empty where the version has none
 * @param time when it began, on resumption the first time
 * @param timeout how long the backend keeps it, zero for no limit
 * @param handle what the backend resumes it by; empty when it cannot be resumed
 */
public record SessionFacts(Bytes id, Instant time, Duration timeout, Optional<ResumableSession> handle) {

    static SessionFacts of(TlsEngine engine, SSLSession session) {
        return new SessionFacts(
                Bytes.copyOf(session.getId()),
                Instant.ofEpochMilli(session.getCreationTime()),
                timeout(session.getSessionContext()),
                engine.session());
    }

    private static Duration timeout(@Nullable SSLSessionContext sessions) {
        return sessions == null ? Duration.ZERO : Duration.ofSeconds(sessions.getSessionTimeout());
    }
}
