package io.omnitls;

import io.omnitls.error.TlsException;
import java.util.Optional;

/**
 * Whom a context's connections call.
 *
 * @param keyLog who writes their secrets down, found when the context is built
 * @param handshakeObserver who sees their messages
 * @param serverName who decides which context answers a client
 * @param trace who hears what becomes of them
 */
record Callbacks(
        Optional<KeyLogSource> keyLog,
        Optional<HandshakeObserver> handshakeObserver,
        Optional<ServerNameCallback> serverName,
        Optional<TlsTrace> trace) {
    static final Callbacks NONE = new Callbacks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Opens a key log. */
    interface KeyLogSource {
        KeyLog open() throws TlsException;
    }

    Callbacks with(KeyLogSource source) {
        return new Callbacks(Optional.of(source), handshakeObserver, serverName, trace);
    }

    Callbacks withoutKeyLog() {
        return new Callbacks(Optional.empty(), handshakeObserver, serverName, trace);
    }

    Callbacks with(HandshakeObserver observer) {
        return new Callbacks(keyLog, Optional.of(observer), serverName, trace);
    }

    Callbacks with(ServerNameCallback callback) {
        return new Callbacks(keyLog, handshakeObserver, Optional.of(callback), trace);
    }

    Callbacks withoutServerName() {
        return new Callbacks(keyLog, handshakeObserver, Optional.empty(), trace);
    }

    Callbacks withTrace(TlsTrace who) {
        return new Callbacks(keyLog, handshakeObserver, serverName, Optional.of(who));
    }

    Callbacks withoutTrace() {
        return new Callbacks(keyLog, handshakeObserver, serverName, Optional.empty());
    }
}
