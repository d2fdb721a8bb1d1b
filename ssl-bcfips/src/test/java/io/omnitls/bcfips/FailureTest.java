package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omnitls.bcfips.TestIdentity.Kind;
import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.EngineFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class FailureTest {

    static List<TlsVersion> versions() {
        return TestContext.CAPABILITIES.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aServerWithoutACommonSuiteHasNoSharedCipher(TlsVersion version) throws Exception {
        TestPeer client =
                TestContext.client(version).cipherSuites(suite(version, 128)).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version)
                .cipherSuites(suite(version, 256))
                .peer();

        assertBothSee(server, client, ErrorReason.NO_SHARED_CIPHER, AlertDescription.HANDSHAKE_FAILURE);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aServerWithoutAKeyHasNoSharedCipher(TlsVersion version) throws Exception {
        TestPeer client = TestContext.client(version).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version)
                .keys(new TestIdentity[0])
                .peer();

        assertBothSee(server, client, ErrorReason.NO_SHARED_CIPHER, AlertDescription.HANDSHAKE_FAILURE);
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, TLS_1_3", "TLS_1_3, TLS_1_2"})
    void aServerWithoutACommonVersionFindsTheClientsUnsupported(TlsVersion clients, TlsVersion servers)
            throws Exception {
        TestPeer client = TestContext.client(clients).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), servers).peer();

        assertBothSee(server, client, ErrorReason.UNSUPPORTED_PROTOCOL, AlertDescription.PROTOCOL_VERSION);
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, HANDSHAKE_FAILURE", "TLS_1_3, CERTIFICATE_REQUIRED"})
    void aServerMissesTheCertificateThatItRequires(TlsVersion version, AlertDescription alert) throws Exception {
        TestPeer client = TestContext.client(version).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version)
                .verifyMode(VerifyMode.REQUIRED)
                .peer();

        assertBothSee(server, client, ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE, alert);
    }

    @Test
    void aServerWithoutACommonGroupHasNoSuitableKeyShareInTls13() throws Exception {
        TestPeer client = TestContext.client(TlsVersion.TLS_1_3)
                .groups(NamedGroup.SECP256R1)
                .peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), TlsVersion.TLS_1_3)
                .groups(NamedGroup.SECP384R1)
                .peer();

        assertBothSee(server, client, ErrorReason.NO_SUITABLE_KEY_SHARE, AlertDescription.HANDSHAKE_FAILURE);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aForgedRecordHasABadMac(TlsVersion version) throws Exception {
        Ends ends = connected(version);
        ends.server.send("data");
        byte[] record = ends.server.take();
        record[record.length - 1] ^= 1;
        ends.client.feed(record);

        assertBothSee(
                ends.client,
                ends.server,
                ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                AlertDescription.BAD_RECORD_MAC);
        assertEquals("", ends.client.received());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aRecordThatIsTooLongIsRefused(TlsVersion version) throws Exception {
        Ends ends = connected(version);
        byte[] record = new byte[5 + 20_000];
        System.arraycopy(new byte[] {23, 3, 3, (byte) (20_000 >> 8), (byte) 20_000}, 0, record, 0, 5);
        ends.client.feed(record);

        assertBothSee(
                ends.client, ends.server, ErrorReason.ENCRYPTED_LENGTH_TOO_LONG, AlertDescription.RECORD_OVERFLOW);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aHandshakeMessageOutOfTurnIsUnexpected(TlsVersion version) throws Exception {
        TestPeer client = TestContext.client(version).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version).peer();
        client.feed(FINISHED);

        assertBothSee(client, server, ErrorReason.UNEXPECTED_MESSAGE, AlertDescription.UNEXPECTED_MESSAGE);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aServerHelloThatEndsTooSoonCannotBeDecoded(TlsVersion version) throws Exception {
        TestPeer client = TestContext.client(version).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version).peer();
        client.feed(new byte[] {22, 3, 3, 0, 4, 2, 0, 0, 0});

        TestPeer.connect(client, server);
        EngineFailure own = client.engine().explain(client.failed());
        assertEquals(ErrorReason.DECODE_ERROR, own.reason());
        assertEquals(Optional.of(TlsAlert.sent(AlertDescription.DECODE_ERROR)), own.alert());
        // In the clear it is the core that puts that in the place of the backend's own.
        EngineFailure theirs = server.engine().explain(server.failed());
        assertEquals(Optional.of(TlsAlert.received(AlertDescription.INTERNAL_ERROR.code())), theirs.alert());
    }

    /** RFC 8446 6: every alert that is an error ends the connection, at whatever level. */
    @ParameterizedTest
    @EnumSource(
            value = AlertDescription.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLOSE_NOTIFY"})
    void everyFatalAlertIsExplainedByItsCode(AlertDescription alert) throws Exception {
        TestPeer client =
                TestContext.client(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3).peer();
        client.progress();
        client.feed(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert.code()});
        client.progress();

        EngineFailure failure = client.engine().explain(client.failed());
        assertEquals(ErrorReason.ofReceivedAlert(alert.code()), failure.reason());
        assertEquals(Optional.of(TlsAlert.received(alert.code())), failure.alert());
    }

    @Test
    void aSettingThatTheBackendCannotUseIsNamed() throws Exception {
        TestPeer client = TestContext.client(TlsVersion.TLS_1_3)
                .cipherSuites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .peer();

        RuntimeException failure = assertThrows(IllegalStateException.class, client::progress);

        assertEquals(
                ErrorReason.NO_CIPHERS_AVAILABLE,
                client.engine().explain(failure).reason());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void detailsForPeopleHoldNoNumbersOfTheBackend(TlsVersion version) throws Exception {
        TestPeer client =
                TestContext.client(version).cipherSuites(suite(version, 128)).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version)
                .cipherSuites(suite(version, 256))
                .peer();
        TestPeer.connect(client, server);

        String detail = server.engine().explain(server.failed()).detail();

        assertFalse(detail.contains("[server #"), detail);
        assertFalse(detail.contains("handshake_failure(40);"), detail);
    }

    /** {@code failed} fails in unwrap, as an SSLEngine should, and {@code told} learns why. */
    private static void assertBothSee(TestPeer failed, TestPeer told, ErrorReason reason, AlertDescription alert) {
        TestPeer.connect(told, failed);

        EngineFailure own = failed.engine().explain(failed.failed());
        assertEquals(reason, own.reason());
        assertEquals(Optional.of(TlsAlert.sent(alert)), own.alert());
        assertEquals(List.of("unwrap"), failed.failedCalls());
        EngineFailure theirs = told.engine().explain(told.failed());
        assertEquals(Optional.of(TlsAlert.received(alert.code())), theirs.alert());
        assertEquals(ErrorReason.ofReceivedAlert(alert.code()), theirs.reason());
    }

    /** An empty one, in the clear. */
    private static final byte[] FINISHED = {22, 3, 3, 0, 4, 20, 0, 0, 0};

    private static String suite(TlsVersion version, int bits) {
        String hash = bits == 256 ? "_GCM_SHA384" : "_GCM_SHA256";
        return (version == TlsVersion.TLS_1_3 ? "TLS_AES_" : "TLS_ECDHE_RSA_WITH_AES_") + bits + hash;
    }

    private record Ends(TestPeer client, TestPeer server) {}

    private static Ends connected(TlsVersion version) throws Exception {
        TestPeer client =
                TestContext.client(version).cipherSuites(suite(version, 128)).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version).peer();
        TestPeer.connect(client, server);
        HandshakeTest.assertTalks(client, server);
        return new Ends(client, server);
    }
}
