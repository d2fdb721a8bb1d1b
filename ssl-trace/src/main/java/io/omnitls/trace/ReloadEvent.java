package io.omnitls.trace;

import io.omnitls.ReloadStatus;
import java.time.Instant;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

@Name("io.omnitls.Reload")
@Label("TLS Reload")
@Description("The files of a reloadable context of OmniTLS were read again")
@Category("OmniTLS")
@StackTrace(false)
@SuppressWarnings("unused")
final class ReloadEvent extends Event {
    @Label("Succeeded")
    @Description("Whether a new context is in force, and not the former one")
    private boolean succeeded;

    @Label("Reloads")
    private long reloads;

    @Label("Failures")
    private long failures;

    @Label("Nearest Expiry")
    @Description("Of the certificates that are shown; missing where none is")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    private long nearestExpiry = Long.MIN_VALUE; // JFR's word for a missing one

    @Label("Message")
    private @Nullable String message;

    static void write(ReloadStatus status) {
        ReloadEvent event = new ReloadEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.succeeded = status.upToDate();
        event.reloads = status.reloads();
        event.failures = status.failures();
        event.nearestExpiry = status.nearestExpiry().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        event.message = status.upToDate()
                ? null
                : status.lastFailure()
                        .map(failure -> String.valueOf(failure.cause().getMessage()))
                        .orElse(null);
        event.commit();
    }
}
