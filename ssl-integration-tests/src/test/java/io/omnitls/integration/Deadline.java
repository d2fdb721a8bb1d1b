package io.omnitls.integration;

import java.time.Duration;

/** How long anything may take. */
public final class Deadline {
    public static final int SECONDS = 20;
    public static final int MILLIS = SECONDS * 1000;
    public static final Duration DURATION = Duration.ofSeconds(SECONDS);

    private Deadline() {}
}
