package io.omnitls.jsse;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.KeyingMaterialSpec;
import io.omnitls.spi.StandardEngine;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** A connection's engine on SunJSSE, which keeps the contract of {@code SSLEngine}. */
class JsseEngine extends StandardEngine {
    private final boolean ticketless;

    /** @param ticketless whether this is a server that sends no session tickets in TLS 1.3 */
    JsseEngine(SSLEngine engine, boolean ticketless) {
        super(engine);
        this.ticketless = ticketless;
    }

    /** SunJSSE sends no ticket for a session that was invalidated before its handshake is complete. */
    @Override
    public void runDelegatedTasks() {
        super.runDelegatedTasks();
        SSLSession session = ticketless ? sslEngine().getHandshakeSession() : null;
        if (session != null && session.getProtocol().equals("TLSv1.3")) {
            session.invalidate();
        }
    }

    @Override
    public EngineFailure explain(Throwable failure) {
        return JsseFailures.explain(failure);
    }

    /** The same, for a context that wants to know what SunJSSE does not tell. */
    static final class Observed extends JsseEngine {
        private final ObservedConnection connection;

        Observed(SSLEngine engine, boolean ticketless, ObservedConnection connection) {
            super(engine, ticketless);
            this.connection = connection;
        }

        ObservedConnection connection() {
            return connection;
        }

        @Override
        public byte[] exportKeyingMaterial(KeyingMaterialSpec wanted) throws SSLException {
            return connection.export(wanted);
        }

        @Override
        public Optional<Bytes> tlsUnique() {
            return connection.firstFinished();
        }

        @Override
        public void release() {
            connection.wipe();
        }
    }
}
