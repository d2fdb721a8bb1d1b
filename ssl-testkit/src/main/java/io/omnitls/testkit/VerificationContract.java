package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.CertificateVerifier;
import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.spi.VerifyFailure;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/** SPEC.md part 5: who is trusted, and how the refusal is told to both ends. */
public interface VerificationContract extends Contract {

    /** A server that is not to be trusted, for one reason. */
    record BadServer(VerifyCode code, TestIdentity identity, ClientContext.Builder client, String serverName) {}

    private List<BadServer> badServers() {
        Instant now = Instant.now();
        ClientContext.Builder client = fixture().clientBuilder();
        TestAuthority stranger = TestAuthority.create("Stranger");
        TestIdentity good = fixture().server(KeyKind.RSA);
        String name = TestAuthority.SERVER_NAME;
        return List.of(
                new BadServer(VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY, stranger.server(KeyKind.EC), client, name),
                new BadServer(VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT, TestAuthority.selfSigned("self"), client, name),
                new BadServer(
                        VerifyCode.CERT_HAS_EXPIRED,
                        fixture()
                                .authority()
                                .server(
                                        KeyKind.EC,
                                        template -> template.valid(
                                                now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)))),
                        client,
                        name),
                new BadServer(
                        VerifyCode.CERT_NOT_YET_VALID,
                        fixture()
                                .authority()
                                .server(
                                        KeyKind.EC,
                                        template -> template.valid(
                                                now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)))),
                        client,
                        name),
                new BadServer(
                        VerifyCode.UNHANDLED_CRITICAL_EXTENSION,
                        fixture().authority().server(KeyKind.EC, template -> template.unknownCriticalExtension()),
                        client,
                        name),
                new BadServer(VerifyCode.INVALID_PURPOSE, fixture().authority().client(KeyKind.EC), client, name),
                new BadServer(VerifyCode.HOSTNAME_MISMATCH, good, client, "other.example"),
                new BadServer(VerifyCode.IP_ADDRESS_MISMATCH, good, client, "127.0.0.2"),
                new BadServer(
                        VerifyCode.EE_KEY_TOO_SMALL,
                        good,
                        fixture().clientBuilder().securityLevel(3),
                        name));
    }

    @Test
    default void rule5_1_aBadServerIsRefusedWithOpenSslsCodeAndTheServerHearsTheRightAlert() throws Exception {
        for (BadServer bad : badServers()) {
            for (TlsVersion version : fixture().versions()) {
                ServerContext server = fixture()
                        .serverBuilder(bad.identity())
                        .maximumVersion(version)
                        .build();
                String what = bad.code() + " in " + version;
                try (BioPair pair = new BioPair(bad.client().build(), server, bad.serverName(), Segmentation.none())) {
                    BioPair.Outcome outcome = pair.handshake();
                    TlsCertificateVerificationException refusal = assertInstanceOf(
                            TlsCertificateVerificationException.class,
                            outcome.client().orElse(null),
                            what);
                    assertEquals(bad.code(), refusal.verifyCode(), refusal.getMessage());
                    assertEquals(ErrorReason.CERTIFICATE_VERIFY_FAILED, refusal.reason());
                    assertEquals(Optional.of(TlsAlert.sent(bad.code().alert())), refusal.alert(), what);
                    assertEquals(
                            bad.identity().certificate(),
                            pair.client().unverifiedChain().get(0));
                    TlsException heard = outcome.server().orElseThrow(() -> new AssertionError(what));
                    assertEquals(
                            Optional.of(TlsAlert.received(bad.code().alert().code())), heard.alert(), what);
                    assertEquals(ErrorReason.ofReceivedAlert(bad.code().alert().code()), heard.reason(), what);
                }
            }
        }
    }

    @Test
    default void rule5_2_aBadClientIsRefusedWithOpenSslsCodeAndHearsIt() throws Exception {
        TestIdentity stranger = TestAuthority.create("Stranger").client(KeyKind.EC);
        // The authorities that the server names would keep an honest client from showing this certificate, so both
        // authorities have the same name.
        TestIdentity impostor = TestAuthority.create("Test Root").client(KeyKind.EC);
        assertFalse(stranger.certificate().equals(impostor.certificate()));
        for (TlsVersion version : fixture().versions()) {
            ServerContext server = fixture()
                    .serverBuilder()
                    .maximumVersion(version)
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.REQUIRED)
                    .build();
            ClientContext client = fixture()
                    .clientBuilder()
                    .certificateChain(impostor.credentials())
                    .build();
            try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                TlsCertificateVerificationException refusal = assertInstanceOf(
                        TlsCertificateVerificationException.class,
                        outcome.server().orElse(null),
                        version.toString());
                TlsException heard = outcome.client().orElseThrow();
                int expected = refusal.verifyCode().alert().code();
                if (version == TlsVersion.TLS_1_2 || fixture().expected().has(Feature.EXACT_VERIFY_ALERT)) {
                    assertEquals(Optional.of(TlsAlert.received(expected)), heard.alert(), heard.getMessage());
                } else {
                    assertTrue(heard.alert().isPresent(), "the client hears an alert, if not the exact one: " + heard);
                }
            }
        }
    }

    @Test
    default void rule5_3_aRequiredClientCertificateIsRequired() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ServerContext server = fixture()
                    .serverBuilder()
                    .maximumVersion(version)
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.REQUIRED)
                    .build();
            try (BioPair pair = new BioPair(
                    fixture().clientBuilder().build(), server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertEquals(
                        ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                        outcome.server().orElseThrow().reason());
                assertTrue(outcome.client().orElseThrow().alert().isPresent());
            }
        }
    }

    @Test
    default void rule5_4_withoutVerificationTheVerdictIsRecordedAndNothingIsTakenForProven() throws Exception {
        ClientContext client = fixture()
                .clientBuilder()
                .checkHostname(false)
                .verifyMode(VerifyMode.NONE)
                .build();
        ServerContext server =
                fixture().serverBuilder(TestAuthority.selfSigned("self")).build();
        try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
            assertTrue(pair.handshake().completed());
            assertEquals(
                    Optional.of(VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT),
                    pair.client().verifyResult().map(VerifyResult::code));
            assertTrue(pair.client().peerCertificate().orElseThrow().isEmpty());
            assertTrue(pair.client().verifiedChain().isEmpty());
        }
    }

    @Test
    default void rule5_5_anAddressIsComparedWithAddresses() throws Exception {
        try (BioPair pair = new BioPair(
                fixture().clientBuilder().build(),
                fixture().serverBuilder().build(),
                "127.0.0.1",
                Segmentation.none())) {
            assertTrue(pair.handshake().completed());
            assertEquals(Optional.empty(), pair.server().serverName(), "an address is not sent as SNI");
        }
    }

    @Test
    default void rule5_6_aSelfSignedCertificateThatIsTrustedItselfIsGood() throws Exception {
        TestIdentity self = TestAuthority.selfSigned("self");
        ClientContext client =
                fixture().clientBuilder().verifyLocations(self.trust()).build();
        try (BioPair pair = new BioPair(
                client, fixture().serverBuilder(self).build(), TestAuthority.SERVER_NAME, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
        }
    }

    @Test
    default void rule5_7_revocationListsAreGoneByWhenAskedFor() throws Exception {
        TestIdentity revoked = fixture().server(KeyKind.EC);
        TestIdentity other = fixture().server(KeyKind.RSA);
        for (TlsVersion version : fixture().versions()) {
            ClientContext.Builder client = fixture()
                    .clientBuilder()
                    .maximumVersion(version)
                    .verifyLocations(fixture().authority().trustRevoking(revoked));
            assertVerdict(VerifyCode.OK, client, revoked);
            client.verifyFlags(VerifyFlag.CRL_CHECK_LEAF);
            assertVerdict(VerifyCode.CERT_REVOKED, client, revoked);
            assertVerdict(VerifyCode.OK, client, other);
            client.verifyLocations(fixture().authority().trust());
            assertVerdict(VerifyCode.UNABLE_TO_GET_CRL, client, other);
        }
    }

    private void assertVerdict(VerifyCode code, ClientContext.Builder client, TestIdentity identity) throws Exception {
        try (BioPair pair = new BioPair(
                client.build(),
                fixture().serverBuilder(identity).build(),
                TestAuthority.SERVER_NAME,
                Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertEquals(code == VerifyCode.OK, outcome.completed(), outcome.toString());
            assertEquals(Optional.of(code), pair.client().verifyResult().map(VerifyResult::code));
        }
    }

    @Test
    default void rule5_8_theVerifierIsTheSameWithoutAConnection() throws Exception {
        for (BadServer bad : badServers()) {
            if (bad.code() == VerifyCode.EE_KEY_TOO_SMALL) {
                continue; // the client's level, which the verifier below does not have
            }
            CertificateVerifier verifier = CertificateVerifier.builder()
                    .provider(fixture().provider())
                    .verifyLocations(fixture().authority().trust())
                    .purpose(Purpose.SERVER)
                    .build();
            VerifyResult result = verifier.verify(List.of(bad.identity().certificate()), PeerName.of(bad.serverName()));
            assertEquals(bad.code(), result.code(), result.explanation());
            assertEquals(0, result.depth());
        }
    }

    @Test
    default void rule5_9_theTrustManagerOfAContextIsTheSameVerifier() throws Exception {
        ClientContext context = fixture().clientBuilder().build();
        X509ExtendedTrustManager manager = context.trustManager(TestAuthority.SERVER_NAME);
        X509Certificate[] good = {fixture().server(KeyKind.EC).certificate()};
        X509Certificate[] bad = {TestAuthority.selfSigned("self").certificate()};
        manager.checkServerTrusted(good, "ECDHE_ECDSA");
        VerifyFailure failure = assertThrows(VerifyFailure.class, () -> manager.checkServerTrusted(bad, "ECDHE_ECDSA"));
        assertEquals(VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT, failure.code());
        failure = assertThrows(VerifyFailure.class, () -> manager.checkClientTrusted(good, "ECDHE_ECDSA"));
        assertEquals(VerifyCode.INVALID_PURPOSE, failure.code());
        assertThrows(IllegalArgumentException.class, () -> manager.checkServerTrusted(new X509Certificate[0], "RSA"));
        assertEquals(1, manager.getAcceptedIssuers().length);
        SSLEngine nameless = SSLContext.getDefault().createSSLEngine();
        manager.checkServerTrusted(good, "ECDHE_ECDSA", nameless);
        failure = assertThrows(
                VerifyFailure.class, () -> context.trustManager().checkServerTrusted(good, "ECDHE_ECDSA", nameless));
        assertEquals(VerifyCode.HOSTNAME_MISMATCH, failure.code(), "nobody says whom to reach");
        for (TlsVersion version : fixture().versions()) {
            TrustManagerScenes handshakes = new TrustManagerScenes(fixture(), version);
            handshakes.clients();
            handshakes.servers();
        }
    }
}
