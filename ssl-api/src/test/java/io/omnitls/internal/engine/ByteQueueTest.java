package io.omnitls.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.internal.wire.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ByteQueueTest {

    @Property
    void whatGoesInComesOutInOrder(
            @ForAll @Size(max = 40) List<@Size(max = 3000) byte[]> parts,
            @ForAll int seed,
            @ForAll @IntRange(min = 0, max = 50) int turnedDirect) {
        ByteQueue queue = new ByteQueue();
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Random random = new Random(seed);
        for (int i = 0; i < parts.size(); i++) {
            if (i == turnedDirect) {
                queue.turnDirect();
            }
            put(queue, parts.get(i), random);
            in.writeBytes(parts.get(i));
            int limit = random.nextInt(4000);
            out.writeBytes(random.nextBoolean() ? queue.take(limit) : taken(queue, limit));
            if (random.nextInt(4) == 0) {
                queue.rest();
            }
        }
        out.writeBytes(queue.take(queue.size()));
        assertArrayEquals(in.toByteArray(), out.toByteArray());
        assertTrue(queue.isEmpty());
    }

    @Property
    void whatStandsInBorrowedMemoryIsHandedOverOrKept(
            @ForAll @Size(max = 40) List<@Size(max = 3000) byte[]> parts, @ForAll int seed) {
        ByteQueue queue = new ByteQueue();
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Random random = new Random(seed);
        for (byte[] part : parts) {
            ByteBuffer lent = ByteBuffer.allocate(2000).position(random.nextInt(100));
            assertEquals(queue.isEmpty(), queue.borrow(lent, 0));
            put(queue, part, random);
            in.writeBytes(part);
            if (random.nextInt(4) == 0) {
                queue.rest();
            }
            if (random.nextBoolean()) {
                out.write(lent.array(), lent.position(), queue.handOver());
            } else {
                queue.keep();
            }
            Arrays.fill(lent.array(), (byte) 0x55); // whose it is may use it again
            if (random.nextBoolean()) {
                out.writeBytes(queue.take(queue.size()));
            }
        }
        out.writeBytes(queue.take(queue.size()));
        assertArrayEquals(in.toByteArray(), out.toByteArray());
    }

    @Test
    void memoryOfAnotherKindIsNotBorrowed() {
        ByteQueue queue = new ByteQueue();
        assertFalse(queue.borrow(ByteBuffer.allocateDirect(10), 0));
        assertFalse(queue.borrow(ByteBuffer.allocate(10).asReadOnlyBuffer(), 10));
        queue.turnDirect();
        assertFalse(queue.borrow(ByteBuffer.allocate(10), 0));
        assertTrue(queue.borrow(ByteBuffer.allocateDirect(10), 0));
        queue.put(new byte[3]);
        assertFalse(queue.borrow(ByteBuffer.allocateDirect(10), 0));
        assertEquals(3, queue.handOver());
        assertEquals(0, queue.handOver());
    }

    private static void put(ByteQueue queue, byte[] part, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> queue.put(part);
            case 1 -> queue.put(ByteBuffer.wrap(part));
            default -> {
                queue.back(part.length).put(part);
                queue.added();
            }
        }
    }

    private static byte[] taken(ByteQueue queue, int limit) {
        byte[] target = new byte[limit];
        return Arrays.copyOf(target, queue.take(ByteBuffer.wrap(target)));
    }

    @Test
    void anEmptyQueueThatTurnsDirectIsSo() {
        ByteQueue queue = new ByteQueue();
        queue.put(new byte[] {23, 3, 3, 1, 2, 9});
        queue.turnDirect();
        assertEquals(new RecordHeader(23, 0x303, 0x102), queue.header(0));
        assertEquals(6, queue.take(6).length);
        queue.rest();
        queue.put(new byte[] {1, 23, 3, 3, 1, 2, 9});
        assertTrue(queue.front(7).isDirect());
        queue.front(1); // a view that was lent does not bound what is looked at
        assertEquals(new RecordHeader(23, 0x303, 0x102), queue.header(1));
        queue.wipeFront(6);
        queue.set(1, 8);
        assertArrayEquals(new byte[] {0, 8, 0, 0, 0, 0, 9}, queue.take(10));
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
    void aQueueAtRestKeepsNoLargeArrayForLittle() {
        ByteQueue queue = new ByteQueue();
        queue.back(17_000).put(new byte[] {1, 2, 3});
        queue.added();
        queue.skip(1);
        queue.rest();
        assertTrue(queue.array().length <= 4096);
        assertArrayEquals(new byte[] {2, 3}, queue.take(3));
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
