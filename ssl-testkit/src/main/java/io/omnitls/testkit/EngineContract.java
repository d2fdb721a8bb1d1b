package io.omnitls.testkit;

import static io.omnitls.testkit.EngineScenes.HOST;
import static io.omnitls.testkit.EngineScenes.data;
import static io.omnitls.testkit.EngineScenes.failure;
import static io.omnitls.testkit.EngineScenes.peersReason;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback;
import io.omnitls.TlsBioConnection;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.EngineEnd;
import io.omnitls.testkit.net.EnginePair;
import io.omnitls.testkit.net.JdkPeer;
import io.omnitls.testkit.net.Link;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestIdentity;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** SPEC.md part 15: a context's connections as the engines of {@code javax.net.ssl}: whom they reach, and what was agreed on. */
public interface EngineContract extends Contract {
    private EngineScenes engines() {
        return new EngineScenes(fixture());
    }

    private static void assertCarries(EnginePair pair, TlsVersion version) throws Exception {
        assertTrue(
                pair.handshake(),
                () -> pair.client().failure() + " and " + pair.server().failure());
        for (Role role : Role.values()) {
            assertEquals(
                    version.protocolName(), pair.end(role).engine().getSession().getProtocol());
            assertArrayEquals(data(100_000), pair.send(role, data(100_000)));
            long finished = pair.end(role).trace().stream()
                    .filter(line -> line.endsWith(" FINISHED"))
                    .count();
            // SunJSSE's client says it again of the ticket that follows.
            boolean ours = !pair.end(role).engine().getClass().getName().startsWith("sun.");
            assertTrue(
                    finished == 1 || !ours && finished > 1,
                    () -> "" + pair.end(role).trace());
        }
    }

