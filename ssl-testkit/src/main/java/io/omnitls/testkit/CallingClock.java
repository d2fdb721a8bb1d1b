package io.omnitls.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The system's clock, which calls somebody each time it is asked: inside of a verification, in the middle of a handshake. */
final class CallingClock {
    private CallingClock() {}

    static Clock of(Runnable called) {
        InstantSource now = () -> {
            called.run();
            return Instant.now();
        };
        return now.withZone(ZoneOffset.UTC);
    }
}
