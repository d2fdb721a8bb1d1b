package io.omnitls.benchmarks.scenes;

/**
 * What OmniTLS is to reach.
 *
 * @param value at least this, where higher is better, at most where lower is; NaN: no goal
 */
public record Goal(double value) {
    /** No goal: to know it is enough. */
    public static final Goal NONE = new Goal(Double.NaN);

    public boolean exists() {
        return !Double.isNaN(value);
    }
}
