package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.TlsSession;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** SPEC.md part 9: sessions. */
public interface SessionContract extends Contract {
    private static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    private boolean resumes(TlsVersion version) {
        return fixture()
                .expected()
                .has(
                        version == TlsVersion.TLS_1_3
                                ? Feature.SESSION_RESUMPTION_TLS13
                                : Feature.SESSION_RESUMPTION_TLS12);
    }

    private ClientContext.Builder client(TlsVersion version) {
        return fixture().clientBuilder().minimumVersion(version).maximumVersion(version);
    }

    /** The session of a first connection, on which data went both ways: a TLS 1.3 server sends its tickets with that. */
    private static Optional<TlsSession> begin(ClientContext client, ServerContext server) throws Exception {
        try (BioPair first = new BioPair(client, server, options(), Segmentation.none())) {
            BioPair.Outcome outcome = first.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            exchange(first);
            assertFalse(first.client().info().sessionReused());
            assertEquals(Optional.empty(), first.server().session());
            return first.client().session();
        }
    }

    private static void exchange(BioPair pair) throws Exception {
        byte[] data = {1, 2, 3};
        assertArrayEquals(data, pair.send(pair.client(), pair.server(), data));
        assertArrayEquals(data, pair.send(pair.server(), pair.client(), data));
    }

    @Test
    default void rule9_1_aSessionThatIsGivenToALaterConnectionIsResumed() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = client(version).alpnProtocols("x").build();
            ServerContext server = fixture().serverBuilder().alpnProtocols("x").build();
            Optional<TlsSession> session = begin(client, server);
            assertEquals(resumes(version), session.isPresent(), version.toString());
            if (session.isEmpty()) {
                continue;
            }
            assertEquals(version, session.get().version());
            assertTrue(Duration.between(session.get().time(), Instant.now()).compareTo(Duration.ofMinutes(5)) < 0);
            try (BioPair second =
                    new BioPair(client, server, options().resuming(session.get()), Segmentation.of(100, 7))) {
                BioPair.Outcome outcome = second.handshake();
                assertTrue(outcome.completed(), outcome::toString);
                exchange(second);
                assertTrue(second.client().info().sessionReused(), version + ": the client resumed it");
                assertTrue(second.server().info().sessionReused(), version + ": the server resumed it");
                assertEquals(version, second.client().info().version());
                assertEquals(Optional.of("x"), second.client().selectedAlpnProtocol());
                assertTrue(
                        second.client().verifyResult().filter(VerifyResult::ok).isPresent());
                assertEquals(2, second.client().verifiedChain().size());
            }
        }
    }

    @Test
    default void rule9_2_aSessionIsForItsContextAndItsServerAlone() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = client(version).build();
            Optional<TlsSession> session =
                    begin(client, fixture().serverBuilder().build());
            if (session.isEmpty()) {
                continue;
            }
            ConnectionOptions resuming = options().resuming(session.get());
            ClientContext other = client.toBuilder().build();
            assertThrows(
                    IllegalArgumentException.class, () -> other.wrapBio(new MemoryBio(), new MemoryBio(), resuming));
            ConnectionOptions elsewhere =
                    ConnectionOptions.serverName("other.example").resuming(session.get());
            assertThrows(
                    IllegalArgumentException.class, () -> client.wrapBio(new MemoryBio(), new MemoryBio(), elsewhere));
            // A server that does not know the session makes a full handshake.
            try (BioPair pair = new BioPair(client, fixture().serverBuilder().build(), resuming, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertTrue(outcome.completed(), outcome::toString);
                assertFalse(pair.client().info().sessionReused());
                assertFalse(pair.server().info().sessionReused());
            }
        }
    }

    @Test
    default void rule9_3_whatTheServerProvedIsJudgedAgain() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            SettableClock clock = new SettableClock();
            ClientContext client = client(version).clock(clock).build();
            ServerContext server = fixture().serverBuilder().build();
            Optional<TlsSession> session = begin(client, server);
            if (session.isEmpty()) {
                continue;
            }
            clock.advance(Duration.ofDays(30));
            try (BioPair pair = new BioPair(client, server, options().resuming(session.get()), Segmentation.none())) {
                TlsCertificateVerificationException refusal = assertInstanceOf(
                        TlsCertificateVerificationException.class,
                        pair.handshake()
                                .client()
                                .orElseThrow(() -> new AssertionError("an expired server was resumed")));
                assertEquals(VerifyCode.CERT_HAS_EXPIRED, refusal.verifyCode());
            }
        }
    }

    @Test
    default void rule9_4_aServerKnowsTheClientOfAResumedSession() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = client(version)
                    .certificateChain(fixture().authority().client(KeyKind.EC).credentials())
                    .build();
            ServerContext server = fixture()
                    .serverBuilder()
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.REQUIRED)
                    .build();
            Optional<TlsSession> session = begin(client, server);
            if (session.isEmpty()) {
                continue;
            }
            try (BioPair pair = new BioPair(client, server, options().resuming(session.get()), Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertTrue(outcome.completed(), outcome::toString);
                assertTrue(pair.server().info().sessionReused(), version.toString());
                assertFalse(
                        pair.server().peerCertificate().orElseThrow().isEmpty(), "the client is known and verified");
            }
        }
    }
}
