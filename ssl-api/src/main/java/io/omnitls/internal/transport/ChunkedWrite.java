package io.omnitls.internal.transport;

import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsWantWriteException;
import io.omnitls.internal.engine.Transport;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes to a connection what does not lie in one buffer. */
public final class ChunkedWrite {
    private final Sink sink;

    /** A connection's own write. */
    public interface Sink {
        /** Takes bytes out of {@code chunk}, and says how many. */
        int write(ByteBuffer chunk) throws IOException;
    }

    /** Where the bytes come from. */
    interface Source {
        /** How many bytes there are at most. */
        long limit();

        /** Copies bytes into {@code chunk}, which has room for no more than the limit, and keeps them; none at the end. */
        void copyTo(ByteBuffer chunk) throws IOException;

        /** Lets the first {@code count} bytes go. */
        void taken(int count);
    }

    public ChunkedWrite(Sink sink) {
        this.sink = sink;
    }

    /**
     * Writes until {@code source} is at its end or the connection takes no more.
     *
     * @return how many bytes were taken
     * @throws TlsWantWriteException when not one was taken, because the transport has to be waited for
     */
    public long write(Source source) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(Transport.SEND_SIZE, source.limit()));
        try {
            return write(source, chunk);
        } finally {
            Arrays.fill(chunk.array(), (byte) 0);
        }
    }

    private long write(Source source, ByteBuffer chunk) throws IOException {
        long total = 0;
        for (; ; ) {
            ((Buffer) chunk).clear().limit((int) Math.min(chunk.capacity(), source.limit()));
            source.copyTo(chunk);
            ((Buffer) chunk).flip();
            if (total > 0 && !chunk.hasRemaining()) {
                return total;
            }
            int taken;
            try {
                taken = sink.write(chunk);
            } catch (TlsWantReadException | TlsWantWriteException wait) {
                if (total > 0) {
                    return total;
                }
                throw wait;
            }
            source.taken(taken);
            total += taken;
            if (taken == 0 || chunk.hasRemaining()) {
                return total;
            }
        }
    }
}
