package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ReloadOptions;
import io.omnitls.ReloadStatus;
import io.omnitls.ReloadableClientContext;
import io.omnitls.ReloadableServerContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSession;
import io.omnitls.TlsSocket;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.EnginePair;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.MountedSecret;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 16: files that change. */
public interface ReloadContract extends Contract {
    private static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    private static Map<String, String> contents(TestIdentity identity) {
        return Map.of("tls.crt", identity.certificatePem(), "tls.key", identity.keyPem());
    }

    private ServerContext.Builder server(Path chain, Path key) {
        return ServerContext.builder().provider(fixture().provider()).certificateChain(chain, key);
    }

    private ReloadableServerContext mounted(MountedSecret secret, ReloadReports reports) throws Exception {
        return ReloadableServerContext.of(
                server(secret.file("tls.crt"), secret.file("tls.key")),
                ReloadOptions.defaults().withListener(reports));
    }

    /** Whom a new client meets. */
    private X509Certificate met(ServerContext server) throws Exception {
        try (BioPair pair = new BioPair(fixture().clientBuilder().build(), server, options(), Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            return pair.client().unverifiedChain().get(0);
        }
    }

    private static TlsServerSocket listen(ReloadableServerContext contexts) throws IOException {
        TlsServerSocket listener = contexts.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        listener.setSoTimeout(Loopback.TIMEOUT_MILLIS);
        return listener;
    }

    /** Accepts one client, reads a byte and answers with it. */
    private static BackgroundTask<X509Certificate> echo(SSLServerSocket listener) {
        return BackgroundTask.of(() -> {
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                socket.getOutputStream().write(socket.getInputStream().read());
                return ((TlsSocket) socket).info().localChain().get(0);
            }
        });
    }

    private static X509Certificate ask(TlsSocket client) throws IOException {
        client.getOutputStream().write(1);
        assertEquals(1, client.getInputStream().read());
        return client.unverifiedChain().get(0);
    }

    private X509Certificate metAt(SSLServerSocket listener) throws Exception {
        BackgroundTask<X509Certificate> served = echo(listener);
        try (TlsSocket client = Loopback.connect(
                listener.getLocalPort(), fixture().clientBuilder().build(), options())) {
            X509Certificate met = ask(client);
            assertEquals(met, served.get());
            return met;
        }
    }

    @Test
    default void rule16_1_newConnectionsHaveTheNewCertificateAndOthersGoOn(@TempDir Path directory) throws Exception {
        TestIdentity first = fixture().authority().server(KeyKind.EC);
        TestIdentity second = fixture().authority().server(KeyKind.RSA);
        MountedSecret secret = new MountedSecret(directory, contents(first));
        ReloadReports reports = new ReloadReports();
        try (ReloadableServerContext contexts = mounted(secret, reports);
                TlsServerSocket listener = listen(contexts);
                SSLServerSocket made = (SSLServerSocket)
                        contexts.sslServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            made.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            SSLContext view = contexts.sslContext();
            ServerContext before = contexts.current();
            assertEquals(first.certificate(), metAt(listener));
            BackgroundTask<X509Certificate> running = echo(listener);
            try (TlsSocket client = Loopback.connect(
                    listener.getLocalPort(), fixture().clientBuilder().build(), options())) {
                client.handshake();
                secret.turn(contents(second));
                ReloadStatus status = reports.awaitSuccess("the turned link");
                assertEquals(1, status.reloads());
                assertEquals(first.certificate(), ask(client), "a running connection");
                assertEquals(first.certificate(), running.get());
            }
            assertNotSame(before, contexts.current());
            assertSame(contexts.current(), listener.context());
            assertEquals(second.certificate(), met(contexts.current()));
            assertEquals(second.certificate(), metAt(listener), "a socket that listened before");
            assertEquals(second.certificate(), metAt(made), "a factory's socket");
            assertEquals(List.of(second.certificate()), engineShows(view), "an engine of a view");
        }
    }

    private List<X509Certificate> engineShows(SSLContext view) throws Exception {
        SSLEngine server = view.createSSLEngine();
        server.setUseClientMode(false);
        SSLEngine client = fixture().clientBuilder().build().sslEngine(TestAuthority.SERVER_NAME, 443);
        EnginePair pair = new EnginePair(client, server, Segmentation.none());
        assertTrue(pair.handshake());
        return List.of((X509Certificate) client.getSession().getPeerCertificates()[0]);
    }

