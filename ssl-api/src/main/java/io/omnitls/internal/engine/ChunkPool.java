package io.omnitls.internal.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * Chunks that nobody needs now, for whoever needs one next: a connection has one while bytes are under way in it, so that ten
 * thousand idle ones have none. Bounded, and free of locks: each place is taken and filled by one exchange, and who finds no place
 * nearby leaves the chunk to the garbage collector.
 */
final class ChunkPool {
    /**
     * Handshakes and small messages; a record; what is read ahead; what a large write collects before it is sent; the records of
     * a large message, and of a MiB, which stay together in memory. None is more than four times the one before.
     */
    private static final int[] SIZES = {4 << 10, 18 << 10, 36 << 10, 100 << 10, 340 << 10, 1152 << 10};

    /** How many of each size, powers of two: eleven MiB in all. */
    private static final int[] PLACES = {32, 32, 32, 32, 4, 4};

    private static final int PROBES = 4;

    private static final ChunkPool SHARED = new ChunkPool(Chunk::ofArray);
    private static final ChunkPool DIRECT = new ChunkPool(ChunkPool::outsideOfTheHeap);

    private final IntFunction<Chunk> maker;
    private final AtomicReferenceArray<Chunk>[] places = array();

    ChunkPool(IntFunction<Chunk> maker) {
        this.maker = maker;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private static AtomicReferenceArray<Chunk>[] array() {
        AtomicReferenceArray[] places = new AtomicReferenceArray[SIZES.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = new AtomicReferenceArray<>(PLACES[i]);
        }
        return places;
    }

    /** The pool of this process. */
    static ChunkPool shared() {
        return SHARED;
    }

    /**
     * The pool of what is outside of the heap. What is longer than its chunks is not, and neither is what the process has no such
     * memory left for: it costs a copy, and not the connection.
     */
    static ChunkPool direct() {
        return DIRECT;
    }

    /** Takes a chunk back to where such chunks come from. */
    static void giveBack(Chunk chunk) {
        if (!chunk.isBorrowed()) {
            (chunk.isDirect() ? DIRECT : SHARED).give(chunk);
        }
    }

    private static Chunk outsideOfTheHeap(int size) {
        try {
            return Chunk.direct(size);
        } catch (OutOfMemoryError noneLeft) { // -XX:MaxDirectMemorySize
            return Chunk.ofArray(size);
        }
    }

    /** A chunk of at least this size, with whatever stands in it. */
    Chunk take(int size) {
        for (int i = 0; i < SIZES.length; i++) {
            if (size <= SIZES[i]) {
                Chunk chunk = taken(places[i]);
                return chunk == null ? maker.apply(SIZES[i]) : chunk;
            }
        }
        return Chunk.ofArray(size);
    }

    @SuppressWarnings("NullAway") // an empty place has null
    private static Chunk taken(AtomicReferenceArray<Chunk> places) {
        int first = place();
        for (int i = 0; i < PROBES; i++) {
            int at = first + i & places.length() - 1;
            if (places.get(at) != null) {
                Chunk chunk = places.getAndSet(at, null);
                if (chunk != null) {
                    return chunk;
                }
            }
        }
        return null;
    }

    /** Takes a chunk back that nobody has a view of any more, and in which no secret stands. */
    void give(Chunk chunk) {
        for (int i = 0; i < SIZES.length; i++) {
            if (chunk.size() == SIZES[i]) {
                give(chunk, places[i]);
            }
        }
    }

    @SuppressWarnings("NullAway") // an empty place has null
    private static void give(Chunk chunk, AtomicReferenceArray<Chunk> places) {
        int first = place();
        for (int i = 0; i < PROBES; i++) {
            if (places.compareAndSet(first + i & places.length() - 1, null, chunk)) {
                return;
            }
        }
    }

    /** Threads begin to look in different places. */
    private static int place() {
        return (int) (Thread.currentThread().getId() * PROBES) & Integer.MAX_VALUE;
    }
}
