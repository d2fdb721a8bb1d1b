package io.omnitls.internal.javax;

import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.SharedQueue;
import io.omnitls.internal.wire.ContentType;
import io.omnitls.internal.wire.RecordHeader;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/** The record that a buffer from the network begins with. */
final class NetworkRecord {
    private NetworkRecord() {}

    /**
     * How many bytes it has: more than {@code source} where that does not have all of it. What no connection takes for a record
     * is all that there is, so that the connection says so at once.
     */
    static int size(ByteBuffer source) {
        if (source.remaining() < RecordHeader.SIZE) {
            return RecordHeader.SIZE;
        }
        RecordHeader header = RecordHeader.read(source, source.position());
        boolean possible = header.version() >> 8 == 3
                && header.length() <= RecordHeader.MAX_CIPHERTEXT
                && ContentType.of(header.type()).isPresent();
        return possible ? header.recordSize() : source.remaining();
    }

    /** How much data a record of {@code size} bytes can have at most, when its keys are in use. */
    static int mostData(ByteBuffer source, int size) {
        return (source.get(source.position()) & 0xff) == ContentType.APPLICATION_DATA.code()
                ? Math.max(0, Math.min(size - RecordHeader.SIZE - SHORTEST_TAG, RecordHeader.MAX_PLAINTEXT))
                : 0;
    }

    /** Moves it to {@code queue}. */
    static void take(ByteBuffer source, int size, SharedQueue queue) throws TlsException {
        pass(source, size, queue, SharedQueue::put);
    }

    /** Moves it to {@code queue}, which has it on loan where that is worth it, until it is told to {@link SharedQueue#keep}. */
    static void lend(ByteBuffer source, int size, SharedQueue queue) throws TlsException {
        pass(source, size, queue, size < WORTH_A_LOAN ? SharedQueue::put : SharedQueue::putLent);
    }

    /** Whether the data that some buffers have makes a record that had better be made where it goes to. */
    static boolean worthALoan(ByteBuffer[] sources, int offset, int length) {
        int data = 0;
        for (int i = offset; i < offset + length && data < WORTH_A_LOAN; i++) {
            data += Math.min(sources[i].remaining(), WORTH_A_LOAN);
        }
        return data >= WORTH_A_LOAN;
    }

    private interface Way {
        void pass(SharedQueue queue, ByteBuffer record) throws TlsException;
    }

    private static void pass(ByteBuffer source, int size, SharedQueue queue, Way way) throws TlsException {
        int limit = source.limit();
        ((Buffer) source).limit(source.position() + size);
        try {
            way.pass(queue, source);
        } finally {
            ((Buffer) source).limit(limit);
        }
    }

    /** Fewer bytes are copied in less time than it takes to lend them. */
    private static final int WORTH_A_LOAN = 2 << 10;

    /** No suite authenticates a record with less: those that end in CCM_8 (RFC 6655). */
    private static final int SHORTEST_TAG = 8;
}
