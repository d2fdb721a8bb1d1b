package io.omnitls.internal.engine;

import java.time.Duration;
import java.util.Optional;

/** Who keeps the session of one client connection for later ones. Thread-safe; called while the connection's locks are held. */
public interface SessionKeeper {

    /**
     * The handshake is complete, and the server acceptable.
     *
     * @param ticketLifetime for how long the server says that its ticket of TLS 1.2 is good
     */
    void completed(HandshakeFacts facts, Optional<Duration> ticketLifetime);

    /** Neither the session that was offered nor the one that the connection has is to be resumed any more. */
    void dropped();
}
