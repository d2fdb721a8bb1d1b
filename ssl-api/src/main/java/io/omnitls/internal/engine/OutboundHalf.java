package io.omnitls.internal.engine;

import io.omnitls.error.TlsException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** What a connection sends: the application's data, the engine's own answers, and the end. */
final class OutboundHalf {
    /** Writes never leave so much behind; answers to a peer that wants many KeyUpdates and reads none do. */
    private static final int MAX_UNSENT = 4 * Transport.SEND_SIZE;

    private final ConnectionState state;
    private final RecordStream records;

    OutboundHalf(ConnectionState state) {
        this.state = state;
        this.records = state.records();
    }

    /** Encrypts and sends from {@code source}; what could not be sent without waiting stays queued. */
    void write(ByteBuffer source, LastWord lastWord) throws IOException {
        EnginePump pump;
        boolean nothingTaken = source.hasRemaining();
        state.writing().lock();
        try {
            pump = requireWritable();
            while (records.flushed(Deadline.NONE) && source.hasRemaining()) {
                pump.write(source, Transport.SEND_SIZE);
                nothingTaken = false;
            }
        } catch (Throwable e) {
            throw lastWord.of(e, Deadline.NONE);
        } finally {
            state.writing().unlock();
        }
        answer(pump);
        if (nothingTaken) {
            throw records.wantWrite();
        }
    }

    /** Encrypts one record of what {@code source} has, and sends it. */
    void writeRecord(ByteBuffer source, LastWord lastWord) throws IOException {
        EnginePump pump;
        state.writing().lock();
        try {
            pump = requireWritable();
            pump.writeRecord(source);
            records.flushed(Deadline.NONE);
        } catch (Throwable e) {
            throw lastWord.of(e, Deadline.NONE);
        } finally {
            state.writing().unlock();
        }
        answer(pump);
    }

    private EnginePump requireWritable() throws TlsException {
        Phase.Live live = state.requireLive();
        if (live instanceof Phase.Closing) {
            throw ConnectionState.shutDown("this end has sent close_notify");
        }
        return live.pump();
    }

    /** Lets the engine end a handshake that nobody wants any more. */
    void abandon() {
        state.writing().lock();
        try {
            if (state.now() instanceof Phase.Handshaking handshaking) {
                handshaking.pump().abandon();
                records.flushed(Deadline.NONE);
            }
        } catch (IOException | RuntimeException speechless) {
            // Then the end of the transport has to say it.
        } finally {
            state.writing().unlock();
        }
    }

    /** Sends close_notify, once; the second time only what is left of it. */
    void close(Deadline deadline, LastWord lastWord) throws IOException {
        deadline.lock(state.writing());
        try {
            Phase now = state.now();
            if (now instanceof Phase.Ended) {
                return;
            }
            if (now instanceof Phase.Open open) {
                open.pump().closeOutbound();
                state.advance(open, new Phase.Closing(open.pump(), open.endpoint()));
            } else {
                state.requireLive();
            }
            records.requireFlushed(deadline);
        } catch (SocketTimeoutException late) {
            throw late; // nothing is lost
        } catch (Throwable e) {
            throw lastWord.of(e, deadline);
        } finally {
            state.writing().unlock();
        }
    }

    /** Sends what is queued; whether nothing is left. */
    boolean flush(LastWord lastWord) throws IOException {
        state.writing().lock();
        try {
            return records.flushed(Deadline.NONE);
        } catch (Throwable e) {
            throw lastWord.of(e, Deadline.NONE);
        } finally {
            state.writing().unlock();
        }
    }

    /** Sends close_notify and what was left to be sent, if no writer is in the way and the handshake is over. */
    void sayGoodbye() {
        if (!state.awaitsHandshake() && state.writing().tryLock()) {
            try {
                if (state.now() instanceof Phase.Open open) {
                    open.pump().closeOutbound();
                }
                records.flushed(Deadline.NONE);
                records.transport().settle(Deadline.NONE);
            } catch (Throwable peerIsGone) {
                // Closing is the answer to that.
            } finally {
                state.writing().unlock();
            }
        }
    }

    /** Lends the writers a hand with what the transport would not take, unless one of them is at work. */
    void sendOn() {
        if (records.unsent() > 0 && state.writing().tryLock()) {
            try {
                records.offered();
            } catch (IOException | RuntimeException broken) {
                // What can be read is good all the same; the next write meets the same trouble and says so.
            } finally {
                state.writing().unlock();
            }
        }
    }

    /**
     * Sends what the engine has to say on its own. Waits neither for the peer nor for a writer: one that is at work comes
     * by here when it is done.
     */
    void answer(EnginePump pump) {
        while (pump.answerDue() && state.writing().tryLock()) {
            try {
                pump.answer();
                records.offered();
            } catch (IOException | RuntimeException broken) {
                // What was read is good all the same; the next write meets the same trouble and says so.
            } finally {
                state.writing().unlock();
            }
        }
    }

    /** Sends what a failed engine has to say, and waits until it is sent: nobody comes by later. */
    void answer(EnginePump pump, Deadline deadline) {
        while (pump.answerDue() && state.writing().tryLock()) {
            try {
                pump.answer();
                records.flushed(deadline);
            } catch (IOException peerIsGone) {
                // Then there is nobody to tell.
            } finally {
                state.writing().unlock();
            }
        }
    }

    /** Waits until so little is left to be sent that a reader may cause more. */
    void requireRoom(Deadline deadline) throws IOException {
        if (records.unsent() <= MAX_UNSENT) {
            return;
        }
        deadline.lock(state.writing());
        try {
            if (!records.flushed(deadline) && records.unsent() > MAX_UNSENT) {
                throw records.wantWrite();
            }
        } finally {
            state.writing().unlock();
        }
    }
}
