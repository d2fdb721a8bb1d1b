package io.omnitls.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ByteQueueTest {

    @Property
    void whatGoesInComesOutInOrder(@ForAll @Size(max = 40) List<byte[]> parts, @ForAll int seed) {
        ByteQueue queue = new ByteQueue();
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int turn = seed;
        for (byte[] part : parts) {
            queue.put(part);
            in.writeBytes(part);
            turn = turn * 31 + 7;
            out.writeBytes(queue.take((turn >>> 8) % 7));
        }
        out.writeBytes(queue.take(queue.size()));
        assertArrayEquals(in.toByteArray(), out.toByteArray());
        assertTrue(queue.isEmpty());
    }

    @Test
    void aLentBufferIsTakenInWhereItsPositionStands() {
        ByteQueue queue = new ByteQueue();
        queue.put(new byte[] {1, 2});
        ByteBuffer room = queue.back(100);
        room.put((byte) 3);
        queue.added();
        assertEquals(3, queue.size());
        queue.skip(1);
        assertEquals(2, queue.at(0));
        ByteBuffer front = queue.front(2);
        assertEquals(2, front.remaining());
        assertEquals(2, front.get());
    }

    @Test
    void truncatingDropsTheNewestBytes() {
        ByteQueue queue = new ByteQueue();
        queue.put(new byte[] {1, 2, 3});
        queue.truncate(1);
        queue.put(new byte[] {9});
        assertArrayEquals(new byte[] {1, 9}, queue.take(10));
    }

    @Test
    void wipingLeavesNothingBehind() {
        ByteQueue queue = new ByteQueue();
        queue.put(new byte[] {1, 2, 3});
        byte[] array = queue.array();
        queue.wipe();
        assertTrue(queue.isEmpty());
        assertArrayEquals(new byte[array.length], array);
    }

    @Test
    void aQueueAtRestKeepsNoArrayUnlessItHoldsBytes() {
        ByteQueue queue = new ByteQueue();
        queue.put(new byte[] {1, 2, 3});
        queue.rest();
        assertArrayEquals(new byte[] {1, 2, 3}, queue.take(3));
        queue.rest();
        assertEquals(0, queue.array().length);
        queue.put(new byte[] {4});
        assertEquals(4, queue.at(0));
    }

    @Test
    void secretsLeaveNoTraceInTheArraysTheyWereIn() {
        ByteQueue queue = ByteQueue.ofSecrets();
        queue.back(100).put(new byte[] {1, 2, 3});
        queue.added();
        byte[] small = queue.array();
        queue.put(new byte[20_000]);
        assertArrayEquals(new byte[3], Arrays.copyOf(small, 3), "it has grown");
        queue.put(new byte[] {7});
        byte[] large = queue.array();
        queue.skip(queue.size());
        queue.rest();
        assertArrayEquals(new byte[20_004], Arrays.copyOf(large, 20_004));
    }

    @Test
    void bytesThatWereDecryptedInPlaceAreWiped() {
        ByteQueue queue = new ByteQueue();
        queue.put(new byte[] {1, 2, 3});
        queue.wipeFront(2);
        assertArrayEquals(new byte[] {0, 0, 3}, queue.take(3));
    }
}
