package io.omnitls.benchmarks.peers;

import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** One direction of bytes in memory, for one thread. */
final class MemoryPipe {
    private static final int SIZE = 1 << 18;

    private final ByteBuffer bytes;
    private int read;

    private MemoryPipe(boolean direct) {
        bytes = Scratch.buffer(SIZE, direct);
    }

    private int put(ByteBuffer source) {
        int count = Math.min(source.remaining(), bytes.remaining());
        int limit = source.limit();
        source.limit(source.position() + count);
        bytes.put(source);
        source.limit(limit);
        return count;
    }

    private int take(ByteBuffer target) {
        int count = Math.min(target.remaining(), bytes.position() - read);
        target.put(target.position(), bytes, read, count).position(target.position() + count);
        read += count;
        if (read == bytes.position()) {
            bytes.clear();
            read = 0;
        }
        return count;
    }

    /** Two channels of which each reads what was written to the other; neither ever blocks. */
    static ByteChannel[] channels(boolean direct) {
        MemoryPipe there = new MemoryPipe(direct);
        MemoryPipe back = new MemoryPipe(direct);
        return new ByteChannel[] {new PipeChannel(back, there), new PipeChannel(there, back)};
    }

    private record PipeChannel(MemoryPipe in, MemoryPipe out) implements ByteChannel {
        @Override
        public int read(ByteBuffer target) {
            return in.take(target);
        }

        @Override
        public int write(ByteBuffer source) {
            return out.put(source);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // There is nothing to give back.
        }
    }
}
