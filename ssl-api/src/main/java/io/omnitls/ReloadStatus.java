package io.omnitls;

import io.omnitls.internal.given.Given;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a {@link ReloadableContext}. Times are by the {@linkplain ContextBuilder#clock clock} of the context.
 *
 * @param reloads how often files that had changed, or {@link ReloadableContext#reload}, have led to a new context
 * @param failures how often they have not, and the context stayed; the same failure in the same files counts once
 * @param loadedAt when the context that is in force was built
 * @param nearestExpiry the last moment at which every certificate that this end shows is valid; empty when it shows none
 * @param lastFailure the last of {@code failures}, also after it was mended
 * @param files the absolute paths of the files and folders that are watched: those that were read
 */
public record ReloadStatus(
        long reloads,
        long failures,
        Instant loadedAt,
        Optional<Instant> nearestExpiry,
        Optional<Failure> lastFailure,
        Set<Path> files) {
    public ReloadStatus {
        Objects.requireNonNull(loadedAt, "loadedAt");
        Objects.requireNonNull(nearestExpiry, "nearestExpiry");
        Objects.requireNonNull(lastFailure, "lastFailure");
        Given.all(files, "files");
        files = Set.copyOf(files);
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

    /** Whether the context in force is that of the files as they were when they were last read. */
    public boolean upToDate() {
        return lastFailure.filter(failure -> failure.reloads() == reloads).isEmpty();
    }
}
