package io.omnitls.conscrypt;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.conscrypt.AllocatedBuffer;
import org.conscrypt.BufferAllocator;

/**
 * Native memory through which Conscrypt copies what is in the heap: handshakes, and data of callers who have arrays. Left to itself
 * each engine makes 17 KiB of it at its first record and keeps them until it is collected, which is a good part of what a handshake
 * costs and nearly all that an idle connection holds.
 *
 * <p>Thread-safe and free of locks.
 */
final class LentBuffers extends BufferAllocator {
    static final LentBuffers SHARED = new LentBuffers();

    /**
     * The same as Conscrypt's own. Not longer: of a flight that its pipe of 17 KiB does not hold, an engine forgets the rest when the
     * pipe is emptied at one go (it says NEED_UNWRAP, and both ends wait for ever).
     */
    private static final int SIZE = 16_709;

    /** More than there are threads in the middle of a copy; a power of two. */
    private static final int PLACES = 32;

    private static final int PROBES = 4;

    private static final byte[] ZEROS = new byte[4096];

    private final AtomicReferenceArray<Lent> places = new AtomicReferenceArray<>(PLACES);

    private LentBuffers() {}

    /** Conscrypt asks for as much as its caller has room for, and takes it in portions if it gets less, as of its own buffer. */
    @Override
    public AllocatedBuffer allocateDirectBuffer(int capacity) {
        return taken().sized(Math.min(capacity, SIZE));
    }

    @SuppressWarnings("NullAway") // an empty place has null
    private Lent taken() {
        int first = place();
        for (int i = 0; i < PROBES; i++) {
            int at = first + i & PLACES - 1;
            if (places.get(at) != null) {
                Lent lent = places.getAndSet(at, null);
                if (lent != null) {
                    return lent;
                }
            }
        }
        return new Lent();
    }

    @SuppressWarnings("NullAway") // an empty place has null
    private void give(Lent lent) {
        int first = place();
        for (int i = 0; i < PROBES; i++) {
            if (places.compareAndSet(first + i & PLACES - 1, null, lent)) {
                return;
            }
        }
    }

    /** Threads begin to look in different places. */
    private static int place() {
        return (int) (Thread.currentThread().getId() * PROBES) & Integer.MAX_VALUE;
    }

    /** One buffer; it may hold plaintext, and is wiped. */
    private static final class Lent extends AllocatedBuffer {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);

        Lent sized(int capacity) {
            ((Buffer) buffer).clear();
            ((Buffer) buffer).limit(capacity);
            return this;
        }

        @Override
        public ByteBuffer nioBuffer() {
            return buffer;
        }

        /** What was put there was flipped, and ends with the limit. */
        @Override
        public AllocatedBuffer release() {
            int used = ((Buffer) buffer).limit();
            ((Buffer) buffer).clear();
            for (int left = used; left > 0; left -= ZEROS.length) {
                buffer.put(ZEROS, 0, Math.min(left, ZEROS.length));
            }
            SHARED.give(this);
            return this;
        }
    }
}
