package io.omnitls;

import io.omnitls.internal.given.Given;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a {@link ReloadableContext} looks after its files. Immutable: each method returns a changed copy.
 *
 * @param pollInterval how often all files are looked at, whatever the system's watch says; a failure is tried again as often
 * @param listener who hears of it
 * @param alsoWatching files and folders that lead to a new context beside those that its settings name: what a {@link
 *     io.omnitls.cert.Credentials} or a {@link io.omnitls.cert.PasswordSource} of the application's own reads
 */
public record ReloadOptions(Duration pollInterval, ReloadListener listener, List<Path> alsoWatching) {
    private static final ReloadOptions DEFAULT = new ReloadOptions(Duration.ofSeconds(30), status -> {}, List.of());

    /** @throws IllegalArgumentException when the interval is not positive, or longer than a day */
    public ReloadOptions {
        Objects.requireNonNull(pollInterval, "pollInterval");
        Objects.requireNonNull(listener, "listener");
        Given.all(alsoWatching, "alsoWatching");
        if (pollInterval.isNegative() || pollInterval.isZero() || pollInterval.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "files are looked at once a day at least, and not every " + pollInterval);
        }
        alsoWatching = List.copyOf(alsoWatching);
    }

    /** Every 30 seconds, telling nobody. */
    public static ReloadOptions defaults() {
        return DEFAULT;
    }

    /**
     * Looks at all files so often.
     *
     * @throws IllegalArgumentException when it is not positive, or longer than a day
     */
    public ReloadOptions withPollInterval(Duration interval) {
        return new ReloadOptions(Objects.requireNonNull(interval, "interval"), listener, alsoWatching);
    }

    /** Tells this one, and nobody else. */
    public ReloadOptions withListener(ReloadListener who) {
        return new ReloadOptions(pollInterval, Objects.requireNonNull(who, "who"), alsoWatching);
    }

    /** Watches these too, in the place of others that were named so. */
    public ReloadOptions withAlsoWatching(Path... files) {
        Given.all(files, "files");
        return new ReloadOptions(pollInterval, listener, List.of(files));
    }
}