    @Property(tries = 12)
    default void rule15_1_enginesReachEachOtherAndTheJdksInAnyPieces(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 3000) Integer> sizes, @ForAll boolean newest)
            throws Exception {
        TlsVersion version = newest ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        Segmentation pieces =
                Segmentation.of(sizes.stream().mapToInt(Integer::intValue).toArray());
        JdkPeer jdk = engines().jdk(fixture().server(KeyKind.EC));
        SSLEngine server = fixture().serverBuilder().build().sslEngine();
        assertCarries(engines().pair(version, pieces), version);
        assertCarries(
                new EnginePair(engines().client(version).sslEngine(HOST, 443), jdk.serverEngine(version), pieces),
                version);
        assertCarries(new EnginePair(jdk.clientEngine(HOST, version), server, pieces), version);
    }

    /** A ticket may hold the client's certificate, and some engines send it with the first data, of which it leaves less room. */
    @Property(tries = 12)
    default void rule15_1_theFirstDataFollowsTicketsOfAnySize(
            @ForAll @IntRange(max = 14) int kibibytes, @ForAll Role first, @ForAll boolean newest) throws Exception {
        TlsVersion version = newest ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        TestIdentity identity = fixture()
                .authority()
                .client(KeyKind.EC, template -> kibibytes == 0 ? template : template.comment(kibibytes << 10));
        EnginePair pair = new EnginePair(
                fixture()
                        .clientBuilder()
                        .maximumVersion(version)
                        .certificateChain(identity.credentials())
                        .build()
                        .sslEngine(HOST, 443),
                fixture()
                        .serverBuilder()
                        .verifyMode(VerifyMode.REQUIRED)
                        .verifyLocations(fixture().authority().trust())
                        .build()
                        .sslEngine(),
                Segmentation.none());
        assertTrue(
                pair.handshake(),
                () -> pair.client().failure() + " and " + pair.server().failure());
        for (Role role : List.of(first, Link.peer(first))) {
            assertArrayEquals(data(100_000), pair.send(role, data(100_000)));
        }
    }

    @Test
    default void rule15_1_anEngineReachesOurOtherConnections() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EngineEnd engine = new EngineEnd(engines().client(version).sslEngine(HOST, 443));
            MemoryBio in = new MemoryBio();
            MemoryBio out = new MemoryBio();
            TlsBioConnection server = fixture().serverBuilder().build().wrapBio(in, out);
            engine.engine().beginHandshake();
            byte[] received = new byte[0];
            for (int turn = 0; turn < 1000 && received.length == 0; turn++) {
                in.write(engine.step().orElse(new byte[0]));
                received = read(server);
                engine.arrive(out.read());
                if (engine.engine().getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
                    in.write(engine.wrap(ByteBuffer.wrap(data(10))));
                }
            }
            assertArrayEquals(data(10), received);
            server.write(data(20));
            engine.arrive(out.read());
            while (engine.step().isPresent()) {
                // One record a step.
            }
            assertArrayEquals(data(20), engine.received());
        }
    }

    @Test
    default void rule15_1_aHostWithoutADotIsReachedOnEveryBackend() throws Exception {
        ServerContext server = fixture()
                .serverBuilder(fixture().authority().server(KeyKind.EC, template -> template.dnsName("broker")))
                .build();
        boolean told = fixture().expected().has(Feature.DOTLESS_SERVER_NAME);
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = new EnginePair(
                    engines().client(version).sslEngine("broker", 9092), server.sslEngine(), Segmentation.none());
            assertTrue(
                    pair.handshake(),
                    () -> pair.client().failure() + " and " + pair.server().failure());
            assertEquals("broker", pair.client().engine().getSession().getPeerHost());
            ExtendedSSLSession session =
                    (ExtendedSSLSession) pair.server().engine().getSession();
            assertEquals(told ? 1 : 0, session.getRequestedServerNames().size());
        }
    }

    private static byte[] read(TlsBioConnection connection) throws Exception {
        try {
            return connection.read(100);
        } catch (TlsWantReadException more) {
            return new byte[0];
        }
    }

    @Test
    default void rule15_4_whatMayTakeItsTimeIsDoneInTasks() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            Set<String> callers = ConcurrentHashMap.newKeySet();
            Clock clock =
                    CallingClock.of(() -> callers.add(Thread.currentThread().getName() + " asks a clock"));
            TestIdentity identity = fixture().authority().client(KeyKind.EC);
            ClientContext client = fixture()
                    .clientBuilder()
                    .maximumVersion(version)
                    .certificateChain(identity.credentials())
                    .clock(clock)
                    .build();
            ServerContext server = fixture()
                    .serverBuilder()
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.REQUIRED)
                    .clock(clock)
                    .serverNameCallback(hello -> {
                        callers.add(Thread.currentThread().getName() + " asks for the name");
                        return new ServerNameCallback.Decision.Proceed();
                    })
                    .build();
            EnginePair pair = new EnginePair(client.sslEngine(HOST, 443), server.sslEngine(), Segmentation.none());
            for (Role role : Role.values()) {
                pair.end(role).runTasksOn(task -> onThread("task of " + role, task));
            }
            assertTrue(
                    pair.handshake(),
                    () -> pair.client().failure() + " and " + pair.server().failure());
            assertArrayEquals(data(100), pair.send(Role.SERVER, data(100)));
            assertEquals(
                    Set.of(
                            "task of CLIENT asks a clock",
                            "task of SERVER asks a clock",
                            "task of SERVER asks for the name"),
                    callers);
        }
    }

    private static void onThread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.start();
        try {
            thread.join(Duration.ofSeconds(20).toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertFalse(thread.isAlive(), "the task has an end");
    }

    @Test
    default void rule15_7_aClientThatKnowsNoNameFailsBeforeItSaysAWord() throws Exception {
        for (Consumer<SSLEngine> change : List.<Consumer<SSLEngine>>of(
                engine -> {}, engine -> identify(engine, List.of()), engine -> identify(engine, null))) {
            SSLEngine engine = fixture().clientBuilder().build().sslEngine();
            change.accept(engine);
            EngineEnd end = new EngineEnd(engine);
            engine.beginHandshake();
            for (Optional<byte[]> sent = end.step(); sent.isPresent(); sent = end.step()) {
                assertEquals(0, sent.get().length, "nothing goes out");
            }
            TlsCertificateVerificationException refusal = assertInstanceOf(
                    TlsCertificateVerificationException.class, end.failure().orElseThrow());
            assertEquals(VerifyCode.HOSTNAME_MISMATCH, refusal.verifyCode());
        }
        SSLEngine named = fixture().clientBuilder().build().sslEngine();
        identify(named, List.of(new SNIHostName(HOST)));
        EnginePair pair =
                new EnginePair(named, fixture().serverBuilder().build().sslEngine(), Segmentation.none());
        assertTrue(pair.handshake());
        assertEquals(HOST, named.getSession().getPeerHost());
    }

    @SuppressWarnings("NullAway") // null says nothing
    private static void identify(SSLEngine engine, @Nullable List<SNIServerName> names) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(names);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
    }

    /** Applications and Tomcat's log tell sessions apart by it. */
    @Test
    default void rule15_8_everySessionHasAnId() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            assertEquals(
                    0,
                    engines().client(version).sslEngine(HOST, 443).getSession().getId().length);
            Set<String> known = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                EnginePair pair = engines().open(version);
                for (Role role : Role.values()) {
                    SSLSession session = pair.end(role).engine().getSession();
                    byte[] id = session.getId();
                    assertEquals(32, id.length, version + " " + role);
                    assertArrayEquals(id, session.getId());
                    known.add(i + Arrays.toString(id));
                }
            }
            Set<String> distinct = known.stream().map(id -> id.substring(1)).collect(Collectors.toSet());
            assertEquals(known.size(), distinct.size(), "two connections have one id");
        }
    }

    @Test
    default void rule15_8_aSessionSaysWhatWasAgreedOn() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = engines().pair(version, Segmentation.none());
            SSLEngine client = pair.client().engine();
            SSLSession session = client.getSession();
            session.putValue("before", "kept");
            assertEquals("SSL_NULL_WITH_NULL_NULL", session.getCipherSuite());
            assertFalse(session.isValid());
            assertNull(client.getHandshakeSession());
            List<String> during = new ArrayList<>();
            pair.client().runTasksOn(task -> {
                task.run();
                SSLSession handshake = client.getHandshakeSession();
                if (handshake != null) {
                    during.add(handshake.getProtocol());
                }
            });
            assertTrue(pair.handshake());
            assertTrue(during.contains(version.protocolName()), during::toString);
            assertNull(client.getHandshakeSession());
            assertEquals("kept", client.getSession().getValue("before"));
            assertTrue(session.isValid());
            assertInstanceOf(X509Certificate[].class, session.getPeerCertificates());
            assertNull(session.getLocalCertificates());
            ExtendedSSLSession server =
                    (ExtendedSSLSession) pair.server().engine().getSession();
            assertEquals(List.of(new SNIHostName(HOST)), server.getRequestedServerNames());
            assertEquals(List.of(new SNIHostName(HOST)), ((ExtendedSSLSession) session).getRequestedServerNames());
            assertTrue(List.of(server.getPeerSupportedSignatureAlgorithms()).contains("SHA256withECDSA"));
            assertEquals(List.of(), ((ExtendedSSLSession) session).getStatusResponses());
            assertInstanceOf(X509Certificate[].class, server.getLocalCertificates());
            assertThrows(SSLPeerUnverifiedException.class, server::getPeerCertificates);
            assertEquals(session.getCipherSuite(), server.getCipherSuite());
            assertNotNull(session.getSessionContext());
            BoundValue bound = new BoundValue();
            session.putValue("value", bound);
            session.removeValue("value");
            assertEquals(List.of("bound value", "unbound value"), bound.heard());
            session.invalidate();
            assertFalse(session.isValid());
        }
    }

    private EnginePair asking(TlsVersion version, String answer, List<List<String>> asked) throws TlsException {
        ClientContext client = fixture()
                .clientBuilder()
                .alpnProtocols("h2", "http/1.1")
                .maximumVersion(version)
                .build();
        SSLEngine server = fixture().serverBuilder().alpnProtocols("h2").build().sslEngine();
        server.setHandshakeApplicationProtocolSelector((engine, offered) -> {
            asked.add(offered);
            return answer.equals("null") ? null : answer;
        });
        return new EnginePair(client.sslEngine(HOST, 443), server, Segmentation.none());
    }

    @Test
    default void rule15_9_aServerCanAskForTheApplicationProtocol() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (String answer : List.of("http/1.1", "")) {
                List<List<String>> asked = new ArrayList<>();
                EnginePair pair = asking(version, answer, asked);
                assertNull(pair.server().engine().getApplicationProtocol());
                assertTrue(pair.handshake());
                assertEquals(List.of(List.of("h2", "http/1.1")), asked);
                assertEquals(answer, pair.server().engine().getApplicationProtocol());
                assertEquals(answer, pair.client().engine().getApplicationProtocol());
            }
            for (String answer : List.of("spdy", "null")) {
                EnginePair pair = asking(version, answer, new ArrayList<>());
                assertEquals(
                        ErrorReason.NO_APPLICATION_PROTOCOL,
                        failure(pair, Role.SERVER).reason());
                assertEquals(ErrorReason.TLSV1_ALERT_NO_APPLICATION_PROTOCOL, peersReason(pair, Role.SERVER));
            }
        }
        SSLEngine client = fixture().clientBuilder().build().sslEngine(HOST, 443);
        assertThrows(
                UnsupportedOperationException.class,
                () -> client.setHandshakeApplicationProtocolSelector((engine, offered) -> "h2"));
    }
}
