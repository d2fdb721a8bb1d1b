package io.omnitls.internal.engine;

import io.omnitls.error.TlsException;
import java.util.Optional;

/** Where a connection stands; each phase holds what is valid in it. */
sealed interface Phase {

    /** The phases before the handshake is complete. */
    sealed interface Opening extends Phase {}

    /** A client that has no engine yet: nobody has asked for anything. */
    record Unstarted(Endpoint.Opener opener) implements Opening {}

    /** A server that has no engine yet: who answers depends on the ClientHello. */
    record AwaitingHello(HelloGate gate) implements Opening {}

    /** The phases in which an engine is at work. */
    sealed interface Live extends Phase {
        EnginePump pump();

        Endpoint endpoint();
    }

    /** The handshake is under way. */
    record Handshaking(EnginePump pump, Endpoint endpoint) implements Live, Opening {}

    /** Application data flows. */
    record Open(EnginePump pump, Endpoint endpoint) implements Live {}

    /** This end has sent close_notify; the peer may still be sending. */
    record Closing(EnginePump pump, Endpoint endpoint) implements Live {}

    /** Both ends have sent close_notify, and the transport may be used for something else. */
    record Ended(Live last) implements Phase {}

    /** This end has given up its transport. */
    record Closed(Optional<Live> last) implements Phase {}

    /** Something fatal happened, and will be what every later operation says. */
    record Failed(TlsException failure, Optional<Live> last) implements Phase {}

    /** The phase in which an engine was, or is, at work: what has to be released in the end. */
    default Optional<Live> lastLive() {
        if (this instanceof Live live) {
            return Optional.of(live);
        }
        if (this instanceof Ended ended) {
            return Optional.of(ended.last());
        }
        if (this instanceof Closed closed) {
            return closed.last();
        }
        return this instanceof Failed failed ? failed.last() : Optional.empty();
    }
}
