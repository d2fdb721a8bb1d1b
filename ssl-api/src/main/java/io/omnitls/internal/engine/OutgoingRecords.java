package io.omnitls.internal.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Where the engine's records go, and who sees them on their way. Belongs to the outbound half of a connection. */
final class OutgoingRecords {
    private final ByteQueue outbound;
    private @Nullable SharedQueue shared; // of an open connection in memory, in the place of outbound
    private final RecordMaker maker;
    private final FlightObserver observer;
    private final RecordGuard guard;
    private final Optional<ConnectionKeyLog> keyLog;

    OutgoingRecords(
            ByteQueue outbound,
            RecordMaker maker,
            FlightObserver observer,
            RecordGuard guard,
            Optional<ConnectionKeyLog> keyLog) {
        this.outbound = outbound;
        this.maker = maker;
        this.observer = observer;
        this.guard = guard;
        this.keyLog = keyLog;
    }

    /** From now on they are made where their owner gets them. */
    void makeIn(SharedQueue queue) {
        shared = queue;
    }

    /** From now on they are looked at, and may be changed, before they go out. */
    void holdBack() {
        shared = null;
    }

    /** Whether so many bytes wait to be sent; those that are made where their owner gets them do not wait. */
    boolean waiting(int bytes) {
        return shared == null && outbound.size() >= bytes;
    }

    /** Makes at most one record of {@code source}; false when the engine has nothing to send. */
    boolean wrap(ByteBuffer source) throws SSLException {
        SharedQueue owners = shared;
        if (owners == null) {
            return wrap(source, outbound, true);
        }
        owners.lock().lock();
        try {
            owners.requireOpen();
            return wrap(source, owners.bytes(), false);
        } finally {
            owners.bytes().rest();
            owners.lock().unlock();
        }
    }

    private boolean wrap(ByteBuffer source, ByteQueue queue, boolean portions) throws SSLException {
        int before = queue.size();
        boolean made = maker.wrap(source, queue, portions);
        if (made && !observer.complete()) {
            sent(queue, before);
        }
        return made;
    }

    private void sent(ByteQueue queue, int before) {
        observer.sent(queue.array(), queue.start() + before, queue.size() - before);
        guard.sent();
        keyLog.ifPresent(log -> observer.clientRandomSent().ifPresent(log::clientRandom));
    }
}
