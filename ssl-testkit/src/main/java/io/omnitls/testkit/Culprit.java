package io.omnitls.testkit;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Code of an application that throws when it is called, and counts the calls; for one thread. */
final class Culprit implements Runnable {
    private final Supplier<Throwable> throwable;
    private @Nullable Throwable thrown;
    private boolean armed;
    private int calls;

    Culprit(Supplier<Throwable> throwable) {
        this.throwable = throwable;
    }

    /** What code may throw, the compiler willing or not. */
    static List<Supplier<Throwable>> throwables() {
        return List.of(
                () -> new IllegalStateException("on purpose"),
                () -> new AssertionError("on purpose"),
                () -> new StackOverflowError("on purpose"),
                () -> new NoClassDefFoundError("on purpose"),
                () -> new OutOfMemoryError("on purpose"),
                () -> new IOException("on purpose"),
                () -> new Exception("on purpose"));
    }

    /** What it has thrown first. */
    Throwable thrown() {
        if (thrown == null) {
            throw new AssertionError("nobody called what was to throw " + throwable.get());
        }
        return thrown;
    }

    /** From now on it throws: a context may call it when it is built. */
    void arm() {
        armed = true;
    }

    int calls() {
        return calls;
    }

    @Override
    public void run() {
        if (!armed) {
            return;
        }
        calls++;
        if (thrown == null) {
            thrown = throwable.get();
        }
        sneak(thrown);
    }

    /** Past the compiler, as other languages do. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
