package io.omnitls;

import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.SharedQueue;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A queue of bytes in memory that takes the place of a network: Python's {@code ssl.MemoryBIO}, OpenSSL's
 * {@code BIO_s_mem}. Holds up to 2 GiB; what a call costs depends on the bytes that it moves and not on those that are
 * queued. Thread-safe; a callback of the connection that works on it must not use it, and is told so by an
 * {@code IllegalStateException}.
 */
public final class MemoryBio {
    private final SharedQueue queue = new SharedQueue();

    /** An empty queue. */
    public MemoryBio() {}

    SharedQueue queue() {
        return queue;
    }

    /** Takes out up to {@code limit} bytes; empty when there are none. */
    public byte[] read(int limit) {
        return queue.take(limit);
    }

    /** Takes out all bytes. */
    public byte[] read() {
        return queue.take(Integer.MAX_VALUE);
    }

    /** Moves bytes into {@code target} until it is full or there are no more, and says how many. */
    public int read(ByteBuffer target) {
        return queue.take(Objects.requireNonNull(target, "target"));
    }

    /**
     * Adds these bytes.
     *
     * @throws TlsException when {@link #writeEof} was called
     */
    public void write(byte[] bytes) throws TlsException {
        write(ByteBuffer.wrap(Objects.requireNonNull(bytes, "bytes")));
    }

    /**
     * Adds all that remains in {@code source}.
     *
     * @throws TlsException when {@link #writeEof} was called
     */
    public void write(ByteBuffer source) throws TlsException {
        queue.put(Objects.requireNonNull(source, "source"));
    }

    /** Says that no more bytes will come: once the queue is empty, {@link #eof} is true. */
    public void writeEof() {
        queue.end();
    }

    /** How many bytes are queued. */
    public int pending() {
        return queue.size();
    }

    /** Whether all bytes were taken out and no more will come. */
    public boolean eof() {
        return queue.atEnd();
    }
}
