package io.omnitls.forge.limit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Ends each try of a jqwik property that takes too long: JUnit's time-outs are for its own tests alone. jqwik finds it by
 * {@link java.util.ServiceLoader}.
 */
public final class TryLimit implements AroundTryHook {
    /** For {@link java.util.ServiceLoader}. */
    public TryLimit() {}

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    /** Next to the try itself: jqwik's own hooks want the thread that they began on. */
    @Override
    public int aroundTryProximity() {
        return 100;
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor one, List<Object> parameters)
            throws Throwable {
        Duration limit = Limit.now();
        CompletableFuture<TryExecutionResult> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                done.complete(one.execute(parameters));
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        thread.setDaemon(true); // it may never end
        thread.start();
        try {
            return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (TimeoutException e) {
            AssertionError hang = new AssertionError(context.label() + " with " + parameters + " takes longer than "
                    + limit + "; the trace shows where it is");
            hang.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            return TryExecutionResult.falsified(hang);
        }
    }
}
