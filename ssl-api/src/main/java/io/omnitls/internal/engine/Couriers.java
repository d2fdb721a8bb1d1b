package io.omnitls.internal.engine;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that this library has of its own: they wait in the place of callers who may not. There are none until one
 * is needed, and none some seconds later, so they keep neither the process nor a class loader.
 */
public final class Couriers {
    private static final long IDLE_SECONDS = 5;

    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Couriers::thread);

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private Couriers() {}

    /** Runs {@code errand} at once on a thread of its own. */
    public static void execute(Runnable errand) {
        THREADS.execute(errand);
    }

    /** Runs {@code errand} on a thread of its own when so many milliseconds have passed, unless it is cancelled before. */
    static ScheduledFuture<?> executeIn(int millis, Runnable errand) {
        return CLOCK.schedule(() -> execute(errand), millis, TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, Couriers::thread);
        clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        clock.setRemoveOnCancelPolicy(true); // or every connection would be held until its limit
        return clock;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "omnitls-courier");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}
