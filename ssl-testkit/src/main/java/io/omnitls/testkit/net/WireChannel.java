package io.omnitls.testkit.net;

import io.omnitls.MemoryBio;
import io.omnitls.testkit.net.BioPair.Segmentation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;

/**
 * One end of a wire in memory, as a non-blocking channel: takes and gives a piece at a time, as large as the segmentation
 * says, and at every third call nothing.
 */
final class WireChannel implements ByteChannel {
    private final MemoryBio incoming;
    private final MemoryBio outgoing;
    private final Segmentation segmentation;
    private final int capacity;
    private int calls;
    private boolean open = true;

    /** Holds at most {@code capacity} bytes that the other end has not read. */
    WireChannel(MemoryBio incoming, MemoryBio outgoing, Segmentation segmentation, int capacity) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.segmentation = segmentation;
        this.capacity = capacity;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int size = next(target.remaining());
        byte[] piece = incoming.read(size);
        target.put(piece);
        return piece.length == 0 && size > 0 && incoming.eof() ? -1 : piece.length;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        byte[] piece = new byte[next(Math.min(source.remaining(), capacity - outgoing.pending()))];
        source.get(piece);
        outgoing.write(piece);
        return piece.length;
    }

    private int next(int limit) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        calls++;
        return calls % 3 == 0 ? 0 : Math.min(segmentation.next(), limit);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        outgoing.writeEof();
    }
}
