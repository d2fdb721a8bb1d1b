package io.omnitls.benchmarks.scenes;

import java.util.Locale;

/** What a figure counts. */
public enum Unit {
    /** Speed beside the baseline; 1.00 is as fast, higher is faster. */
    RATIO {
        @Override
        public String format(double value) {
            return String.format(Locale.ROOT, "%.2f", value);
        }

        @Override
        public boolean meets(Goal goal, double value) {
            return Math.round(value * 100) >= Math.round(goal.value() * 100);
        }
    },
    /** Bytes over the baseline; lower is better. */
    BYTES {
        @Override
        public String format(double value) {
            return Math.abs(value) < 1000
                    ? String.format(Locale.ROOT, "%+d B", Math.round(value))
                    : String.format(Locale.ROOT, "%+.1f kB", value / 1000);
        }

        /** A few bytes that a JIT compiler allocates or not are nobody's. */
        @Override
        public boolean meets(Goal goal, double value) {
            return value <= goal.value() + 16;
        }
    };

    /** As tables show it. */
    public abstract String format(double value);

    public abstract boolean meets(Goal goal, double value);
}
