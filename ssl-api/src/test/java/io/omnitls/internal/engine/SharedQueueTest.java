package io.omnitls.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SharedQueueTest {
    private final SharedQueue queue = new SharedQueue();

    @Test
    void its_end_is_behind_what_is_still_queued() throws TlsException {
        queue.put(ByteBuffer.wrap(new byte[] {1, 2}));
        queue.end();
        assertFalse(queue.atEnd());
        TlsException refusal = assertThrows(TlsException.class, () -> queue.put(ByteBuffer.allocate(1)));
        assertEquals(ErrorReason.PROTOCOL_IS_SHUTDOWN, refusal.reason());
        assertArrayEquals(new byte[] {1, 2}, queue.take(10));
        assertTrue(queue.atEnd());
    }

    @Test
    void a_callback_of_who_works_in_it_is_told_that_it_cannot_use_it() {
        queue.lock().lock();
        try {
            assertThrows(IllegalStateException.class, queue::size);
            assertThrows(IllegalStateException.class, () -> queue.take(1));
            assertThrows(IllegalStateException.class, () -> queue.put(ByteBuffer.allocate(1)));
        } finally {
            queue.lock().unlock();
        }
        assertEquals(0, queue.size());
    }

    @Test
    void records_are_taken_one_by_one_wherever_its_memory_is() throws TlsException {
        for (boolean direct : new boolean[] {false, true}) {
            SharedQueue records = new SharedQueue();
            if (direct) {
                records.turnDirect();
            }
            records.put(ByteBuffer.wrap(new byte[] {23, 3, 3, 0, 1, 7, 23, 3, 3, 0, 2, 8, 9}));
            assertEquals(SharedQueue.NO_ROOM, records.takeRecord(ByteBuffer.allocate(5)));
            ByteBuffer target = ByteBuffer.allocate(20);
            assertEquals(6, records.takeRecord(target));
            assertEquals(7, records.takeRecord(target));
            assertEquals(0, records.takeRecord(target));
            assertEquals(13, target.position());
            assertEquals(9, target.get(12));
        }
    }

    @Test
    void a_record_in_memory_that_was_lent_stays_queued_where_it_is_not_collected() throws TlsException {
        byte[] record = {23, 3, 3, 0, 2, 8, 9};
        ByteBuffer target = ByteBuffer.allocate(20);
        queue.lend(target);
        queue.put(ByteBuffer.wrap(record));
        assertEquals(7, queue.collect(target));
        assertEquals(ByteBuffer.wrap(record), target.flip());

        ByteBuffer source = ByteBuffer.wrap(record.clone());
        queue.putLent(source);
        assertFalse(source.hasRemaining());
        queue.keep();
        source.clear().put(new byte[7]);
        assertArrayEquals(record, queue.take(100));
    }
}
