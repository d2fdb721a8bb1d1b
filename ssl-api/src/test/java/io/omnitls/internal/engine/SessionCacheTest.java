package io.omnitls.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.internal.engine.SessionCache.Entry;
import io.omnitls.spi.ResumableSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SessionCacheTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final MovableClock clock = new MovableClock();

    private static final class MovableClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class Handle implements ResumableSession {}

    private Entry<String> entry(String session, boolean once) {
        return new Entry<>(session, new Handle(), once, clock.instant(), LIMIT);
    }

    private static Optional<String> taken(SessionCache<Integer, String> cache, int place) {
        return cache.take(place).map(Entry::session);
    }

    @Test
    void whatIsGoodOnceIsTakenOnce() {
        SessionCache<Integer, String> cache = new SessionCache<>(5, clock);
        cache.keep(1, entry("once", true));
        cache.keep(2, entry("again", false));
        assertEquals(Optional.of("once"), taken(cache, 1));
        assertEquals(Optional.empty(), taken(cache, 1));
        assertEquals(Optional.of("again"), taken(cache, 2));
        assertEquals(Optional.of("again"), taken(cache, 2));
    }

    /** RFC 8446 appendix C.4, however many ask at once. */
    @Test
    void whatIsGoodOnceIsGivenToOneThread() throws Exception {
        SessionCache<Integer, String> cache = new SessionCache<>(5, clock);
        int threads = 4;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 500; round++) {
                cache.keep(1, entry("once", true));
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Boolean>> takers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    takers.add(executor.submit(() -> {
                        assertTrue(start.await(10, TimeUnit.SECONDS));
                        return cache.take(1).isPresent();
                    }));
                }
                start.countDown();
                int given = 0;
                for (Future<Boolean> taker : takers) {
                    given += taker.get(10, TimeUnit.SECONDS) ? 1 : 0;
                }
                assertEquals(1, given);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aClockThatWentBackEndsWhatIsKept() {
        SessionCache<Integer, String> cache = new SessionCache<>(5, clock);
        cache.keep(1, entry("late", false));
        clock.now = clock.now.minusMillis(1001);
        assertEquals(Optional.empty(), taken(cache, 1));
        assertEquals(1, cache.tally().timeouts());
    }

    /** The connection that a session is from fails while another one, which has resumed it, is about to keep it. */
    @Test
    void whatWasDroppedIsNotKeptAgain() {
        SessionCache<Integer, String> cache = new SessionCache<>(5, clock);
        Entry<String> session = entry("shared", false);
        cache.keep(1, session);
        Entry<String> other = cache.take(1).orElseThrow();
        cache.drop(1, session);
        cache.keep(1, other);
        assertEquals(0, cache.tally().kept());
    }

    @Test
    void aNewerSessionIsNotDroppedWithAnOlderOne() {
        SessionCache<Integer, String> cache = new SessionCache<>(5, clock);
        Entry<String> older = entry("older", false);
        cache.keep(1, older);
        cache.keep(1, entry("newer", false));
        cache.drop(1, older);
        assertEquals(Optional.of("newer"), taken(cache, 1));
    }

    /** It makes room in the order of use alone, so that nobody waits while all of many are looked at. */
    @Test
    void whatIsTooOldMakesRoomFirstWhereItWasUsedLeastRecently() {
        SessionCache<Integer, String> cache = new SessionCache<>(2, clock);
        cache.keep(1, entry("oldest", false));
        clock.now = clock.now.plus(LIMIT);
        cache.keep(2, entry("newer", false));
        cache.keep(3, entry("newest", false));
        assertEquals(new SessionCache.Tally(2, 0, 0, 0), cache.tally());
        assertEquals(Optional.empty(), taken(cache, 1));
        assertEquals(Optional.of("newer"), taken(cache, 2));
        assertEquals(new SessionCache.Tally(2, 1, 0, 0), cache.tally());
    }

    /** Against a list that is kept by hand, the least recently used first. */
    @Property(tries = 300)
    void itKeepsTheMostRecentlyUsed(
            @ForAll @IntRange(min = 1, max = 4) int most,
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 30) Integer> steps) {
        SessionCache<Integer, String> cache = new SessionCache<>(most, clock);
        List<Integer> order = new ArrayList<>();
        Map<Integer, Instant> begun = new HashMap<>();
        for (int step : steps) {
            int place = step % 6;
            switch (step / 6) {
                case 0, 1 -> {
                    cache.keep(place, entry("s" + place, step / 6 == 1));
                    while (!order.isEmpty() && tooOld(begun, order.get(0))) {
                        order.remove(0);
                    }
                    order.remove((Integer) place);
                    order.add(place);
                    begun.put(place, clock.now);
                    if (order.size() > most) {
                        order.remove(0);
                    }
                }
                case 2, 3 -> {
                    Optional<Entry<String>> found = cache.take(place);
                    boolean known = order.remove((Integer) place);
                    assertEquals(known && !tooOld(begun, place), found.isPresent());
                    if (found.isPresent() && !found.get().once()) {
                        order.add(place);
                    }
                }
                default -> clock.now = clock.now.plusSeconds(20);
            }
            long good = order.stream().filter(key -> !tooOld(begun, key)).count();
            assertEquals(good, cache.tally().kept());
        }
    }

    private boolean tooOld(Map<Integer, Instant> begun, int place) {
        return !clock.now.isBefore(begun.get(place).plus(LIMIT));
    }

    /** A thread looks at the clock, waits for the lock, and finds what another one has begun since. */
    @Test
    void aSessionThatBeganWhileItsTakerWaitedIsTaken() {
        SessionCache<Integer, String> cache = new SessionCache<>(5, clock);
        Entry<String> begun = entry("young", true);
        cache.keep(1, begun);
        clock.now = clock.now.minusMillis(5);
        assertEquals(Optional.of("young"), taken(cache, 1));
        assertEquals(0, cache.tally().timeouts());
    }
}
