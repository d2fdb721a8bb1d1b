package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.spi.TlsEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** Lets the engine make records, and finds the room for them. Belongs to the outbound half of a connection. */
final class RecordMaker {
    private final TlsEngine engine;
    private final FlightObserver observer;
    private int fullRecord = RecordHeader.MAX_PLAINTEXT; // what the engine puts into one when there is more
    private int room; // what it asks for once its handshake is complete; asking takes a lock of SunJSSE's

    RecordMaker(TlsEngine engine, FlightObserver observer) {
        this.engine = engine;
        this.observer = observer;
    }

    /**
     * Makes at most one record of {@code source}, at the end of {@code queue}; false when the engine has nothing to send.
     *
     * @param portions whether the queue is sent out from time to time, before all of {@code source} is in it
     */
    boolean wrap(ByteBuffer source, ByteQueue queue, boolean portions) throws SSLException {
        int wanted = room();
        if (source.remaining() > fullRecord) {
            // What is to become several records gets its room at once, or a queue that grows would be copied for each.
            long records = source.remaining() / fullRecord + 1L;
            long all = source.remaining() + records * OVERHEAD + wanted;
            queue.reserve((int) Math.min(all, portions ? MAX_PORTION : MAX_RESERVED));
        }
        for (; ; ) {
            int before = queue.size();
            SSLEngineResult result = wrap(source, queue, wanted);
            if (queue.size() > before) {
                if (observer.complete() && source.hasRemaining() && result.bytesConsumed() > 0) {
                    fullRecord = Math.max(MIN_FULL_RECORD, result.bytesConsumed());
                }
                return true;
            }
            if (result.getStatus() != SSLEngineResult.Status.BUFFER_OVERFLOW) {
                return false;
            }
            if (wanted > MAX_ROOM) {
                throw new TlsException(ErrorReason.INTERNAL_ERROR, "the engine makes records larger than " + MAX_ROOM);
            }
            wanted *= 2;
        }
    }

    private SSLEngineResult wrap(ByteBuffer source, ByteQueue queue, int wanted) throws SSLException {
        ByteBuffer target = queue.back(wanted);
        try {
            return engine.wrap(source, target);
        } finally {
            queue.added();
        }
    }

    private int room() {
        int known = room;
        if (known == 0) {
            known = engine.sslEngine().getSession().getPacketBufferSize();
            room = observer.complete() ? known : 0;
        }
        return known;
    }

    private static final int MAX_ROOM = 1 << 20;

    /** RFC 5246 section 6.2.3: what the longest record is longer than its data, at most. */
    private static final int OVERHEAD = 1024 + RecordHeader.SIZE;

    /** An engine may put a single byte into a record of its own, and the rest into the next (CVE-2011-3389). */
    private static final int MIN_FULL_RECORD = 1024;

    /** What is collected before it is sent, and the room for one more record. */
    private static final int MAX_PORTION = 98 << 10;

    private static final int MAX_RESERVED = 1 << 26;
}
