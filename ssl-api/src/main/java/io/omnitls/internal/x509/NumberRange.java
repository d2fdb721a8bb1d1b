package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.util.List;

/** The numbers from {@code first} to {@code last}, both included: addresses, or numbers of autonomous systems. */
public record NumberRange(BigInteger first, BigInteger last) {

    /** One that holds nothing and that nothing holds. */
    static final NumberRange UNUSABLE = new NumberRange(BigInteger.ONE, BigInteger.ZERO);

    private boolean inverted() {
        return first.compareTo(last) > 0;
    }

    private boolean covers(NumberRange other) {
        return first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
    }

    /** Whether {@code ranges} are in order, and no two of them touch (RFC 3779 sections 2.2.3.6 and 3.2.3.4). */
    static boolean canonical(List<NumberRange> ranges) {
        if (ranges.isEmpty()) {
            return false;
        }
        for (int i = 0; i < ranges.size(); i++) {
            boolean touches = i > 0
                    && ranges.get(i - 1)
                                    .last()
                                    .add(BigInteger.ONE)
                                    .compareTo(ranges.get(i).first())
                            >= 0;
            if (touches || ranges.get(i).inverted()) {
                return false;
            }
        }
        return true;
    }

    /** Whether each of {@code inner} lies in one of {@code outer}, both in canonical form or {@link #UNUSABLE}. */
    public static boolean contains(List<NumberRange> outer, List<NumberRange> inner) {
        int at = 0;
        for (NumberRange range : inner) {
            if (range.inverted()) {
                return false;
            }
            while (at < outer.size()
                    && (outer.get(at).inverted() || outer.get(at).last().compareTo(range.last()) < 0)) {
                at++;
            }
            if (at == outer.size() || !outer.get(at).covers(range)) {
                return false;
            }
        }
        return true;
    }
}