    @Test
    default void rule16_2_fiftyChangesUnderLoadFailNoHandshake(@TempDir Path directory) throws Exception {
        List<TestIdentity> identities = IntStream.range(0, 4)
                .mapToObj(i -> fixture().authority().server(KeyKind.EC))
                .toList();
        MountedSecret secret = new MountedSecret(directory, contents(identities.get(0)));
        ReloadReports reports = new ReloadReports();
        AtomicBoolean over = new AtomicBoolean();
        ClientContext clients = fixture().clientBuilder().build();
        try (ReloadableServerContext contexts = mounted(secret, reports);
                TlsServerSocket listener = listen(contexts)) {
            BackgroundTask<Integer> serving = BackgroundTask.of(() -> serve(listener));
            BackgroundTask<Integer> asking = BackgroundTask.of(() -> {
                int asked = 0;
                while (!over.get()) {
                    try (TlsSocket client = Loopback.connect(listener.getLocalPort(), clients, options())) {
                        X509Certificate met = ask(client);
                        assertTrue(identities.stream()
                                .anyMatch(identity -> identity.certificate().equals(met)));
                    }
                    asked++;
                }
                return asked;
            });
            for (int i = 1; i <= CHANGES; i++) {
                assertFalse(asking.done() || serving.done(), "a handshake failed");
                TestIdentity next = identities.get(i % identities.size());
                secret.turn(contents(next));
                ReloadStatus status = reports.awaitSuccess("change " + i);
                assertEquals(0, status.failures(), () -> status.lastFailure().toString());
                assertEquals(i, status.reloads());
                assertEquals(next.certificate(), met(contexts.current()), "change " + i);
            }
            over.set(true);
            int asked = asking.get();
            assertTrue(asked > CHANGES / 10, asked + " connections are no load");
            try (TlsSocket last = Loopback.connect(listener.getLocalPort(), clients, options())) {
                last.getOutputStream().write(END);
                assertEquals(END, last.getInputStream().read());
            }
            assertEquals(asked, serving.get());
        }
    }

    int CHANGES = 50;

    /** A byte that nobody else sends. */
    int END = 0;

    /** Echoes a byte to one client after the other, until one sends {@link #END}. How many there were before. */
    private static int serve(TlsServerSocket listener) throws IOException {
        for (int served = 0; ; served++) {
            try (TlsSocket accepted = listener.accept()) {
                accepted.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                int said = accepted.getInputStream().read();
                accepted.getOutputStream().write(said);
                if (said == END) {
                    return served;
                }
            }
        }
    }

    @Test
    default void rule16_3_filesAreNoticedHoweverTheyChange(@TempDir Path directory) throws Exception {
        TestIdentity first = fixture().authority().server(KeyKind.EC);
        TestIdentity second = fixture().authority().server(KeyKind.EC);
        TestIdentity third = fixture().authority().server(KeyKind.EC);
        Path file = first.write(directory, "server");
        ReloadReports reports = new ReloadReports();
        try (ReloadableServerContext contexts =
                ReloadableServerContext.of(server(file, file), watchedAlone().withListener(reports))) {
            assertEquals(Set.of(file.toAbsolutePath()), contexts.status().files());
            Path edited = second.write(directory, "server.pem~");
            Files.move(edited, file, StandardCopyOption.ATOMIC_MOVE);
            reports.awaitSuccess("a file that was renamed over the other");
            assertEquals(second.certificate(), met(contexts.current()));
            third.write(directory, "server");
            reports.awaitSuccess("a file that was written in place");
            assertEquals(third.certificate(), met(contexts.current()));
        }
        // A file system that the system does not watch.
        try (FileSystem archive = FileSystems.newFileSystem(directory.resolve("files.zip"), Map.of("create", "true"))) {
            Path folder = archive.getPath("/");
            Path inside = first.write(folder, "server");
            try (ReloadableServerContext contexts = ReloadableServerContext.of(
                    server(inside, inside), polledOften().withListener(reports))) {
                Files.move(second.write(folder, "next"), inside, StandardCopyOption.REPLACE_EXISTING);
                reports.awaitSuccess("a file that nobody watches");
                assertEquals(second.certificate(), met(contexts.current()));
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
                server(chain, key).clock(clock), polledOften().withListener(reports))) {
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
            assertEquals(other.certificate(), met(contexts.current()));

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
                    () -> ReloadableServerContext.of(server(chain, key).clock(clock)));

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
        assertEquals(former.certificate(), met(contexts.current()));
    }

