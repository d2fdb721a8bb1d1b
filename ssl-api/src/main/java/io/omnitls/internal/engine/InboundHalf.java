package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ConnectionCore.RaggedEof;
import io.omnitls.internal.engine.EnginePump.Step;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** What an open connection reads. */
final class InboundHalf {
    private static final String HERE = "without close_notify";

    private final ConnectionState state;
    private final RecordStream records;
    private final OutboundHalf outbound;
    private final LastWord lastWord;
    private final Supplier<RaggedEof> raggedEof; // asked late: on a server the ClientHello decides whose settings count

    /** A fact about this half alone: the other one goes on. */
    private volatile boolean shutDown;

    InboundHalf(ConnectionState state, OutboundHalf outbound, LastWord lastWord, Supplier<RaggedEof> raggedEof) {
        this.state = state;
        this.records = state.records();
        this.outbound = outbound;
        this.lastWord = lastWord;
        this.raggedEof = raggedEof;
    }

    /** Reads decrypted bytes, at least one, or {@link ConnectionCore#END}. */
    int read(ByteBuffer target, Deadline deadline) throws IOException {
        deadline.lock(state.reading());
        try {
            if (shutDown || state.now() instanceof Phase.Ended) {
                return ConnectionCore.END;
            }
            return read(state.requireLive().pump(), target, deadline);
        } catch (SocketTimeoutException late) {
            throw late; // nothing is lost
        } catch (Throwable e) {
            throw lastWord.of(e, deadline);
        } finally {
            tellPending();
            state.reading().unlock();
        }
    }

    private int read(EnginePump pump, ByteBuffer target, Deadline deadline) throws IOException {
        int before = target.position();
        outbound.sendOn();
        for (; ; ) {
            Step step = pump.read(target);
            outbound.answer(pump);
            if (step != Step.NEED_INPUT) {
                return step == Step.END ? ConnectionCore.END : target.position() - before;
            }
            outbound.requireRoom(deadline);
            pump.tellPending(); // whoever asks while this waits
            try {
                records.receive(pump.missing(), deadline, HERE);
            } catch (TlsEofException truncated) {
                if (shutDown || raggedEof.get() == RaggedEof.END_OF_DATA) {
                    return ConnectionCore.END;
                }
                throw truncated;
            }
        }
    }

    /**
     * Waits for the peer's close_notify, after this end's.
     *
     * @throws TlsException APPLICATION_DATA_AFTER_CLOSE_NOTIFY when data came first
     */
    void awaitCloseNotify(Deadline deadline) throws IOException {
        deadline.lock(state.reading());
        try {
            if (state.now() instanceof Phase.Ended) {
                return;
            }
            Phase.Live live = state.requireLive();
            if (closeNotifyIsNext(live.pump(), deadline)) {
                outbound.answer(live.pump());
                state.advance(live, new Phase.Ended(live));
                return;
            }
        } catch (SocketTimeoutException late) {
            throw late; // nothing is lost
        } catch (Throwable e) {
            throw lastWord.of(e, deadline);
        } finally {
            tellPending();
            state.reading().unlock();
        }
        throw new TlsException(
                ErrorReason.APPLICATION_DATA_AFTER_CLOSE_NOTIFY,
                "the peer sent data before its close_notify; read it, then unwrap again");
    }

    private boolean closeNotifyIsNext(EnginePump pump, Deadline deadline) throws IOException {
        Step step = pump.readCloseNotify();
        while (step == Step.NEED_INPUT) {
            records.receive(pump.missing(), deadline, HERE);
            step = pump.readCloseNotify();
        }
        return step == Step.END;
    }

    private void tellPending() {
        if (state.now() instanceof Phase.Live live) {
            EnginePump pump = live instanceof Phase.Open open ? open.pump() : live.pump();
            pump.tellPending();
            pump.rest();
        }
    }

    /** Every later read is at the end of the data; who waits in one is woken by the transport. */
    void shutDown() {
        shutDown = true;
    }

    /** The bytes that came behind the peer's close_notify; they are taken out. */
    byte[] leftover() {
        state.reading().lock();
        try {
            return records.inbound().take(records.inbound().size());
        } finally {
            state.reading().unlock();
        }
    }
}
