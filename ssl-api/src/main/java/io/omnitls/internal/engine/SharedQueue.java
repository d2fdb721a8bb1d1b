package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue that a connection and the owner of a memory BIO both have. An engine makes and takes records in it, so whoever holds
 * the lock must call nothing that could be waiting for it. Thread-safe but for {@link #bytes}, which is for who holds the lock.
 */
public final class SharedQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteQueue bytes = new ByteQueue();
    private boolean ended; // whatever is still queued

    /** Held for each look and each change. */
    ReentrantLock lock() {
        return lock;
    }

    /** The bytes; needs the lock. */
    ByteQueue bytes() {
        return bytes;
    }

    /** One of the connections that work here has an engine that would copy what is in the heap. */
    void turnDirect() {
        lock.lock();
        try {
            bytes.turnDirect();
        } finally {
            lock.unlock();
        }
    }

    /** Whether no more bytes will come; needs the lock. */
    boolean ended() {
        return ended;
    }

    /**
     * Takes the lock for an operation of the owner.
     *
     * @throws IllegalStateException when this thread is in the middle of one on the same queue
     */
    private void enter() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a callback cannot use the memory BIO that its connection is working on");
        }
        lock.lock();
    }

    private void leave() {
        bytes.rest();
        lock.unlock();
    }

    /** Takes out up to {@code limit} bytes. */
    public byte[] take(int limit) {
        enter();
        try {
            return bytes.take(limit);
        } finally {
            leave();
        }
    }

    /** Moves bytes into {@code target} until it is full or there are no more, and says how many. */
    public int take(ByteBuffer target) {
        enter();
        try {
            return bytes.take(target);
        } finally {
            leave();
        }
    }

    /**
     * Moves the first record into {@code target}; the queue holds whole records and nothing else.
     *
     * @return how many bytes it has; 0 when there is none, and {@link #NO_ROOM}
     */
    public int takeRecord(ByteBuffer target) {
        enter();
        try {
            if (bytes.isEmpty()) {
                return 0;
            }
            int length = bytes.recordSize(0);
            if (length > target.remaining()) {
                return NO_ROOM;
            }
            target.put(bytes.front(length));
            bytes.skip(length);
            return length;
        } finally {
            leave();
        }
    }

    /**
     * Lends {@code target} for the records that are made until {@link #collect} or {@link #keep}: they need not be copied there.
     * Where something is queued, or the memory is of another kind, nothing is lent.
     */
    public void lend(ByteBuffer target) {
        enter();
        try {
            bytes.borrow(target, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a loan: moves {@code target} behind the records that were made in it, and says how many bytes they have. */
    public int collect(ByteBuffer target) {
        enter();
        try {
            int length = bytes.handOver();
            ((Buffer) target).position(((Buffer) target).position() + length);
            return length;
        } finally {
            leave();
        }
    }

    /**
     * Adds all that remains in {@code source}, where it stands if that can be: the buffer is lent until {@link #keep}.
     *
     * @throws TlsException when no more bytes may come
     */
    public void putLent(ByteBuffer source) throws TlsException {
        enter();
        try {
            requireOpen();
            if (bytes.borrow(source, source.remaining())) {
                ((Buffer) source).position(((Buffer) source).limit());
            } else {
                bytes.put(source);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a loan: what is still queued in the lender's memory stays queued, and is moved. */
    public void keep() {
        enter();
        try {
            bytes.keep();
        } finally {
            leave();
        }
    }

    /** What {@link #takeRecord} answers when the record is larger than the target. */
    public static final int NO_ROOM = -1;

    /**
     * Adds all that remains in {@code source}.
     *
     * @throws TlsException when no more bytes may come
     */
    public void put(ByteBuffer source) throws TlsException {
        enter();
        try {
            requireOpen();
            bytes.put(source);
        } finally {
            leave();
        }
    }

    /** Refuses bytes behind the end; needs the lock. */
    void requireOpen() throws TlsException {
        if (ended) {
            throw new TlsException(ErrorReason.PROTOCOL_IS_SHUTDOWN, "cannot write to a memory BIO after writeEof()");
        }
    }

    /** No more bytes will come. */
    public void end() {
        enter();
        try {
            ended = true;
        } finally {
            leave();
        }
    }

    /** How many bytes are queued. */
    public int size() {
        enter();
        try {
            return bytes.size();
        } finally {
            leave();
        }
    }

    /** Whether all bytes were taken out and no more will come. */
    public boolean atEnd() {
        enter();
        try {
            return ended && bytes.isEmpty();
        } finally {
            leave();
        }
    }
}
