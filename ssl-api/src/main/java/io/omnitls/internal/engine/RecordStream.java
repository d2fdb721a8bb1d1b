package io.omnitls.internal.engine;

import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsSyscallException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsWantWriteException;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.TlsEngine;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of one connection between its pump and its transport: what was received and is not read yet, what is
 * written and not sent yet. The transport's failures come out of here as OpenSSL's.
 */
final class RecordStream {
    private final Transport transport;
    private final ByteQueue inbound = new ByteQueue(); // guarded by the core's reading lock
    private final ByteQueue outbound = new ByteQueue(); // guarded by the core's writing lock
    private @Nullable SharedQueue arriving; // guarded by the core's reading lock; of an open connection in memory
    private volatile int unsent;

    // What was thrown last.
    private volatile TlsWantReadException wantRead = TlsWantReadException.INSTANCE;
    private volatile TlsWantWriteException wantWrite = TlsWantWriteException.INSTANCE;

    RecordStream(Transport transport) {
        this.transport = transport;
    }

    Transport transport() {
        return transport;
    }

    ByteQueue inbound() {
        return inbound;
    }

    ByteQueue outbound() {
        return outbound;
    }

    /**
     * The handshake is complete: where the transport is memory, the pump works in it from now on. What is left of the handshake, if
     * anything is, has to be carried to its end.
     */
    void open(EnginePump pump, TlsEngine engine) {
        Optional<Transport.Memory> memory = transport.memory();
        if (memory.isPresent() && inbound.isEmpty() && outbound.isEmpty()) {
            arriving = memory.get().incoming();
            pump.workIn(arriving, memory.get().outgoing());
        }
        if (engine.prefersDirect() && transport.takesDirect()) {
            inbound.turnDirect();
            outbound.turnDirect();
            memory.ifPresent(shared -> {
                shared.incoming().turnDirect();
                shared.outgoing().turnDirect();
            });
        }
        pump.opened();
        outbound.rest();
    }

    /** How many bytes the transport has left in the queue; only a hint to threads without the lock. */
    int unsent() {
        return unsent;
    }

    /**
     * Receives something.
     *
     * @param missing how many bytes the reader would like, at least
     * @param where what an end of the transport cuts short, for the message
     * @throws TlsWantReadException when there is nothing now
     * @throws TlsEofException when there never will be
     */
    void receive(int missing, Deadline deadline, String where) throws IOException {
        SharedQueue shared = arriving;
        if (shared != null) {
            requireMore(shared, where);
            return;
        }
        int received;
        try {
            received = transport.receive(inbound, missing, deadline);
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (IOException e) {
            throw new TlsSyscallException("cannot receive: " + EngineFailure.text(e), e);
        }
        if (received == 0) {
            throw wantRead();
        }
        if (received == Transport.END) {
            throw ended(where, inbound);
        }
    }

    private void requireMore(SharedQueue shared, String where) throws TlsException {
        shared.lock().lock();
        try {
            throw shared.ended() ? ended(where, shared.bytes()) : wantRead();
        } finally {
            shared.lock().unlock();
        }
    }

    private TlsWantReadException wantRead() {
        wantRead = wantRead.next();
        return wantRead;
    }

    private static TlsEofException ended(String where, ByteQueue inbound) {
        return new TlsEofException(
                "the transport ended " + where + (inbound.isEmpty() ? "" : ", in the middle of a record"));
    }

    /** Sends what is queued; false when the transport would have to wait. */
    boolean flushed(Deadline deadline) throws TlsException, SocketTimeoutException {
        return outbound.isEmpty() ? unsent == 0 : moved(records -> transport.send(records, deadline));
    }

    /** Sends of what is queued as much as needs no waiting for the peer; false when that is not all. */
    boolean offered() throws TlsException, SocketTimeoutException {
        return outbound.isEmpty() ? unsent == 0 : moved(transport::offer);
    }

    /** Sends what is queued, all of it or {@link TlsWantWriteException}. */
    void requireFlushed(Deadline deadline) throws TlsException, SocketTimeoutException {
        if (!flushed(deadline)) {
            throw wantWrite();
        }
    }

    /** What to throw when the transport has to be waited for. */
    TlsWantWriteException wantWrite() {
        wantWrite = wantWrite.next();
        return wantWrite;
    }

    private interface Way {
        void take(ByteBuffer records) throws IOException;
    }

    private boolean moved(Way way) throws TlsException, SocketTimeoutException {
        ByteBuffer records = outbound.front(outbound.size());
        int before = records.remaining();
        try {
            way.take(records);
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (IOException e) {
            throw new TlsSyscallException("cannot send: " + EngineFailure.text(e), e);
        } finally {
            outbound.skip(before - records.remaining());
            int left = outbound.size();
            if (unsent != left) {
                unsent = left;
            }
            outbound.rest();
        }
        return unsent == 0;
    }
}
