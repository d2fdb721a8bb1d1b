package io.omnitls.benchmarks.measure;

import java.util.Arrays;

/**
 * The middle of what was seen, and the quartiles around it: a figure and how far to believe it.
 *
 * @param lower a quarter of the turns gave less
 * @param median half of the turns gave less
 * @param upper a quarter of the turns gave more
 */
public record Ratio(double lower, double median, double upper) {

    /** Of the values of all turns, in any order. */
    public static Ratio of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no turns, no ratio");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Ratio(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    /** Between two values that is the point on the line through them. */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
