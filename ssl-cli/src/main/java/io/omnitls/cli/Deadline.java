package io.omnitls.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes something when time is up, and with it ends whoever waits for it: a limit for several reads together, however
 * little each of them brings.
 */
final class Deadline implements AutoCloseable {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tls-deadline");
        thread.setDaemon(true);
        return thread;
    });

    private final Duration limit;
    private final AtomicBoolean expired = new AtomicBoolean();
    private final Future<?> alarm;

    /** @param limit zero for none */
    Deadline(Closeable victim, Duration limit) {
        this.limit = limit;
        this.alarm = limit.isZero()
                ? CLOCK.submit(() -> {})
                : CLOCK.schedule(() -> expire(victim), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void expire(Closeable victim) {
        expired.set(true);
        try {
            victim.close();
        } catch (IOException gone) {
            // So it is closed.
        }
    }

    /** What is to be said of {@code failure}: that time was up, if it was. */
    IOException explain(IOException failure) {
        if (!expired.get()) {
            return failure;
        }
        SocketTimeoutException timeout = new SocketTimeoutException(
                "the peer did not get done within " + limit.toSeconds() + " seconds; --timeout gives it more");
        timeout.initCause(failure);
        return timeout;
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }
}
