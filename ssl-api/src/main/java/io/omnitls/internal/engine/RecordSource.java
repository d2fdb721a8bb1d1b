package io.omnitls.internal.engine;

import io.omnitls.internal.wire.RecordHeader;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Some buffers that are written in turn, of which one record at most is taken: where the first of them that has something has
 * enough, or is the only one, it is encrypted where it stands.
 */
final class RecordSource {
    private final ByteBuffer[] sources;
    private final int first;
    private final int end;
    private final int most;

    private RecordSource(ByteBuffer[] sources, int first, int end, int most) {
        this.sources = sources;
        this.first = first;
        this.end = end;
        this.most = most;
    }

    /** The {@code length} buffers from {@code offset} on, for a record with {@code most} bytes of data at most. */
    static RecordSource of(ByteBuffer[] sources, int offset, int length, int most) {
        int end = offset + length;
        int first = offset;
        while (first < end && !sources[first].hasRemaining()) {
            first++;
        }
        while (end > first && !sources[end - 1].hasRemaining()) {
            end--;
        }
        return new RecordSource(sources, first, end, most);
    }

    /** What takes from a buffer, in which the data of one record stands. */
    interface Sink {
        /** Takes what it can. */
        void take(ByteBuffer source) throws IOException;
    }

    /** Gives the data of a record to {@code sink}, and says how many bytes that took. */
    int drained(Sink sink) throws IOException {
        if (first == end) {
            return 0;
        }
        ByteBuffer source = sources[first];
        return first + 1 == end || source.remaining() >= most ? drained(source, sink) : gathered(sink);
    }

    private int drained(ByteBuffer source, Sink sink) throws IOException {
        int before = source.position();
        int limit = source.limit();
        ((Buffer) source).limit(Math.min(limit, before + most));
        try {
            sink.take(source);
        } finally {
            ((Buffer) source).limit(limit);
        }
        return source.position() - before;
    }

    private int gathered(Sink sink) throws IOException {
        Chunk chunk = ChunkPool.shared().take(RecordHeader.MAX_PLAINTEXT);
        int size = collect(chunk.back(0));
        try {
            ByteBuffer source = chunk.front(0, size);
            sink.take(source);
            int taken = source.position();
            skip(taken);
            return taken;
        } finally {
            Arrays.fill(chunk.array(), 0, size, (byte) 0);
            ChunkPool.shared().give(chunk);
        }
    }

    private int collect(ByteBuffer target) {
        ((Buffer) target).limit(most);
        for (int i = first; i < end && target.hasRemaining(); i++) {
            ByteBuffer part = sources[i].duplicate();
            ((Buffer) part).limit(part.position() + Math.min(part.remaining(), target.remaining()));
            target.put(part);
        }
        return target.position();
    }

    private void skip(int bytes) {
        int left = bytes;
        for (int i = first; left > 0; i++) {
            int step = Math.min(left, sources[i].remaining());
            ((Buffer) sources[i]).position(sources[i].position() + step);
            left -= step;
        }
    }
}
