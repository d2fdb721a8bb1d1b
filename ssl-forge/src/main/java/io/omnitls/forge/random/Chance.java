package io.omnitls.forge.random;

import java.util.List;
import java.util.Random;

/** The dice of one thing to draw. Some things are calm: defects are rare in them, so that a verifier reaches the last checks. */
final class Chance {
    private static final int CALM = 15;

    private final Random random;
    private final int rarer;

    /** @param calm out of four */
    Chance(Random random, int calm) {
        this.random = random;
        this.rarer = random.nextInt(4) < calm ? CALM : 1;
    }

    /** A choice between things that are all in order. */
    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** Whether something is wrong here. */
    boolean odd(int n) {
        return random.nextInt(n * rarer) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    Random random() {
        return random;
    }
}
