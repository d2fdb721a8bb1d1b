package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsWantWriteException;
import io.omnitls.error.TlsZeroReturnException;
import io.omnitls.protocol.TlsAlert;
import java.io.IOException;

/**
 * What becomes of a connection in which something was thrown, by the peer's doing, the backend's or the application's: it
 * has failed, the peer is told, and every later operation says why.
 */
final class LastWord {
    /** For so long the alert may wait for a peer that does not read. */
    static final int LIMIT_MILLIS = 1000;

    private final ConnectionState state;
    private final OutboundHalf outbound;

    LastWord(ConnectionState state, OutboundHalf outbound) {
        this.state = state;
        this.outbound = outbound;
    }

    /**
     * Makes {@code cause} the last word, unless it is none, and returns what to throw.
     *
     * @throws Error when that is what {@code cause} is, or was in a callback: the connection has failed like any other,
     *     but what the JVM or an assertion has to say is not ours to hide
     */
    TlsException of(Throwable cause, Deadline deadline) {
        if (cause instanceof TlsException own && leavesTheConnectionAsItIs(own)) {
            return own;
        }
        TlsException thrown = state.now() instanceof Phase.Failed failed
                ? failed.failure().again()
                : state.failed(conclude(cause, deadline));
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof TlsException own
                && own.reason() == ErrorReason.CALLBACK_FAILED
                && own.getCause() instanceof Error error) {
            throw error;
        }
        return thrown;
    }

    private boolean leavesTheConnectionAsItIs(TlsException own) {
        return own instanceof TlsWantReadException
                || own instanceof TlsWantWriteException
                // The caller came too late or too early.
                || own.reason() == ErrorReason.PROTOCOL_IS_SHUTDOWN
                || own.reason() == ErrorReason.SHUTDOWN_WHILE_IN_INIT
                // Only writing has come to its end.
                || own instanceof TlsZeroReturnException && state.facts().isPresent()
                // It is the last word already.
                || state.now() instanceof Phase.Failed failed && own.getCause() == failed.failure();
    }

    private TlsException conclude(Throwable cause, Deadline deadline) {
        Phase now = state.now();
        try {
            if (now instanceof Phase.Live live) {
                live.pump().failed(cause);
                outbound.answer(live.pump(), deadline.orIn(LIMIT_MILLIS));
                return live.pump().explain(cause);
            }
            TlsException failure = FailureMapper.map(cause);
            if (now instanceof Phase.AwaitingHello) {
                refuse(failure, deadline.orIn(LIMIT_MILLIS));
            }
            return failure;
        } catch (Throwable worse) {
            // The engine, or what it calls, is beyond saying more: a stack that overflowed may do so again.
            return FailureMapper.map(cause);
        }
    }

    /** There is no engine yet to send the alert. */
    private void refuse(TlsException failure, Deadline deadline) {
        RecordStream records = state.records();
        try {
            failure.alert()
                    .map(TlsAlert::code)
                    .ifPresent(alert -> records.outbound().put(AlertRewriter.record(alert)));
            records.flushed(deadline);
        } catch (IOException peerIsGone) {
            // Then there is nobody to tell.
        }
    }
}
