package io.omnitls.internal.engine;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bites when something takes longer than it may, and not once it is done. */
final class Watchdog {
    private final AtomicBoolean decided = new AtomicBoolean(); // by whoever comes first: the end or the limit
    private final ScheduledFuture<?> limit;

    Watchdog(int millis, Runnable bite) {
        limit = Couriers.executeIn(millis, () -> {
            if (decided.compareAndSet(false, true)) {
                bite.run();
            }
        });
    }

    /** Calls it off; the first time, false when it has bitten. */
    boolean calledOff() {
        limit.cancel(false);
        return decided.compareAndSet(false, true);
    }
}
