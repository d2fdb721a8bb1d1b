package io.omnitls.benchmarks.measure;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUp how long each contender works before the first turn
 * @param turns how many turns each contender has
 * @param turn how long about a turn takes
 * @param thorough whether scenes do what takes minutes too
 */
public record Plan(Duration warmUp, int turns, Duration turn, boolean thorough) {
    /** Rough figures of all scenes in minutes. */
    public static final Plan SHORT = new Plan(Duration.ofMillis(500), 11, Duration.ofMillis(30), false);

    /** Figures to quote. */
    public static final Plan LONG = new Plan(Duration.ofSeconds(5), 41, Duration.ofMillis(200), true);

    /** Enough to see a fall of 15 %. */
    public static final Plan SMOKE = new Plan(Duration.ofMillis(500), 9, Duration.ofMillis(25), false);

    /** {@code whenShort} of something, or {@code whenLong} in the thorough form. */
    public int count(int whenShort, int whenLong) {
        return thorough ? whenLong : whenShort;
    }
}
