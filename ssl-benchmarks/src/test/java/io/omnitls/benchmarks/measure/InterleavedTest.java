package io.omnitls.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedTest {
    private final List<String> order = new ArrayList<>();

    private Contender contender(String name) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void run(int times) {
                order.add(name);
            }
        };
    }

    @Test
    void afterTheWarmUpEachSecondTurnIsTheOtherWayRound() throws Exception {
        Plan plan = new Plan(Duration.ZERO, 3, Duration.ofNanos(1), false);
        List<Measured> speeds = new Interleaved(List.of(contender("a"), contender("b")), Clock.WALL, plan).speeds();
        assertEquals(List.of("a", "b", "b", "a", "a", "b"), order.subList(order.size() - 6, order.size()));
        assertEquals(List.of("b"), speeds.stream().map(Measured::contender).toList());
    }

    @Test
    void whoAllocatesMoreIsAboveTheFirst() throws Exception {
        Object[] kept = new Object[1];
        List<Measured> over = Allocation.over(
                List.of(Contender.of("a", () -> {}), Contender.of("b", () -> kept[0] = new byte[100_000])), 1, 100);
        double bytes = over.get(0).ratio().median();
        assertTrue(bytes >= 100_000 && bytes < 110_000, "bytes: " + bytes);
    }
}
