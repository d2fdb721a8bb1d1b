package io.omnitls.internal.engine;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/** An array, and two views of it that are made when it is: one to take from, one to add to. */
final class Chunk {
    /** No room at all: what a queue has that holds nothing. */
    static final Chunk NONE = new Chunk(0);

    private final byte[] array;
    private final ByteBuffer front;
    private final ByteBuffer back;

    Chunk(int size) {
        array = new byte[size];
        front = ByteBuffer.wrap(array);
        back = ByteBuffer.wrap(array);
    }

    byte[] array() {
        return array;
    }

    int size() {
        return array.length;
    }

    /** The view to take from, from {@code start} to {@code end}. */
    ByteBuffer front(int start, int end) {
        // The cast keeps the call to Buffer.limit: ByteBuffer has its own only since Java 9, and Android 26 has not.
        ((Buffer) front).limit(end).position(start);
        return front;
    }

    /** The view to add to, from {@code start} on. */
    ByteBuffer back(int start) {
        ((Buffer) back).limit(array.length).position(start);
        return back;
    }

    /** Where whoever added to it stopped. */
    int filled() {
        return ((Buffer) back).position();
    }
}
