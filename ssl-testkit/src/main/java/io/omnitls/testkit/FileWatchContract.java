package io.omnitls.testkit;

import static io.omnitls.testkit.ReloadScenes.chain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ReloadOptions;
import io.omnitls.ReloadStatus;
import io.omnitls.ReloadableServerContext;
import io.omnitls.ServerContext;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 16: how changes of files are noticed, tried and told. */
public interface FileWatchContract extends Contract {
    private ReloadScenes scenes() {
        return new ReloadScenes(fixture());
    }

    @Test
    default void rule16_3_filesAreNoticedHoweverTheyChange(@TempDir Path directory) throws Exception {
        TestIdentity first = fixture().authority().server(KeyKind.EC);
        TestIdentity second = fixture().authority().server(KeyKind.EC);
        TestIdentity third = fixture().authority().server(KeyKind.EC);
        Path file = first.write(directory, "server");
        ReloadReports reports = new ReloadReports();
        try (ReloadableServerContext contexts = ReloadableServerContext.of(
                scenes().server(file, file), watchedAlone().withListener(reports))) {
            assertEquals(Set.of(file.toAbsolutePath()), contexts.status().files());
            Path edited = second.write(directory, "server.pem~");
            Files.move(edited, file, StandardCopyOption.ATOMIC_MOVE);
            reports.awaitSuccess("a file that was renamed over the other");
            assertEquals(second.certificate(), scenes().met(contexts.current()));
            third.write(directory, "server");
            reports.awaitSuccess("a file that was written in place");
            assertEquals(third.certificate(), scenes().met(contexts.current()));
        }
        // A file system that the system does not watch.
        try (FileSystem archive = FileSystems.newFileSystem(directory.resolve("files.zip"), Map.of("create", "true"))) {
            Path folder = archive.getPath("/");
            Path inside = first.write(folder, "server");
            try (ReloadableServerContext contexts = ReloadableServerContext.of(
                    scenes().server(inside, inside), polledOften().withListener(reports))) {
                Files.move(second.write(folder, "next"), inside, StandardCopyOption.REPLACE_EXISTING);
                reports.awaitSuccess("a file that nobody watches");
                assertEquals(second.certificate(), scenes().met(contexts.current()));
            }
        }
    }

