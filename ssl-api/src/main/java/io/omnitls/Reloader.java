package io.omnitls;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.engine.FailureMapper;
import io.omnitls.internal.files.FileGeneration;
import io.omnitls.internal.files.FileWatcher;
import io.omnitls.internal.given.Bystander;
import io.omnitls.internal.verify.Validity;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.spi.VerifyFailure;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Builds contexts of files that change: one after the other, and one at a time.
 *
 * @param <C> the role
 */
final class Reloader<C extends TlsContext> {
    private final Source<C> source;
    private final ReloadOptions options;
    private final FileWatcher watcher;

    private volatile Loaded<C> loaded;

    private final ReentrantLock reading = new ReentrantLock(); // for what follows, and for the order of changes
    private FileGeneration attempted; // what was read last, good or bad
    private volatile long attemptedAt; // System.nanoTime()

    /** The settings, of which contexts are built. */
    interface Source<C> {
        C build() throws TlsException;
    }

    /** The context in force, and what is known of it. */
    private record Loaded<C>(C context, ReloadStatus status) {}

    /** What came of reading the files: a context or what is wrong. */
    private record Outcome<C>(Optional<C> context, Optional<Throwable> failure) {}

    Reloader(Source<C> source, ReloadOptions options) throws TlsException {
        this.source = source;
        this.options = options;
        FileGeneration.Recorded<Outcome<C>> first = read();
        Optional<C> context = first.result().context();
        if (context.isEmpty()) {
            throw thrown(failure(first.result()));
        }
        this.watcher = new FileWatcher(new Watched(), options.pollInterval());
        this.attempted = first.files();
        this.loaded = new Loaded<>(
                context.get(),
                ReloadStatus.builder(clock(context.get()).instant())
                        .expiring(nearestExpiry(context.get()))
                        .files(attempted.files())
                        .build());
    }

    private static Throwable failure(Outcome<?> outcome) {
        return outcome.failure().orElseThrow(() -> new AssertionError("neither a context nor a failure"));
    }

    private static TlsException thrown(Throwable failure) {
        if (failure instanceof TlsException tls) {
            return tls;
        }
        if (failure instanceof RuntimeException wrong) {
            throw wrong;
        }
        throw (Error) failure;
    }

    void start() {
        watcher.start();
    }

    C current() {
        return loaded.context();
    }

    ReloadStatus status() {
        return loaded.status();
    }

    void close() {
        watcher.close();
    }

    /** What the watch asks for. */
    private final class Watched implements FileWatcher.Reader {
        @Override
        public FileGeneration attempted() {
            reading.lock();
            try {
                return attempted;
            } finally {
                reading.unlock();
            }
        }

        @Override
        public Set<Path> files() {
            return status().files();
        }

        /** A bad set is tried again, however busy its folders are: certificates become valid. */
        @Override
        public boolean retryDue() {
            return !status().upToDate()
                    && System.nanoTime() - attemptedAt >= options.pollInterval().toNanos();
        }

        @Override
        public void read() {
            reload();
        }
    }

    /** Reads the files, takes what can be used, and tells; changes nothing once it is closed. */
    ReloadStatus reload() {
        if (reading.isHeldByCurrentThread()) {
            throw new IllegalStateException("whoever is told of a change cannot read the files again meanwhile");
        }
        reading.lock();
        try {
            FileGeneration.Recorded<Outcome<C>> read = read();
            ReloadStatus before = status();
            if (watcher.closed()) {
                return before;
            }
            boolean known = read.files().same(attempted);
            attempted = read.files();
            attemptedAt = System.nanoTime();
            Optional<C> context = read.result().context();
            Loaded<C> now = context.isPresent()
                    ? new Loaded<>(context.get(), succeeded(before, context.get()))
                    : new Loaded<>(current(), failed(before, failure(read.result()), known));
            loaded = now;
            if (!now.status().equals(before)) {
                Bystander.tell(() -> options.listener().reloaded(now.status()));
                tell(now);
            }
            return now.status();
        } finally {
            reading.unlock();
        }
    }

    private static void tell(Loaded<? extends TlsContext> now) {
        TlsEvent event =
                now.status().upToDate() ? new TlsEvent.Reloaded(now.status()) : new TlsEvent.ReloadFailed(now.status());
        now.context().callbacks().trace().ifPresent(trace -> Bystander.tell(() -> trace.event(event)));
    }

    private ReloadStatus succeeded(ReloadStatus before, TlsContext context) {
        return before.toBuilder()
                .reloads(before.reloads() + 1)
                .loadedAt(clock(context).instant())
                .expiring(nearestExpiry(context))
                .files(attempted.files())
                .build();
    }

    private ReloadStatus failed(ReloadStatus before, Throwable cause, boolean known) {
        boolean told = before.lastFailure()
                .filter(last -> last.reloads() == before.reloads()
                        && last.cause().toString().equals(cause.toString()))
                .isPresent();
        if (known && told) {
            return before;
        }
        Set<Path> files = new HashSet<>(before.files()); // of which some were not read this time
        files.addAll(attempted.files());
        return before.toBuilder()
                .failures(before.failures() + 1)
                .lastFailure(new ReloadStatus.Failure(clock(current()).instant(), before.reloads(), cause))
                .files(files)
                .build();
    }

    /** Builds of files of which none has changed before the last one was read. */
    private FileGeneration.Recorded<Outcome<C>> read() {
        FileGeneration.Recorded<Outcome<C>> read = FileGeneration.record(options.alsoWatching(), this::build);
        for (int i = 1; i < MAX_READINGS; i++) {
            if (read.files().stands()) {
                return read;
            }
            read = FileGeneration.record(options.alsoWatching(), this::build);
        }
        if (read.files().stands()) {
            return read;
        }
        TlsException restless = new TlsException(
                ErrorReason.INPUT_OUTPUT_ERROR, "the files changed each time before the last of them was read");
        return new FileGeneration.Recorded<>(new Outcome<>(Optional.empty(), Optional.of(restless)), read.files());
    }

    private static final int MAX_READINGS = 10;

    private Outcome<C> build() {
        try {
            C context = source.build();
            for (CertifiedKey identity : context.identities()) {
                requireValid(identity.leaf(), clock(context).instant());
            }
            return new Outcome<>(Optional.of(context), Optional.empty());
        } catch (TlsException | RuntimeException | Error bad) { // an Error, too, must not end the watch
            return new Outcome<>(Optional.empty(), Optional.of(bad));
        }
    }

    /** Its issuers are the authority's business: some chains end with a certificate for old clients that has expired. */
    private static void requireValid(X509Certificate leaf, Instant now) throws TlsException {
        CertificateView certificate = view(leaf);
        VerifyCode code = Validity.at(now, certificate);
        if (code != VerifyCode.OK) {
            throw FailureMapper.map(new VerifyFailure(
                    code, 0, "this end's own certificate: " + Validity.explain(code, now, certificate)));
        }
    }

    private static CertificateView view(X509Certificate leaf) {
        try {
            return CertificateView.of(leaf);
        } catch (DerException impossible) {
            throw new AssertionError("a context was built with what cannot be read", impossible);
        }
    }

    private static Optional<Instant> nearestExpiry(TlsContext context) {
        return context.identities().stream()
                .flatMap(identity -> identity.chain().stream())
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder());
    }

    private static Clock clock(TlsContext context) {
        return context.settings().verification().clock();
    }
}
