package io.omnitls;

import io.omnitls.internal.given.Given;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a {@link ReloadableContext}. Times are by the {@linkplain ContextBuilder#clock clock} of the context. An
 * immutable value, which later versions of this library may say more in.
 */
public final class ReloadStatus {
    private final long reloads;
    private final long failures;
    private final Instant loadedAt;
    private final Optional<Instant> nearestExpiry;
    private final Optional<Failure> lastFailure;
    private final Set<Path> files;

    private ReloadStatus(Builder builder) {
        reloads = builder.reloads;
        failures = builder.failures;
        loadedAt = builder.loadedAt;
        nearestExpiry = builder.nearestExpiry;
        lastFailure = builder.lastFailure;
        files = builder.files;
    }

    /** Starts one of a context that was built then, of no files, and never again. For tests of what reads it. */
    public static Builder builder(Instant loadedAt) {
        return new Builder(loadedAt);
    }

    /** Starts from this one. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Files that led to no context.
     *
     * @param at when they were read
     * @param reloads how many {@link ReloadStatus#reloads} there had been
     * @param cause what {@link ContextBuilder#build} threw, or a {@link
     *     io.omnitls.error.TlsCertificateVerificationException} for a certificate that is not valid at this time
     */
    public record Failure(Instant at, long reloads, Throwable cause) {
        public Failure {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(cause, "cause");
        }
    }

    /** How often files that had changed, or {@link ReloadableContext#reload}, have led to a new context. */
    public long reloads() {
        return reloads;
    }

    /** How often they have not, and the context stayed; the same failure in the same files counts once. */
    public long failures() {
        return failures;
    }

    /** When the context that is in force was built. */
    public Instant loadedAt() {
        return loadedAt;
    }

    /** The last moment at which every certificate that this end shows is valid; empty when it shows none. */
    public Optional<Instant> nearestExpiry() {
        return nearestExpiry;
    }

    /** The last of {@link #failures}, also after it was mended. */
    public Optional<Failure> lastFailure() {
        return lastFailure;
    }

    /** The absolute paths of the files and folders that are watched: those that were read. */
    public Set<Path> files() {
        return files;
    }

    /** Whether the context in force is that of the files as they were when they were last read. */
    public boolean upToDate() {
        return lastFailure.filter(failure -> failure.reloads() == reloads).isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReloadStatus that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    @Override
    public String toString() {
        return "ReloadStatus[reloads=" + reloads + ", failures=" + failures + ", loadedAt=" + loadedAt
                + ", nearestExpiry=" + nearestExpiry + ", lastFailure=" + lastFailure + ", files=" + files + "]";
    }

    private List<Object> facts() {
        return List.of(reloads, failures, loadedAt, nearestExpiry, lastFailure, files);
    }

    /** What is known, in any order. Not thread-safe. */
    public static final class Builder {
        private long reloads = 0;
        private long failures = 0;
        private Instant loadedAt;
        private Optional<Instant> nearestExpiry = Optional.empty();
        private Optional<Failure> lastFailure = Optional.empty();
        private Set<Path> files = Set.of();

        private Builder(Instant loadedAt) {
            this.loadedAt = Objects.requireNonNull(loadedAt, "loadedAt");
        }

        private Builder(ReloadStatus from) {
            reloads = from.reloads;
            failures = from.failures;
            loadedAt = from.loadedAt;
            nearestExpiry = from.nearestExpiry;
            lastFailure = from.lastFailure;
            files = from.files;
        }

        /** See {@link ReloadStatus#reloads}. */
        public Builder reloads(long reloads) {
            this.reloads = reloads;
            return this;
        }

        /** See {@link ReloadStatus#failures}. */
        public Builder failures(long failures) {
            this.failures = failures;
            return this;
        }

        /** See {@link ReloadStatus#loadedAt}. */
        public Builder loadedAt(Instant loadedAt) {
            this.loadedAt = Objects.requireNonNull(loadedAt, "loadedAt");
            return this;
        }

        /** See {@link ReloadStatus#nearestExpiry}. */
        public Builder nearestExpiry(Instant nearestExpiry) {
            return expiring(Optional.of(Objects.requireNonNull(nearestExpiry, "nearestExpiry")));
        }

        Builder expiring(Optional<Instant> when) {
            nearestExpiry = when;
            return this;
        }

        /** See {@link ReloadStatus#lastFailure}. */
        public Builder lastFailure(Failure lastFailure) {
            this.lastFailure = Optional.of(Objects.requireNonNull(lastFailure, "lastFailure"));
            return this;
        }

        /** See {@link ReloadStatus#files}. */
        public Builder files(Set<Path> files) {
            this.files = Set.copyOf(Given.all(files, "files"));
            return this;
        }

        /** What has been said so far. */
        public ReloadStatus build() {
            return new ReloadStatus(this);
        }
    }
}
