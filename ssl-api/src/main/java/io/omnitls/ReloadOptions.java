package io.omnitls;

import io.omnitls.internal.given.Given;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link ReloadableContext} looks after its files. Immutable: each method returns a changed copy. Later versions of this
 * library may have more to choose.
 */
public final class ReloadOptions {
    private static final ReloadOptions DEFAULT = new ReloadOptions(Duration.ofSeconds(30), status -> {}, List.of());

    private final Duration pollInterval;
    private final ReloadListener listener;
    private final List<Path> alsoWatching;

    private ReloadOptions(Duration pollInterval, ReloadListener listener, List<Path> alsoWatching) {
        this.pollInterval = pollInterval;
        this.listener = listener;
        this.alsoWatching = alsoWatching;
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
        Objects.requireNonNull(interval, "interval");
        if (interval.isNegative() || interval.isZero() || interval.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("files are looked at once a day at least, and not every " + interval);
        }
        return new ReloadOptions(interval, listener, alsoWatching);
    }

    /** Tells this one, and nobody else. */
    public ReloadOptions withListener(ReloadListener who) {
        return new ReloadOptions(pollInterval, Objects.requireNonNull(who, "who"), alsoWatching);
    }

    /** Watches these too, in the place of others that were named so. */
    public ReloadOptions withAlsoWatching(Path... files) {
        return new ReloadOptions(pollInterval, listener, List.of(Given.all(files, "files")));
    }

    /** How often all files are looked at, whatever the system's watch says; a failure is tried again as often. */
    public Duration pollInterval() {
        return pollInterval;
    }

    /** Who hears of it. */
    public ReloadListener listener() {
        return listener;
    }

    /**
     * Files and folders that lead to a new context beside those that its settings name: what a {@link
     * io.omnitls.cert.Credentials} or a {@link io.omnitls.cert.PasswordSource} of the application's own reads.
     */
    public List<Path> alsoWatching() {
        return alsoWatching;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReloadOptions that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    @Override
    public String toString() {
        return "ReloadOptions[pollInterval=" + pollInterval + ", listener=" + listener + ", alsoWatching="
                + alsoWatching + "]";
    }

    private List<Object> facts() {
        return List.of(pollInterval, listener, alsoWatching);
    }
}
