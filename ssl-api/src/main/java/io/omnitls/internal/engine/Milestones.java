package io.omnitls.internal.engine;

import io.omnitls.error.TlsException;
import java.util.Optional;

/**
 * Hears of the turns in one connection's life: begun, then completed or failed, then ended if it was completed. Each but the
 * first is told once, after the turn, on the thread that took it, which may hold the connection. None may throw.
 */
public interface Milestones {
    /** Nobody hears. */
    Milestones NONE = new Milestones() {
        @Override
        public void begun() {}

        @Override
        public void completed() {}

        @Override
        public void failed(TlsException why) {}

        @Override
        public void ended(Optional<TlsException> failure) {}
    };

    /** The handshake is wanted; told again while nothing has come of it. */
    void begun();

    /** The handshake is complete. */
    void completed();

    /** The handshake has come to nothing. */
    void failed(TlsException why);

    /** What was open is over: both ends have sent close_notify, this end has given up the transport, or something fatal happened. */
    void ended(Optional<TlsException> failure);
}
