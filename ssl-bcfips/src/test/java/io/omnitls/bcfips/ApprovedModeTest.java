package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.bcfips.TestIdentity.Kind;
import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.jsse.BCSSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs twice, in general and in approved mode: what differs between the two is here. */
@Timeout(60)
class ApprovedModeTest {
    private static final boolean APPROVED_ONLY = Boolean.getBoolean("org.bouncycastle.fips.approved_only");

    @TempDir
    private Path directory;

    static List<TlsVersion> versions() {
        return TestContext.CAPABILITIES.versions();
    }

    @Test
    void theModeIsTheOneThatTheProcessWasStartedIn() {
        assertEquals(APPROVED_ONLY, ApprovedMode.ofProcess() == ApprovedMode.APPROVED_ONLY);
        assertEquals(APPROVED_ONLY, TestContext.CAPABILITIES.has(Feature.FIPS));
    }

    @Test
    void theFlagIsNamedWhereTheModeIsMissing() {
        Optional<String> condition = new BcFipsProvider().condition(Feature.FIPS);

        assertEquals(APPROVED_ONLY, condition.isEmpty());
        assertTrue(
                APPROVED_ONLY || condition.orElseThrow().contains("-Dorg.bouncycastle.fips.approved_only=true"),
                condition::toString);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aConnectionIsApprovedInApprovedModeAlone(TlsVersion version) throws Exception {
        TestIdentity identity = TestIdentity.of(Kind.P256);
        TestPeer client = TestContext.client(version).keys(identity).peer();
        TestPeer server = TestContext.server(identity, version)
                .verifyMode(VerifyMode.REQUIRED)
                .peer();

        TestPeer.connect(client, server);

        HandshakeTest.assertTalks(client, server);
        assertEquals(APPROVED_ONLY, client.engine().fipsApproved());
        assertEquals(APPROVED_ONLY, server.engine().fipsApproved());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anEndWhoseKeyIsHeldElsewhereIsNotApproved(TlsVersion version) throws Exception {
        TestIdentity jdkKey = TestIdentity.of(Kind.P256, CryptoServices.ofPlatform());
        TestPeer client = TestContext.client(version).peer();
        TestPeer server = TestContext.server(jdkKey, version).peer();

        TestPeer.connect(client, server);

        HandshakeTest.assertTalks(client, server);
        assertFalse(server.engine().fipsApproved());
        assertEquals(APPROVED_ONLY, client.engine().fipsApproved());
    }

    /** RFC 7627, which the backend offers but does not insist on. */
    @ParameterizedTest
    @CsvSource({"+ExtendedMasterSecret, true", "-ExtendedMasterSecret, false"})
    void aMasterSecretThatIsNotBoundToItsHandshakeIsNotApproved(String option, boolean bound) throws Exception {
        Path config = Files.writeString(
                directory.resolve("openssl.cnf"),
                "openssl_conf=all\n[all]\nssl_conf=ssl\n[ssl]\nsystem_default=options\n[options]\nOptions=" + option);
        try (PeerProcess peer =
                PeerProcess.opensslServer(Map.of("OPENSSL_CONF", config.toString()), Kind.P256, "-tls1_2")) {
            TestPeer client = TestContext.client(TlsVersion.TLS_1_2).peer();

            peer.handshake(client);

            assertEquals(Optional.empty(), client.failure());
            assertEquals(bound && APPROVED_ONLY, client.engine().fipsApproved());
        }
    }

    /** Whoever made the session may have done it with another key or in another mode. */
    @Test
    void aResumedConnectionIsNotApproved() throws Exception {
        TestContext client = TestContext.client(TlsVersion.TLS_1_2);
        TestContext server = TestContext.server(TestIdentity.of(Kind.P256), TlsVersion.TLS_1_2);
        EngineFactory context = server.open();
        TestPeer first = client.peer();
        TestPeer.connect(first, server.peer(context));
        TestPeer resumed = client.peer();
        ((BCSSLEngine) resumed.engine().sslEngine())
                .setBCSessionToResume(((BCSSLEngine) first.engine().sslEngine()).getBCSession());

        TestPeer resuming = server.peer(context);
        TestPeer.connect(resumed, resuming);

        HandshakeTest.assertTalks(resumed, resuming);
        assertArrayEquals(first.session().getId(), resumed.session().getId());
        assertEquals(Optional.empty(), resumed.engine().namedGroup());
        assertFalse(resumed.engine().fipsApproved());
        assertFalse(resuming.engine().fipsApproved());
    }

    @Test
    @EnabledIfSystemProperty(named = "org.bouncycastle.fips.approved_only", matches = "true")
    void nothingThatIsNotApprovedIsDeclared() {
        List<NamedGroup> groups = TestContext.CAPABILITIES.groups();
        assertFalse(groups.contains(NamedGroup.X25519) || groups.contains(NamedGroup.X448));
        assertEquals(List.of("RSA", "RSASSA-PSS", "EC"), TestContext.CAPABILITIES.keyAlgorithms());
        for (String suite : TestContext.CAPABILITIES.cipherSuites()) {
            assertTrue(suite.contains("_AES_"), suite);
            assertFalse(suite.startsWith("TLS_RSA_") || suite.contains("_DSS_"), suite);
        }
    }

    /** The module refuses to sign with a short key by an Error, out of the middle of the handshake. */
    @ParameterizedTest
    @MethodSource("versions")
    @EnabledIfSystemProperty(named = "org.bouncycastle.fips.approved_only", matches = "true")
    void aRefusalOfTheModuleFailsTheConnectionAndTellsThePeer(TlsVersion version) throws Exception {
        TestPeer client = TestContext.client(version).peer();
        TestPeer server =
                TestContext.server(TestIdentity.of(Kind.RSA_1024), version).peer();

        assertRefused(server, client);
    }

    @ParameterizedTest
    @MethodSource("versions")
    @EnabledIfSystemProperty(named = "org.bouncycastle.fips.approved_only", matches = "true")
    void aRefusalInTheClientTellsTheServerToo(TlsVersion version) throws Exception {
        TestPeer client =
                TestContext.client(version).keys(TestIdentity.of(Kind.RSA_1024)).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.P256), version)
                .verifyMode(VerifyMode.REQUIRED)
                .peer();

        assertRefused(client, server);
    }

    private static void assertRefused(TestPeer failed, TestPeer told) {
        TestPeer.connect(told, failed);

        EngineFailure own = failed.engine().explain(failed.failed());
        assertInstanceOf(Error.class, failed.failed().getCause());
        assertEquals(ErrorReason.INTERNAL_ERROR, own.reason());
        assertEquals(Optional.of(TlsAlert.sent(AlertDescription.INTERNAL_ERROR)), own.alert());
        assertTrue(own.detail().startsWith("the FIPS module refused: "), own.detail());
        assertEquals(
                Optional.of(TlsAlert.received(AlertDescription.INTERNAL_ERROR.code())),
                told.engine().explain(told.failed()).alert());
    }
}
