package io.omnitls.internal.engine;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some memory, and the views of it, made when it is: one to take from, one to add to, and all of it. It is an array or, for backends and
 * transports that would only copy that, memory outside of the heap, or a part of somebody else's buffer.
 */
final class Chunk {
    /** No room at all: what a queue has that holds nothing. */
    static final Chunk NONE = ofArray(0);

    private static final byte[] ZEROS = new byte[4096];

    private final byte @Nullable [] array;
    private final boolean borrowed;
    private final ByteBuffer all;
    private final ByteBuffer front;
    private final ByteBuffer back;

    private Chunk(byte @Nullable [] array, boolean borrowed, ByteBuffer memory) {
        this.array = array;
        this.borrowed = borrowed;
        all = memory;
        front = memory.duplicate();
        back = memory.duplicate();
    }

    static Chunk ofArray(int size) {
        byte[] array = new byte[size];
        return new Chunk(array, false, ByteBuffer.wrap(array));
    }

    static Chunk direct(int size) {
        return new Chunk(null, false, ByteBuffer.allocateDirect(size));
    }

    /** What remains of {@code lent}, which stays as it is. */
    static Chunk borrowed(ByteBuffer lent) {
        return new Chunk(null, true, lent.slice());
    }

    /** Whether it is somebody else's. */
    boolean isBorrowed() {
        return borrowed;
    }

    boolean isDirect() {
        return ((Buffer) all).isDirect();
    }

    /** The memory of one of our own that is not direct. */
    byte[] array() {
        if (array == null) {
            throw new IllegalStateException("a direct chunk has no array, nor has a borrowed one");
        }
        return array;
    }

    int size() {
        return ((Buffer) all).capacity();
    }

    /** The byte at {@code index} as a number from 0 to 255. */
    int at(int index) {
        return (array == null ? all.get(index) : array[index]) & 0xff;
    }

    void set(int index, int value) {
        if (array == null) {
            all.put(index, (byte) value);
        } else {
            array[index] = (byte) value;
        }
    }

    /** Copies {@code source} to {@code at}. */
    void put(int at, byte[] source) {
        if (array == null) {
            back(at).put(source);
        } else {
            System.arraycopy(source, 0, array, at, source.length);
        }
    }

    /** Copies all that remains in {@code source} to {@code at}. */
    void put(int at, ByteBuffer source) {
        if (array == null) {
            back(at).put(source);
        } else {
            source.get(array, at, source.remaining());
        }
    }

    /** Copies the bytes from {@code start} to {@code end} into {@code target}, which has room for them. */
    void get(int start, int end, ByteBuffer target) {
        if (array == null) {
            target.put(front(start, end));
        } else {
            target.put(array, start, end - start);
        }
    }

    /** A copy of the bytes from {@code start} to {@code end}. */
    byte[] get(int start, int end) {
        if (array == null) {
            byte[] copy = new byte[end - start];
            front(start, end).get(copy);
            return copy;
        }
        return Arrays.copyOfRange(array, start, end);
    }

    /** Moves the bytes from {@code start} to {@code end} to the front. */
    void compact(int start, int end) {
        if (array == null) {
            front(start, end).compact();
        } else {
            System.arraycopy(array, start, array, 0, end - start);
        }
    }

    /** Overwrites the bytes from {@code start} to {@code end} with zeros. */
    void wipe(int start, int end) {
        if (array == null) {
            ByteBuffer room = back(start);
            for (int left = end - start; left > 0; left -= ZEROS.length) {
                room.put(ZEROS, 0, Math.min(left, ZEROS.length));
            }
        } else {
            Arrays.fill(array, start, end, (byte) 0);
        }
    }

    /** The view to take from, from {@code start} to {@code end}. */
    ByteBuffer front(int start, int end) {
        // The cast keeps the call to Buffer.limit: ByteBuffer has its own only since Java 9, and Android 26 has not.
        ((Buffer) front).limit(end).position(start);
        return front;
    }

    /** The view to add to, from {@code start} on. */
    ByteBuffer back(int start) {
        ((Buffer) back).limit(size()).position(start);
        return back;
    }

    /** Where whoever added to it stopped. */
    int filled() {
        return ((Buffer) back).position();
    }
}
