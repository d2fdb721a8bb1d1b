package io.omnitls.forge.limit;

import java.time.Duration;

/** How long one test may take that JUnit's own time-outs are not for; {@code -Domnitls.limit.seconds} changes it. */
final class Limit {
    private Limit() {}

    static Duration now() {
        return Duration.ofSeconds(Integer.getInteger("omnitls.limit.seconds", 180));
    }
}
