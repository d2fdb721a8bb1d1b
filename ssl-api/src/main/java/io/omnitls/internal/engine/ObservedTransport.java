package io.omnitls.internal.engine;

import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.ServerHelloParser;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ObservedMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A transport whose traffic somebody looks at. It stands below everything that knows a backend, so that all of them, and
 * all kinds of connection, are seen alike; where nobody looks, it is not there.
 */
public final class ObservedTransport implements Transport {
    private static final AtomicLong CONNECTIONS = new AtomicLong();

    private final Transport transport;
    private final RecordTap sent;
    private final RecordTap received;

    // Which a ServerHello says, in one direction or the other: a fact about both.
    private volatile boolean tls13;

    /** The same as {@code transport}, which tells {@code observer} what crosses; the observer throws nothing. */
    public ObservedTransport(Transport transport, Consumer<ObservedMessage> observer) {
        long connection = CONNECTIONS.incrementAndGet();
        this.transport = transport;
        this.sent = new RecordTap(this, connection, true, observer);
        this.received = new RecordTap(this, connection, false, observer);
    }

    boolean tls13() {
        return tls13;
    }

    void serverHello(Bytes body) throws TlsException {
        tls13 = ServerHelloParser.parse(body).tls13();
    }

    @Override
    public void send(ByteBuffer records, Deadline deadline) throws IOException {
        int before = records.position();
        try {
            transport.send(records, deadline);
        } finally {
            taken(records, before);
        }
    }

    @Override
    public void offer(ByteBuffer records) throws IOException {
        int before = records.position();
        transport.offer(records);
        taken(records, before);
    }

    @Override
    public void settle(Deadline deadline) throws IOException {
        transport.settle(deadline);
    }

    private void taken(ByteBuffer records, int before) {
        sent.add(records.array(), records.arrayOffset() + before, records.position() - before);
    }

    @Override
    public boolean blocking() {
        return transport.blocking();
    }

    @Override
    public int receive(ByteQueue inbound, int missing, Deadline deadline) throws IOException {
        int count = transport.receive(inbound, missing, deadline);
        if (count > 0) {
            received.add(inbound.array(), inbound.start() + inbound.size() - count, count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
