package io.omnitls.testkit;

import static io.omnitls.testkit.ReloadScenes.chain;
import static io.omnitls.testkit.ReloadScenes.contents;
import static io.omnitls.testkit.ReloadScenes.options;
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
import io.omnitls.error.TlsCertificateVerificationException;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 16: what connections, sockets and views have of files that have changed. */
public interface ReloadContract extends Contract {
    private ReloadScenes scenes() {
        return new ReloadScenes(fixture());
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
        try (ReloadableServerContext contexts = scenes().mounted(secret, reports);
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
            assertEquals(second.certificate(), scenes().met(contexts.current()));
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
        try (ReloadableServerContext contexts = scenes().mounted(secret, reports);
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
                assertEquals(next.certificate(), scenes().met(contexts.current()), "change " + i);
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
        ConnectionOptions options = session.map(options()::resuming).orElseGet(ReloadScenes::options);
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
        try (ReloadableServerContext contexts = scenes().mounted(secret, reports)) {
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
}
