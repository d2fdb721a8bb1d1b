package io.omnitls;

import io.omnitls.error.TlsException;
import java.util.Optional;

/**
 * Whom a context's connections call.
 *
 * @param keyLog who writes their secrets down, found when the context is built
 * @param handshakeObserver who sees their messages
 * @param serverName who decides which context answers a client
 */
record Callbacks(
        Optional<KeyLogSource> keyLog,
        Optional<HandshakeObserver> handshakeObserver,
        Optional<ServerNameCallback> serverName) {
    static final Callbacks NONE = new Callbacks(Optional.empty(), Optional.empty(), Optional.empty());

    /** Opens a key log. */
    interface KeyLogSource {
        KeyLog open() throws TlsException;
    }

    Callbacks with(KeyLogSource source) {
        return new Callbacks(Optional.of(source), handshakeObserver, serverName);
    }

    Callbacks withoutKeyLog() {
        return new Callbacks(Optional.empty(), handshakeObserver, serverName);
    }

    Callbacks with(HandshakeObserver observer) {
        return new Callbacks(keyLog, Optional.of(observer), serverName);
    }

    Callbacks with(ServerNameCallback callback) {
        return new Callbacks(keyLog, handshakeObserver, Optional.of(callback));
    }

    Callbacks withoutServerName() {
        return new Callbacks(keyLog, handshakeObserver, Optional.empty());
    }
}
