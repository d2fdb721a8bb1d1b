package io.omnitls.testkit.net;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Something that is done on a thread of its own, with a limit for how long it is waited for.
 *
 * @param <T> what comes of it
 */
public final class BackgroundTask<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;

    private BackgroundTask(Callable<T> work) {
        thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "background-task");
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins. */
    public static <T> BackgroundTask<T> of(Callable<T> work) {
        return new BackgroundTask<>(work);
    }

    /** Whether it has ended. */
    public boolean done() {
        return result.isDone();
    }

    /** What came of it; throws what it threw. */
    public T get() throws Exception {
        return get(Loopback.TIMEOUT_MILLIS);
    }

    /** What came of it within so many milliseconds; throws what it threw. */
    T get(long millis) throws Exception {
        try {
            return result.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception failure ? failure : e;
        } catch (TimeoutException e) {
            AssertionError late = new AssertionError("the task did not end within " + millis + " ms");
            late.setStackTrace(thread.getStackTrace());
            throw late;
        }
    }

    /** Something that goes on beside it. */
    public interface Beside {
        /** Does it. */
        void run() throws Exception;
    }

    /** Does something meanwhile, then waits for the task. */
    public void runBeside(Beside other) throws Exception {
        other.run();
        get();
    }

    /** Waits until its thread is inside of a system call of a socket, or of a lock. */
    public void awaitWaiting() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Loopback.TIMEOUT_MILLIS);
        while (!waits()) {
            if (System.nanoTime() > end || result.isDone()) {
                throw new AssertionError("the task does not wait: " + result);
            }
            Thread.onSpinWait();
        }
    }

    private boolean waits() {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && (stack[0].isNativeMethod() && stack[0].getClassName().startsWith("sun.nio.ch.")
                        || stack[0].getMethodName().equals("park"));
    }
}
