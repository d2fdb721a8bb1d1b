package io.omnitls;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ByteQueue;
import java.nio.ByteBuffer;

/**
 * A queue of bytes in memory that takes the place of a network: Python's {@code ssl.MemoryBIO}, OpenSSL's
 * {@code BIO_s_mem}. Unlimited in size; thread-safe.
 */
public final class MemoryBio {
    private final ByteQueue queue = new ByteQueue();
    private boolean writeEof; // ends the stream of bytes, whatever is still queued

    /** An empty queue. */
    public MemoryBio() {}

    /** Takes out up to {@code limit} bytes; empty when there are none. */
    public synchronized byte[] read(int limit) {
        return queue.take(limit);
    }

    /** Takes out all bytes. */
    public synchronized byte[] read() {
        return queue.take(queue.size());
    }

    /** Moves bytes into {@code target} until it is full or there are no more, and says how many. */
    public synchronized int read(ByteBuffer target) {
        return queue.take(target);
    }

    /**
     * Adds these bytes.
     *
     * @throws TlsException when {@link #writeEof} was called
     */
    public void write(byte[] bytes) throws TlsException {
        write(ByteBuffer.wrap(bytes));
    }

    /**
     * Adds all that remains in {@code source}.
     *
     * @throws TlsException when {@link #writeEof} was called
     */
    public synchronized void write(ByteBuffer source) throws TlsException {
        if (writeEof) {
            throw new TlsException(ErrorReason.PROTOCOL_IS_SHUTDOWN, "cannot write to a memory BIO after writeEof()");
        }
        queue.put(source);
    }

    /** Says that no more bytes will come: once the queue is empty, {@link #eof} is true. */
    public synchronized void writeEof() {
        writeEof = true;
    }

    /** How many bytes are queued. */
    public synchronized int pending() {
        return queue.size();
    }

    /** Whether all bytes were taken out and no more will come. */
    public synchronized boolean eof() {
        return writeEof && queue.isEmpty();
    }
}
