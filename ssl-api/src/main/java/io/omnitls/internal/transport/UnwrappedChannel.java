package io.omnitls.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The plain channel behind a TLS connection that was ended with {@code unwrap()}: the bytes that the TLS layer had
 * received behind the peer's close_notify come first.
 */
public final class UnwrappedChannel implements ByteChannel {
    private final ByteChannel transport;
    private final ByteBuffer leftover; // guarded by reading
    private final ReentrantLock reading = new ReentrantLock();

    public UnwrappedChannel(ByteChannel transport, byte[] leftover) {
        this.transport = transport;
        this.leftover = ByteBuffer.wrap(leftover);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        reading.lock();
        try {
            if (!leftover.hasRemaining()) {
                return transport.read(target);
            }
            if (!isOpen()) {
                throw new ClosedChannelException();
            }
            int count = Math.min(leftover.remaining(), target.remaining());
            for (int i = 0; i < count; i++) {
                target.put(leftover.get());
            }
            return count;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return transport.write(source);
    }

    @Override
    public boolean isOpen() {
        return transport.isOpen();
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
