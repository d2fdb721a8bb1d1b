package io.omnitls.internal.engine;

import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsSyscallException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsWantWriteException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/**
 * The records of one connection between its pump and its transport: what was received and is not read yet, what is
 * written and not sent yet. The transport's failures come out of here as OpenSSL's.
 */
final class RecordStream {
    private final Transport transport;
    private final ByteQueue inbound = new ByteQueue(); // guarded by the core's reading lock
    private final ByteQueue outbound = new ByteQueue(); // guarded by the core's writing lock
    private volatile int unsent;

    RecordStream(Transport transport) {
        this.transport = transport;
    }

    ByteQueue inbound() {
        return inbound;
    }

    ByteQueue outbound() {
        return outbound;
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
        int received;
        try {
            received = transport.receive(inbound, missing, deadline);
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (IOException e) {
            throw new TlsSyscallException("cannot receive: " + e.getMessage(), e);
        }
        if (received == 0) {
            throw TlsWantReadException.INSTANCE;
        }
        if (received == Transport.END) {
            throw new TlsEofException(
                    "the transport ended " + where + (inbound.isEmpty() ? "" : ", in the middle of a record"));
        }
    }

    /** Sends what is queued; false when the transport would have to wait. */
    boolean flushed() throws TlsException {
        if (outbound.isEmpty()) {
            unsent = 0;
            return true;
        }
        ByteBuffer records = outbound.front(outbound.size());
        int before = records.remaining();
        try {
            transport.send(records);
        } catch (IOException e) {
            throw new TlsSyscallException("cannot send: " + e.getMessage(), e);
        }
        outbound.skip(before - records.remaining());
        unsent = outbound.size();
        return unsent == 0;
    }

    /** Sends what is queued, all of it or {@link TlsWantWriteException}. */
    void requireFlushed() throws TlsException {
        if (!flushed()) {
            throw TlsWantWriteException.INSTANCE;
        }
    }
}