    @Test
    default void rule16_5_allFilesAreOfOneMoment(@TempDir Path directory) throws Exception {
        TestIdentity[] before = {
            fixture().authority().server(KeyKind.EC), fixture().authority().server(KeyKind.RSA)
        };
        TestIdentity[] after = {
            fixture().authority().server(KeyKind.EC), fixture().authority().server(KeyKind.RSA)
        };
        MountedSecret secret = new MountedSecret(directory, both(before));
        AtomicBoolean turned = new AtomicBoolean();
        Credentials turning = crypto -> { // when the first identity has been read, and the second has not
            if (!turned.getAndSet(true)) {
                turn(secret, both(after));
            }
            return Credentials.pem(secret.file("rsa.pem")).load(crypto);
        };
        try (ReloadableServerContext contexts = ReloadableServerContext.of(ServerContext.builder()
                .provider(fixture().provider())
                .certificateChain(Credentials.pem(secret.file("ec.pem")))
                .certificateChain(turning))) {
            assertTrue(turned.get());
            X509ExtendedKeyManager keys = contexts.current().keyManager();
            assertEquals(after[0].certificate(), chain(keys, "EC")[0]);
            assertEquals(after[1].certificate(), chain(keys, "RSA")[0]);
        }
    }

    private static Map<String, String> both(TestIdentity[] identities) {
        return Map.of(
                "ec.pem", identities[0].certificatePem() + identities[0].keyPem(),
                "rsa.pem", identities[1].certificatePem() + identities[1].keyPem());
    }

