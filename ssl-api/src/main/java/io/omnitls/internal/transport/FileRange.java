package io.omnitls.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file. The file's own position is left alone. */
public final class FileRange implements ChunkedWrite.Source {
    private final FileChannel file;
    private long position;
    private long limit;

    public FileRange(FileChannel file, long position, long count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "a position and a count are not negative: " + position + " and " + count);
        }
        this.file = file;
        this.position = position;
        this.limit = count;
    }

    @Override
    public long limit() {
        return limit;
    }

    @Override
    public void copyTo(ByteBuffer chunk) throws IOException {
        // Records are made of a chunk at a time, so it should be full: a read may bring less than there is.
        long at = position;
        while (chunk.hasRemaining()) {
            int count = file.read(chunk, at);
            if (count <= 0) {
                return;
            }
            at += count;
        }
    }

    @Override
    public void taken(int count) {
        position += count;
        limit -= count;
    }
}
