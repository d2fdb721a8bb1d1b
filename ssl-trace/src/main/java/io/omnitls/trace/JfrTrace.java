package io.omnitls.trace;

import io.omnitls.TlsEvent;
import io.omnitls.TlsTrace;
import java.util.Objects;

/**
 * Gives the events to JDK Flight Recorder, where they stand under OmniTLS: {@code io.omnitls.HandshakeCompleted}, {@code
 * HandshakeFailed}, {@code ConnectionEnded} and {@code Reload}. They are on in every recording, like those of an application; while
 * nothing records they cost next to nothing. A connection's have the same {@code connectionId}. Unlike {@code
 * jdk.TLSHandshake}, which SunJSSE alone writes, they are there for each provider. Thread-safe.
 */
public final class JfrTrace implements TlsTrace {
    private JfrTrace() {}

    /** The trace; there is nothing to choose. */
    public static JfrTrace create() {
        return new JfrTrace();
    }

    @Override
    public void event(TlsEvent event) {
        Objects.requireNonNull(event, "event");
        if (event instanceof TlsEvent.HandshakeCompleted completed) {
            HandshakeCompletedEvent.write(completed);
        } else if (event instanceof TlsEvent.HandshakeFailed failed) {
            HandshakeFailedEvent.write(failed);
        } else if (event instanceof TlsEvent.ConnectionEnded ended) {
            ConnectionEndedEvent.write(ended);
        } else if (event instanceof TlsEvent.Reloaded reloaded) {
            ReloadEvent.write(reloaded.status());
        } else if (event instanceof TlsEvent.ReloadFailed failed) {
            ReloadEvent.write(failed.status());
        }
    }
}