    private static void turn(MountedSecret secret, Map<String, String> contents) {
        try {
            secret.turn(contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate[] chain(X509ExtendedKeyManager keys, String type) {
        String[] aliases = keys.getServerAliases(type, null);
        assertNotNull(aliases);
        X509Certificate[] chain = keys.getCertificateChain(aliases[0]);
        assertNotNull(chain);
        return chain;
    }

    @Test
    default void rule16_6_whatIsTrustedIsJudgedAnew(@TempDir Path directory) throws Exception {
        TestAuthority former = fixture().authority();
        TestAuthority next = TestAuthority.create("Next Root");
        for (TlsVersion version : fixture().versions()) {
            Path folder = Files.createDirectory(directory.resolve(version.toString()));
            MountedSecret clientTrust = new MountedSecret(folder, Map.of("ca.pem", former.certificatePem()));
            ReloadReports reports = new ReloadReports();
            try (ReloadableClientContext clients = ReloadableClientContext.of(
                    ClientContext.builder()
                            .provider(fixture().provider())
                            .maximumVersion(version)
                            .verifyLocations(clientTrust.file("ca.pem")),
                    ReloadOptions.defaults().withListener(reports))) {
                ServerContext server = fixture().serverBuilder().build();
                X509ExtendedTrustManager view = clients.trustManager(TestAuthority.SERVER_NAME);
                X509Certificate[] chain = {fixture().server(KeyKind.EC).certificate()};
                Optional<TlsSession> session = begin(clients.current(), server);
                view.checkServerTrusted(chain, "ECDHE_ECDSA");
                assertEquals(
                        session.isPresent(),
                        outcome(clients.current(), server, session).resumed());
                clients.reload();
                reports.awaitSuccess("the same files");
                Result same = outcome(clients.current(), server, session);
                assertTrue(same.outcome().completed(), () -> same.outcome().toString());
                assertFalse(same.resumed(), version + ": a session of an earlier context");
                clientTrust.turn(Map.of("ca.pem", next.certificatePem()));
                reports.awaitSuccess("another authority");
                assertInstanceOf(
                        TlsCertificateVerificationException.class,
                        outcome(clients.current(), server, session)
                                .outcome()
                                .client()
                                .orElseThrow());
                assertThrows(CertificateException.class, () -> view.checkServerTrusted(chain, "ECDHE_ECDSA"));
            }
        }
    }

    @Test
    default void rule16_7_aClientOfEarlierTrustIsNotResumed(@TempDir Path directory) throws Exception {
        TestAuthority former = fixture().authority();
        TestAuthority next = TestAuthority.create("Next Root");
        TestIdentity identity = former.client(KeyKind.EC);
        for (TlsVersion version : fixture().versions()) {
            Path folder = Files.createDirectory(directory.resolve(version.toString()));
            MountedSecret trust =
                    new MountedSecret(folder, Map.of("ca.pem", former.certificatePem() + former.crlPem()));
            ReloadReports reports = new ReloadReports();
            ClientContext client = fixture()
                    .clientBuilder()
                    .maximumVersion(version)
                    .certificateChain(identity.credentials())
                    .build();
            try (ReloadableServerContext servers = ReloadableServerContext.of(
                    fixture()
                            .serverBuilder()
                            .verifyLocations(trust.file("ca.pem"))
                            .verifyFlags(VerifyFlag.CRL_CHECK_LEAF)
                            .verifyMode(VerifyMode.REQUIRED),
                    ReloadOptions.defaults().withListener(reports))) {
                Optional<TlsSession> session = begin(client, servers.current());
                assertEquals(
                        session.isPresent(),
                        outcome(client, servers.current(), session).resumed());
                trust.turn(Map.of("ca.pem", former.certificatePem() + former.crlPem(identity)));
                reports.awaitSuccess("a revocation");
                assertEquals(VerifyCode.CERT_REVOKED, refusal(outcome(client, servers.current(), session)));
                trust.turn(Map.of("ca.pem", next.certificatePem() + next.crlPem()));
                reports.awaitSuccess("another authority");
                assertEquals(
                        VerifyCode.SELF_SIGNED_CERT_IN_CHAIN, refusal(outcome(client, servers.current(), session)));
                trust.turn(Map.of("ca.pem", former.certificatePem() + former.crlPem()));
                reports.awaitSuccess("the first trust again");
                Result again = outcome(client, servers.current(), session);
                assertTrue(again.outcome().completed(), () -> again.outcome().toString());
                assertFalse(again.resumed(), version + ": a session of an earlier context");
            }
        }
    }

    private static VerifyCode refusal(Result result) {
        return assertInstanceOf(
                        TlsCertificateVerificationException.class,
                        result.outcome().server().orElseThrow())
                .verifyCode();
    }

    /** How a handshake ended, and whether both ends resumed a session in it. */
    record Result(BioPair.Outcome outcome, boolean resumed) {}

    private static Result outcome(ClientContext client, ServerContext server, Optional<TlsSession> session)
            throws Exception {
        ConnectionOptions options = session.map(options()::resuming).orElseGet(ReloadContract::options);
        try (BioPair pair = new BioPair(client, server, options, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            if (!outcome.completed()) {
                return new Result(outcome, false);
            }
            byte[] data = {1};
            assertArrayEquals(data, pair.send(pair.client(), pair.server(), data));
            assertEquals(
                    pair.client().info().sessionReused(), pair.server().info().sessionReused());
            return new Result(outcome, pair.server().info().sessionReused());
        }
    }

    private static Optional<TlsSession> begin(ClientContext client, ServerContext server) throws Exception {
        try (BioPair pair = new BioPair(client, server, options(), Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            byte[] data = {1};
            assertArrayEquals(data, pair.send(pair.client(), pair.server(), data));
            assertArrayEquals(data, pair.send(pair.server(), pair.client(), data));
            return pair.client().session();
        }
    }

    @Test
    default void rule16_8_aChainAndItsKeyAreAPairForViewsToo(@TempDir Path directory) throws Exception {
        List<TestIdentity> identities = IntStream.range(0, 3)
                .mapToObj(i -> fixture().authority().server(KeyKind.EC))
                .toList();
        MountedSecret secret = new MountedSecret(directory, contents(identities.get(0)));
        ReloadReports reports = new ReloadReports();
        try (ReloadableServerContext contexts = mounted(secret, reports)) {
            X509ExtendedKeyManager keys = contexts.keyManager();
            String chosen = keys.chooseEngineServerAlias("EC", null, null);
            assertNotNull(chosen);
            assertEquals(identities.get(0).certificate(), chain(keys, "EC")[0]);
            secret.turn(contents(identities.get(1)));
            reports.awaitSuccess("the first change");
            assertEquals(identities.get(1).certificate(), chain(keys, "EC")[0]);
            assertFits(identities.get(0).certificate(), keys.getPrivateKey(chosen));
            X509Certificate[] chain = keys.getCertificateChain(chosen);
            assertNotNull(chain);
            assertEquals(identities.get(0).certificate(), chain[0]);
            secret.turn(contents(identities.get(2)));
            reports.awaitSuccess("the second change");
            assertNull(keys.getPrivateKey(chosen), "it is forgotten rather than taken for another");
            assertNull(keys.getCertificateChain(chosen));
        }
    }

    private void assertFits(X509Certificate certificate, @Nullable PrivateKey key) throws Exception {
        assertNotNull(key);
        byte[] data = {1, 2, 3};
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(key);
        signing.update(data);
        byte[] signature = signing.sign();
        Signature verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(certificate);
        verifying.update(data);
        assertTrue(verifying.verify(signature));
    }

    @Test
    default void rule16_9_afterCloseTheLastContextStays(@TempDir Path directory) throws Exception {
        TestIdentity identity = fixture().authority().server(KeyKind.EC);
        Path file = identity.write(directory, "server");
        ReloadReports reports = new ReloadReports();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ReloadableServerContext contexts =
                ReloadableServerContext.of(server(file, file), polledOften().withListener(reports));
        List<Thread> watching = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("omnitls-reload") && !before.contains(thread))
                .toList();
        assertEquals(1, watching.size());
        assertTrue(watching.get(0).isDaemon());
        contexts.close();
        watching.get(0).join(Loopback.TIMEOUT_MILLIS);
        assertFalse(watching.get(0).isAlive());
        fixture().authority().server(KeyKind.EC).write(directory, "server");
        assertEquals(identity.certificate(), met(contexts.current()));
        contexts.reload();
        assertEquals(identity.certificate(), met(contexts.current()));
        reports.requireNothing("nobody watches any more");
        contexts.close();
    }

    @Test
    default void rule16_10_aListenersFaultHarmsNobody(@TempDir Path directory) throws Exception {
        Path file = fixture().authority().server(KeyKind.EC).write(directory, "server");
        try (ReloadableServerContext contexts = ReloadableServerContext.of(
                server(file, file), ReloadOptions.defaults().withListener(status -> {
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
                assertEquals(next.certificate(), met(contexts.current()));
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
        try (ReloadableServerContext contexts = ReloadableServerContext.of(server(file, file), options)) {
            made.complete(contexts);
            fixture().authority().server(KeyKind.EC).write(directory, "server");
            assertTrue(contexts.reload().reloads() > 0);
            assertInstanceOf(IllegalStateException.class, refusal.get());
        }
    }

    /** A folder in which something happens all the time: a certificate that is not valid yet is tried when its time has come. */
    @Test
    default void rule16_4_aBusyFolderHoldsUpNothing(@TempDir Path directory) throws Exception {
        SettableClock clock = new SettableClock();
        Path file = fixture().authority().server(KeyKind.EC).write(directory, "server");
        ReloadReports reports = new ReloadReports();
        try (ReloadableServerContext contexts = ReloadableServerContext.of(
                server(file, file).clock(clock), polledOften().withListener(reports))) {
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
    default void rule16_3_aFolderThatIsReplacedIsWatchedFromThenOn(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("keys"));
        Path file = fixture().authority().server(KeyKind.EC).write(folder, "server");
        ReloadReports reports = new ReloadReports();
        try (ReloadableServerContext contexts =
                ReloadableServerContext.of(server(file, file), watchedAlone().withListener(reports))) {
            for (int turn = 0; turn < 2; turn++) {
                Path fresh = Files.createDirectory(directory.resolve("fresh"));
                fixture().authority().server(KeyKind.EC).write(fresh, "server");
                Files.move(folder, directory.resolve("old" + turn));
                Files.move(fresh, folder);
                reports.awaitSuccess("a folder in the place of another");
                TestIdentity next = fixture().authority().server(KeyKind.EC);
                next.write(folder, "server");
                reports.awaitSuccess("a file in the new folder");
                assertEquals(next.certificate(), met(contexts.current()));
            }
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
                    server(file, file), named ? options.withAlsoWatching(choice) : options)) {
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
}
