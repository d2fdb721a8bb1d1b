package io.omnitls.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChunkPoolTest {
    private final ChunkPool pool = new ChunkPool(Chunk::ofArray);

    @Test
    void a_chunk_that_was_given_back_is_lent_again() {
        Chunk chunk = pool.take(100);
        assertNotSame(chunk, pool.take(100));
        pool.give(chunk);
        assertSame(chunk, pool.take(4096));
    }

    @Test
    void a_chunk_has_the_room_that_was_asked_for() {
        for (int size : new int[] {0, 1, 4096, 4097, 17_000, 33_000, 98_000, 200_000, 5_000_000}) {
            assertTrue(pool.take(size).size() >= size);
        }
    }

    @Test
    void what_it_keeps_is_bounded() {
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            chunks.add(pool.take(100));
        }
        chunks.forEach(pool::give);
        Set<Chunk> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(chunks);
        long lent =
                chunks.stream().filter(any -> known.contains(pool.take(100))).count();
        assertTrue(lent > 0 && lent <= 32, () -> lent + " chunks were kept");
    }

    @Test
    void nobody_has_a_chunk_that_another_has() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> users = new ArrayList<>();
            for (int user = 1; user <= 8; user++) {
                users.add(user(user));
            }
            for (Future<Integer> user : threads.invokeAll(users, 30, TimeUnit.SECONDS)) {
                assertEquals(0, user.get(), "bytes of others");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Writes its number into chunks and counts what others have written into them meanwhile. */
    private Callable<Integer> user(int number) {
        return () -> {
            Random random = new Random(number);
            int strange = 0;
            List<Chunk> mine = new ArrayList<>();
            for (int i = 0; i < 50_000; i++) {
                if (mine.isEmpty() || mine.size() < 4 && random.nextBoolean()) {
                    Chunk chunk = pool.take(random.nextInt(20_000));
                    chunk.array()[0] = (byte) number;
                    mine.add(chunk);
                } else {
                    Chunk chunk = mine.remove(random.nextInt(mine.size()));
                    strange += chunk.array()[0] == number ? 0 : 1;
                    pool.give(chunk);
                }
            }
            return strange;
        };
    }
}
