package io.omnitls.internal.javax;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Where the data of a record goes: some buffers, which are filled in turn. */
final class Targets {
    private final ByteBuffer[] buffers;
    private final int first;
    private final int end;

    /** The {@code length} buffers from {@code offset} on. */
    Targets(ByteBuffer[] buffers, int offset, int length) {
        this.buffers = buffers;
        this.first = offset;
        this.end = offset + length;
    }

    /** How many bytes they have room for. */
    long room() {
        long room = 0;
        for (int i = first; i < end; i++) {
            room += buffers[i].remaining();
        }
        return room;
    }

    /** The first that has room at all, if it has so much, or as much as all of them. */
    Optional<ByteBuffer> fitting(int wanted) {
        for (int i = first; i < end; i++) {
            int room = buffers[i].remaining();
            if (room > 0) {
                return room >= wanted || room == room() ? Optional.of(buffers[i]) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Fills them; there is room. */
    void put(byte[] data) {
        int at = 0;
        for (int i = first; at < data.length; i++) {
            int part = Math.min(buffers[i].remaining(), data.length - at);
            buffers[i].put(data, at, part);
            at += part;
        }
    }
}
