package io.omnitls.internal.transport;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/** What remains in several buffers, one after the other. */
public final class GatheredBuffers implements ChunkedWrite.Source {
    private final ByteBuffer[] buffers;
    private final int offset;
    private final int end;

    public GatheredBuffers(ByteBuffer[] buffers, int offset, int length) {
        this.buffers = buffers;
        this.offset = offset;
        this.end = offset + length;
    }

    @Override
    public long limit() {
        long sum = 0;
        for (int i = offset; i < end; i++) {
            sum += buffers[i].remaining();
        }
        return sum;
    }

    @Override
    public void copyTo(ByteBuffer chunk) {
        for (int i = offset; i < end && chunk.hasRemaining(); i++) {
            ByteBuffer view = buffers[i].duplicate();
            if (view.remaining() > chunk.remaining()) {
                ((Buffer) view).limit(view.position() + chunk.remaining());
            }
            chunk.put(view);
        }
    }

    @Override
    public void taken(int count) {
        int left = count;
        for (int i = offset; left > 0; i++) {
            Buffer buffer = buffers[i];
            int here = Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + here);
            left -= here;
        }
    }
}
