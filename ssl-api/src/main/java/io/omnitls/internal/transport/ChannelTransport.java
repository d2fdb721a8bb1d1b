package io.omnitls.internal.transport;

import io.omnitls.internal.engine.ByteQueue;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.engine.Transport;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectableChannel;

/** A {@link ByteChannel} that carries the records, in blocking or non-blocking mode. */
public record ChannelTransport(ByteChannel channel) implements Transport {
    /** Room for some records: what one system call brings at best. */
    private static final int READ_AHEAD = 32 * 1024;

    @Override
    public void send(ByteBuffer records, Deadline deadline) throws IOException {
        offer(records);
    }

    @Override
    public void offer(ByteBuffer records) throws IOException {
        while (records.hasRemaining() && channel.write(records) > 0) {
            // A channel in non-blocking mode takes what it has room for, and then nothing.
        }
    }

    @Override
    public boolean takesDirect() {
        return true;
    }

    @Override
    public boolean blocking() {
        return !(channel instanceof SelectableChannel selectable) || selectable.isBlocking();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public int receive(ByteQueue inbound, int missing, Deadline deadline) throws IOException {
        ByteBuffer room = inbound.back(Math.max(missing, READ_AHEAD));
        int before = ((Buffer) room).position();
        int received = channel.read(room);
        inbound.added();
        return received < 0 ? END : ((Buffer) room).position() - before;
    }
}
