package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ReloadListener;
import io.omnitls.ReloadStatus;
import io.omnitls.testkit.net.Loopback;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for what a reloadable context tells. */
final class ReloadReports implements ReloadListener {
    private final BlockingQueue<ReloadStatus> told = new LinkedBlockingQueue<>();

    @Override
    public void reloaded(ReloadStatus status) {
        told.add(status);
    }

    /** The next report that is this; those before it are passed over. */
    ReloadStatus await(String what, Predicate<ReloadStatus> wanted) throws InterruptedException {
        Optional<ReloadStatus> last = Optional.empty();
        while (true) {
            ReloadStatus next = told.poll(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError(what + " was not reported; the last report is " + last);
            }
            if (wanted.test(next)) {
                return next;
            }
            last = Optional.of(next);
        }
    }

    /** A new context took the place of the former one. */
    ReloadStatus awaitSuccess(String what) throws InterruptedException {
        return await(what, ReloadStatus::upToDate);
    }

    /** The former context stayed. */
    Throwable awaitFailure(String what) throws InterruptedException {
        ReloadStatus status = await(what, report -> !report.upToDate());
        return status.lastFailure().orElseThrow().cause();
    }

    /** Nothing more was told so far. */
    void requireNothing(String why) {
        assertTrue(told.isEmpty(), () -> why + ": " + told);
    }
}
