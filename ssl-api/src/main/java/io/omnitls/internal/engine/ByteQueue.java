package io.omnitls.internal.engine;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes in the order they came. Grows when it must, keeps its array while bytes flow, and lends it out as
 * {@link ByteBuffer}s, so that the engine and the transport work on it without a copy.
 */
public final class ByteQueue {
    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int start;
    private int end;
    // Two views of the array, made when the array is: one to take from, one to add to.
    private ByteBuffer front = ByteBuffer.wrap(array);
    private ByteBuffer back = ByteBuffer.wrap(array);

    /** How many bytes are queued. */
    public int size() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /** The array that {@link #start} points into; changes when the queue grows. */
    byte[] array() {
        return array;
    }

    /** The index of the first queued byte in {@link #array}. */
    int start() {
        return start;
    }

    /** The byte at {@code index}, counted from the first queued one, as a number from 0 to 255. */
    int at(int index) {
        return array[start + index] & 0xff;
    }

    /** Overwrites the byte at {@code index}, counted from the first queued one. */
    void set(int index, int value) {
        array[start + index] = (byte) value;
    }

    /** Lends the first {@code length} bytes; what was used is told with {@link #skip}. */
    ByteBuffer front(int length) {
        // The cast keeps the call to Buffer.limit: ByteBuffer has its own only since Java 9, and Android 26 has not.
        ((Buffer) front).limit(start + length).position(start);
        return front;
    }

    /** Lends room for at least {@code length} bytes; what was filled is told with {@link #added}. */
    public ByteBuffer back(int length) {
        makeRoom(length);
        ((Buffer) back).limit(array.length).position(end);
        return back;
    }

    /** Drops the first {@code length} bytes. */
    void skip(int length) {
        start += length;
        if (start == end) {
            start = 0;
            end = 0;
        }
    }

    /** Takes in what was filled into the buffer that {@link #back} lent last. */
    public void added() {
        end = back.position();
    }

    /** Adds all that remains in {@code source}. */
    public void put(ByteBuffer source) {
        int length = source.remaining();
        makeRoom(length);
        source.get(array, end, length);
        end += length;
    }

    /** Adds these bytes. */
    public void put(byte[] source) {
        put(ByteBuffer.wrap(source));
    }

    /** Moves as many bytes as both have to {@code target} and says how many. */
    public int take(ByteBuffer target) {
        int length = Math.min(size(), target.remaining());
        target.put(array, start, length);
        skip(length);
        return length;
    }

    /** Takes up to {@code limit} bytes out. */
    public byte[] take(int limit) {
        byte[] taken = Arrays.copyOfRange(array, start, start + Math.min(limit, size()));
        skip(taken.length);
        return taken;
    }

    /** Drops everything that was added after the queue had {@code size} bytes. */
    void truncate(int size) {
        end = start + size;
    }

    /** Overwrites the whole array with zeros and lets it go. */
    public void wipe() {
        Arrays.fill(array, (byte) 0);
        replace(NOTHING, 0);
    }

    private void makeRoom(int length) {
        if (array.length - end >= length) {
            return;
        }
        int size = size();
        if (array.length - size >= length) {
            System.arraycopy(array, start, array, 0, size);
            start = 0;
            end = size;
            return;
        }
        byte[] larger = new byte[Math.max(array.length * 2, size + length)];
        System.arraycopy(array, start, larger, 0, size);
        Arrays.fill(array, (byte) 0);
        replace(larger, size);
    }

    private void replace(byte[] newArray, int size) {
        array = newArray;
        start = 0;
        end = size;
        front = ByteBuffer.wrap(array);
        back = ByteBuffer.wrap(array);
    }
}
