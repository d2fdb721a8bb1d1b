package io.omnitls.internal.transport;

import io.omnitls.internal.engine.ByteQueue;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.engine.SharedQueue;
import io.omnitls.internal.engine.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The queues of two memory BIOs: whoever owns those carries the records. */
public record BioTransport(SharedQueue incoming, SharedQueue outgoing) implements Transport {
    @Override
    public Optional<Memory> memory() {
        return Optional.of(new Memory(incoming, outgoing));
    }

    @Override
    public void send(ByteBuffer records, Deadline deadline) throws IOException {
        outgoing.put(records);
    }

    @Override
    public void offer(ByteBuffer records) throws IOException {
        outgoing.put(records);
    }

    @Override
    public boolean takesDirect() {
        return true;
    }

    @Override
    public boolean blocking() {
        return false;
    }

    /** The BIOs are their owner's. */
    @Override
    public void close() {}

    @Override
    public int receive(ByteQueue inbound, int missing, Deadline deadline) {
        byte[] bytes = incoming.take(missing);
        if (bytes.length == 0) {
            return incoming.atEnd() ? END : 0;
        }
        inbound.put(bytes);
        return bytes.length;
    }
}