    @Test
    default void rule16_3_aFolderThatIsReplacedIsWatchedFromThenOn(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("keys"));
        Path file = fixture().authority().server(KeyKind.EC).write(folder, "server");
        ReloadReports reports = new ReloadReports();
        try (ReloadableServerContext contexts = ReloadableServerContext.of(
                scenes().server(file, file), watchedAlone().withListener(reports))) {
            for (int turn = 0; turn < 2; turn++) {
                Path fresh = Files.createDirectory(directory.resolve("fresh"));
                fixture().authority().server(KeyKind.EC).write(fresh, "server");
                Files.move(folder, directory.resolve("old" + turn));
                Files.move(fresh, folder);
                reports.awaitSuccess("a folder in the place of another");
                TestIdentity next = fixture().authority().server(KeyKind.EC);
                next.write(folder, "server");
                reports.awaitSuccess("a file in the new folder");
                assertEquals(next.certificate(), scenes().met(contexts.current()));
            }
        }
    }

    /** So seldom that it is the watch who notices. */
    private static ReloadOptions watchedAlone() {
        return ReloadOptions.defaults().withPollInterval(Duration.ofDays(1));
    }

    private static ReloadOptions polledOften() {
        return ReloadOptions.defaults().withPollInterval(Duration.ofMillis(20));
    }

    @Test
    default void rule16_4_whatIsWrongLeavesTheFormerContextAndIsTold(@TempDir Path directory) throws Exception {
        TestIdentity good = fixture().authority().server(KeyKind.EC);
        TestIdentity other = fixture().authority().server(KeyKind.EC);
        Path folder = Files.createDirectory(directory.resolve("tls"));
        Path chain = Files.writeString(folder.resolve("chain.pem"), good.certificatePem());
        Path key = Files.writeString(folder.resolve("key.pem"), good.keyPem());
        SettableClock clock = new SettableClock();
        ReloadReports reports = new ReloadReports();
        try (ReloadableServerContext contexts = ReloadableServerContext.of(
                scenes().server(chain, key).clock(clock), polledOften().withListener(reports))) {
            assertEquals(
                    Optional.of(good.certificate().getNotAfter().toInstant()),
                    contexts.status().nearestExpiry());

            put(chain, good.certificatePem().substring(0, 300));
            assertInstanceOf(TlsException.class, reports.awaitFailure("half of a file"));
            requireKept(contexts, good, 1);
            put(chain, good.certificatePem());
            reports.awaitSuccess("the whole of it");

            put(chain, other.certificatePem());
            TlsException mismatch = assertInstanceOf(TlsException.class, reports.awaitFailure("another one's key"));
            assertEquals(ErrorReason.KEY_VALUES_MISMATCH, mismatch.reason());
            requireKept(contexts, good, 2);
            put(key, other.keyPem());
            reports.awaitSuccess("the key that fits");
            assertEquals(other.certificate(), scenes().met(contexts.current()));

            Path away = directory.resolve("away");
            Files.move(folder, away);
            TlsException missing = assertInstanceOf(TlsException.class, reports.awaitFailure("a folder that has gone"));
            assertEquals(ErrorReason.NO_SUCH_FILE, missing.reason());
            requireKept(contexts, other, 3);
            Files.move(away, folder);
            reports.awaitSuccess("a folder that is there again");

            Instant now = clock.instant();
            put(
                    chain,
                    renewed(other, now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)))
                            .certificatePem());
            requireInvalid(VerifyCode.CERT_HAS_EXPIRED, reports.awaitFailure("an expired certificate"));
            requireKept(contexts, other, 4);
            assertThrows(
                    TlsCertificateVerificationException.class,
                    () -> ReloadableServerContext.of(scenes().server(chain, key).clock(clock)));

            TestIdentity early = renewed(other, now.plus(Duration.ofMinutes(10)), now.plus(Duration.ofDays(9)));
            put(chain, early.certificatePem());
            requireInvalid(VerifyCode.CERT_NOT_YET_VALID, reports.awaitFailure("a certificate of tomorrow"));
            requireKept(contexts, other, 5);
            clock.advance(Duration.ofMinutes(20));
            ReloadStatus status = reports.awaitSuccess("its day");
            assertEquals(early.certificate(), chain(contexts.current().keyManager(), "EC")[0]);
            assertEquals(5, status.failures());
            assertEquals(4, status.reloads());
            assertEquals(clock.instant(), status.loadedAt());
        }
    }

    /** A certificate of the same key. */
    private TestIdentity renewed(TestIdentity identity, Instant from, Instant to) {
        return fixture()
                .authority()
                .server(
                        KeyKind.EC,
                        template -> template.keyPair(identity.keyPair()).valid(from, to));
    }

    /** In one step: a file that is written in pieces may be seen in pieces. */
    private static void put(Path file, String text) throws IOException {
        Path written = Files.writeString(file.resolveSibling("new"), text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void requireInvalid(VerifyCode code, Throwable failure) {
        assertEquals(
                code,
                assertInstanceOf(TlsCertificateVerificationException.class, failure)
                        .verifyCode());
    }

    /** The former identity answers, and to read the same files again tells nothing new. */
    private void requireKept(ReloadableServerContext contexts, TestIdentity former, int failures) throws Exception {
        ReloadStatus again = contexts.reload();
        assertFalse(again.upToDate());
        assertEquals(failures, again.failures());
        assertEquals(again, contexts.status());
        assertEquals(former.certificate(), scenes().met(contexts.current()));
    }

    /** A folder in which something happens all the time: a certificate that is not valid yet is tried when its time has come. */
    @Test
    default void rule16_4_aBusyFolderHoldsUpNothing(@TempDir Path directory) throws Exception {
        SettableClock clock = new SettableClock();
        Path file = fixture().authority().server(KeyKind.EC).write(directory, "server");
        ReloadReports reports = new ReloadReports();
        try (ReloadableServerContext contexts = ReloadableServerContext.of(
                scenes().server(file, file).clock(clock), polledOften().withListener(reports))) {
            Instant soon = clock.instant().plus(Duration.ofHours(1));
            TestIdentity later = fixture()
                    .authority()
                    .server(KeyKind.EC, template -> template.valid(soon, soon.plus(Duration.ofDays(1))));
            later.write(directory, "server");
            reports.awaitFailure("a certificate of an hour later");
            assertEquals(0, contexts.status().reloads());
            clock.advance(Duration.ofHours(2));
            AtomicBoolean over = new AtomicBoolean();
            BackgroundTask<Integer> busy = BackgroundTask.of(() -> {
                int writes = 0;
                while (!over.get()) {
                    Files.writeString(directory.resolve("other"), "" + writes++);
                }
                return writes;
            });
            try {
                reports.awaitSuccess("it an hour later");
            } finally {
                over.set(true);
                busy.get();
            }
        }
    }

    @Test
    default void rule16_9_afterCloseTheLastContextStays(@TempDir Path directory) throws Exception {
        TestIdentity identity = fixture().authority().server(KeyKind.EC);
        Path file = identity.write(directory, "server");
        ReloadReports reports = new ReloadReports();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ReloadableServerContext contexts = ReloadableServerContext.of(
                scenes().server(file, file), polledOften().withListener(reports));
        List<Thread> watching = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("omnitls-reload") && !before.contains(thread))
                .toList();
        assertEquals(1, watching.size());
        assertTrue(watching.get(0).isDaemon());
        contexts.close();
        watching.get(0).join(Loopback.TIMEOUT_MILLIS);
        assertFalse(watching.get(0).isAlive());
        fixture().authority().server(KeyKind.EC).write(directory, "server");
        assertEquals(identity.certificate(), scenes().met(contexts.current()));
        contexts.reload();
        assertEquals(identity.certificate(), scenes().met(contexts.current()));
        reports.requireNothing("nobody watches any more");
        contexts.close();
    }

    @Test
    default void rule16_10_aListenersFaultHarmsNobody(@TempDir Path directory) throws Exception {
        Path file = fixture().authority().server(KeyKind.EC).write(directory, "server");
        try (ReloadableServerContext contexts = ReloadableServerContext.of(
                scenes().server(file, file), ReloadOptions.defaults().withListener(status -> {
                    throw new IllegalStateException("a listener's fault");
                }))) {
            Thread thread = Thread.currentThread();
            Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
            AtomicReference<Throwable> handed = new AtomicReference<>();
            thread.setUncaughtExceptionHandler((where, fault) -> handed.set(fault));
            try {
                TestIdentity next = fixture().authority().server(KeyKind.EC);
                next.write(directory, "server");
                assertTrue(contexts.reload().upToDate());
                assertInstanceOf(IllegalStateException.class, handed.get());
                assertEquals(next.certificate(), scenes().met(contexts.current()));
            } finally {
                thread.setUncaughtExceptionHandler(before);
            }
        }
    }

    @Test
    default void rule16_10_aListenerCannotCallForTheNextChange(@TempDir Path directory) throws Exception {
        Path file = fixture().authority().server(KeyKind.EC).write(directory, "server");
        CompletableFuture<ReloadableServerContext> made = new CompletableFuture<>();
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        ReloadOptions options = ReloadOptions.defaults().withListener(status -> {
            ReloadableServerContext contexts = made.join();
            refusal.set(assertThrows(IllegalStateException.class, contexts::reload));
        });
        try (ReloadableServerContext contexts = ReloadableServerContext.of(scenes().server(file, file), options)) {
            made.complete(contexts);
            fixture().authority().server(KeyKind.EC).write(directory, "server");
            assertTrue(contexts.reload().reloads() > 0);
            assertInstanceOf(IllegalStateException.class, refusal.get());
        }
    }

    /** Whatever the application itself reads for its keys. */
    @Test
    default void rule16_11_otherFilesThatAreNamedLeadToANewContextToo(@TempDir Path directory) throws Exception {
        Path file = fixture().authority().server(KeyKind.EC).write(directory, "server");
        Path choice = Files.writeString(directory.resolve("choice"), "server");
        ReloadReports reports = new ReloadReports();
        for (boolean named : new boolean[] {false, true}) {
            ReloadOptions options = watchedAlone().withListener(reports);
            try (ReloadableServerContext contexts = ReloadableServerContext.of(
                    scenes().server(file, file), named ? options.withAlsoWatching(choice) : options)) {
                assertEquals(
                        named,
                        contexts.status().files().contains(choice.toAbsolutePath()),
                        contexts.status()::toString);
                if (named) {
                    Files.writeString(choice, "another server");
                    reports.awaitSuccess("a file of the application's own");
                }
            }
        }
    }

    @Test
    default void rule16_12_aKeyThatIsOfNoUseIsABadSet(@TempDir Path directory) throws Exception {
        KeySamples samples = new KeySamples(directory, fixture().authority());
        TestIdentity first = fixture().authority().server(KeyKind.EC);
        Path both = first.write(directory, "both");
        ServerContext.Builder builder = scenes().server(both, both).minimumVersion(TlsVersion.TLS_1_3);
        try (ReloadableServerContext contexts = ReloadableServerContext.of(builder)) {
            int failures = 0;
            for (KeySample sample : List.of(KeySample.DSA, KeySample.P224, KeySample.PSS_SHA1)) {
                Files.writeString(both, Files.readString(samples.file(sample)));
                ReloadStatus status = contexts.reload();
                // The watch may have been faster.
                assertFalse(status.upToDate(), sample.toString());
                assertTrue(status.failures() > failures, sample.toString());
                failures = (int) status.failures();
                String told = String.valueOf(status.lastFailure().orElseThrow().cause());
                assertTrue(told.contains(sample.says) || told.contains(sample.algorithm + " keys"), told);
                assertEquals(first.certificate(), scenes().met(contexts.current()), sample.toString());
            }
            TestIdentity good = fixture().authority().server(KeyKind.RSA);
            Files.writeString(both, good.certificatePem() + good.keyPem());
            assertTrue(contexts.reload().upToDate());
            assertEquals(good.certificate(), scenes().met(contexts.current()));
        }
    }
}
