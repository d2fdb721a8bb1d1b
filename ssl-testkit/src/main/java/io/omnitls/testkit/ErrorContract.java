package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsBioConnection;
import io.omnitls.cert.Credentials;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** SPEC.md part 6: one fault, one reason, whatever the backend calls it. */
public interface ErrorContract extends Contract {
    private BioPair pair(ClientContext.Builder client, ServerContext.Builder server) throws TlsException {
        return new BioPair(client.build(), server.build(), TestAuthority.SERVER_NAME, Segmentation.none());
    }

    private BioPair pair() throws TlsException {
        return pair(fixture().clientBuilder(), fixture().serverBuilder());
    }

    @Test
    default void rule6_1_noSharedCipherIsSaidToBothEnds() throws Exception {
        try (BioPair pair = pair(
                fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2).ciphers("ECDHE-RSA-AES128-GCM-SHA256"),
                fixture().serverBuilder().ciphers("ECDHE-ECDSA-AES256-GCM-SHA384"))) {
            BioPair.Outcome outcome = pair.handshake();
            assertEquals(
                    ErrorReason.NO_SHARED_CIPHER, outcome.server().orElseThrow().reason());
            assertEquals(
                    ErrorReason.SSLV3_ALERT_HANDSHAKE_FAILURE,
                    outcome.client().orElseThrow().reason());
        }
    }

    @Test
    default void rule6_2_noSharedVersionIsSaidToBothEnds() throws Exception {
        try (BioPair pair = pair(
                fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2),
                fixture().serverBuilder().minimumVersion(TlsVersion.TLS_1_3))) {
            BioPair.Outcome outcome = pair.handshake();
            assertEquals(
                    ErrorReason.UNSUPPORTED_PROTOCOL,
                    outcome.server().orElseThrow().reason());
            assertEquals(
                    Optional.of(TlsAlert.sent(AlertDescription.PROTOCOL_VERSION)),
                    outcome.server().orElseThrow().alert());
            assertEquals(
                    ErrorReason.TLSV1_ALERT_PROTOCOL_VERSION,
                    outcome.client().orElseThrow().reason());
        }
        try (BioPair pair = pair(
                fixture().clientBuilder().minimumVersion(TlsVersion.TLS_1_3),
                fixture().serverBuilder().maximumVersion(TlsVersion.TLS_1_2))) {
            BioPair.Outcome outcome = pair.handshake();
            assertEquals(
                    ErrorReason.UNSUPPORTED_PROTOCOL,
                    outcome.server().orElseThrow().reason());
        }
    }

    @Test
    default void rule6_3_whatIsNotTlsIsCalledByItsNameAndGetsNoAlert() throws Exception {
        assertServerSees("GET / HTTP/1.1\r\n\r\n", ErrorReason.HTTP_REQUEST);
        assertServerSees("POST / HTTP/1.1\r\n\r\n", ErrorReason.HTTP_REQUEST);
        assertServerSees("CONNECT example.org:443 HTTP/1.1\r\n\r\n", ErrorReason.HTTPS_PROXY_REQUEST);
        assertServerSees("SSH-2.0-OpenSSH_9.2\r\n", ErrorReason.WRONG_VERSION_NUMBER);
        try (BioPair pair = pair()) {
            assertThrows(TlsWantReadException.class, pair.client()::handshake);
            pair.fromClient().read();
            pair.toClient().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            TlsException failure = assertThrows(TlsException.class, pair.client()::handshake);
            assertEquals(ErrorReason.WRONG_VERSION_NUMBER, failure.reason());
            assertEquals(0, pair.fromClient().pending());
        }
    }

    private void assertServerSees(String bytes, ErrorReason reason) throws IOException {
        try (BioPair pair = pair()) {
            pair.toServer().write(bytes.getBytes(StandardCharsets.US_ASCII));
            TlsException failure = assertThrows(TlsException.class, pair.server()::handshake);
            assertEquals(reason, failure.reason());
            assertEquals(Optional.empty(), failure.alert());
            assertEquals(0, pair.fromServer().pending());
        }
    }

    @Property(tries = 200)
    default void rule6_4_anyGarbageIsADeclaredFailureOnBothEnds(@ForAll @Size(min = 5, max = 200) byte[] garbage)
            throws Exception {
        try (BioPair pair = pair()) {
            pair.toServer().write(garbage);
            pair.toServer().writeEof();
            assertBlamesThePeer(pair.server());
            assertThrows(TlsWantReadException.class, pair.client()::handshake);
            pair.toClient().write(garbage);
            pair.toClient().writeEof();
            assertBlamesThePeer(pair.client());
        }
    }

    private static void assertBlamesThePeer(TlsBioConnection end) {
        TlsException failure = assertThrows(TlsException.class, end::handshake);
        assertNotEquals(ErrorReason.INTERNAL_ERROR, failure.reason(), failure.getMessage());
    }

    @Property(tries = 150)
    default void rule6_5_aCorruptedClientHelloIsADeclaredFailureOrAHandshake(
            @ForAll @IntRange(max = 2000) int position, @ForAll @IntRange(min = 1, max = 255) int change)
            throws Exception {
        try (BioPair pair = pair()) {
            assertThrows(TlsWantReadException.class, pair.client()::handshake);
            byte[] hello = pair.fromClient().read();
            hello[position % hello.length] ^= (byte) change;
            pair.toServer().write(hello);
            pair.toServer().writeEof();
            // Either way the stream ends in the handshake.
            assertBlamesThePeer(pair.server());
        }
    }

    @Test
    default void rule6_6_aChangedBitOfARecordIsABadRecordMac() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = pair(
                    fixture().clientBuilder().maximumVersion(version), fixture().serverBuilder())) {
                assertTrue(pair.handshake().completed());
                pair.client().write(new byte[100]);
                byte[] record = pair.fromClient().read();
                record[record.length - 20] ^= 1;
                pair.toServer().write(record);
                TlsException failure =
                        assertThrows(TlsException.class, () -> pair.server().read(10));
                assertEquals(ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, failure.reason(), failure.getMessage());
                pair.carryAll();
                TlsException heard =
                        assertThrows(TlsException.class, () -> pair.client().read(10));
                assertEquals(ErrorReason.SSLV3_ALERT_BAD_RECORD_MAC, heard.reason(), heard.getMessage());
            }
        }
    }

    @Test
    default void rule6_7_anOversizeRecordIsRefused() throws Exception {
        byte[] header = {23, 3, 3, (byte) 0xff, (byte) 0xff};
        for (TlsVersion version : fixture().versions()) {
            try (BioPair pair = pair(
                    fixture().clientBuilder().maximumVersion(version), fixture().serverBuilder())) {
                assertTrue(pair.handshake().completed());
                pair.toServer().write(header);
                TlsException failure =
                        assertThrows(TlsException.class, () -> pair.server().read(10));
                assertEquals(ErrorReason.PACKET_LENGTH_TOO_LONG, failure.reason());
            }
        }
        try (BioPair pair = pair()) {
            pair.toServer().write(new byte[] {22, 3, 1, (byte) 0xff, (byte) 0xff});
            TlsException failure = assertThrows(TlsException.class, pair.server()::handshake);
            assertEquals(ErrorReason.PACKET_LENGTH_TOO_LONG, failure.reason());
            assertEquals(Optional.of(TlsAlert.sent(AlertDescription.RECORD_OVERFLOW)), failure.alert());
            assertEquals(7, pair.fromServer().read().length, "the alert");
        }
        try (BioPair pair = pair()) {
            pair.toServer().write(new byte[] {22, 3, 1, 0x40, 0, 1, 1, 0, 1}); // a ClientHello of 65,537 bytes begins
            TlsException failure = assertThrows(TlsException.class, pair.server()::handshake);
            assertEquals(ErrorReason.EXCESSIVE_MESSAGE_SIZE, failure.reason());
            assertEquals(Optional.of(TlsAlert.sent(AlertDescription.ILLEGAL_PARAMETER)), failure.alert());
            assertEquals(7, pair.fromServer().read().length, "the alert");
        }
    }

    @Test
    default void rule6_8_thePeersAlertIsTheReason() throws Exception {
        for (AlertDescription alert : AlertDescription.values()) {
            if (alert == AlertDescription.CLOSE_NOTIFY) {
                continue;
            }
            try (BioPair pair = pair()) {
                assertThrows(TlsWantReadException.class, pair.client()::handshake);
                pair.fromClient().read();
                pair.toClient().write(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert.code()});
                TlsException failure = assertThrows(TlsException.class, pair.client()::handshake);
                // OpenSSL's names, but for its spelling of user_canceled.
                String reason = failure.reason().name().replace("CANCELLED", "CANCELED");
                assertTrue(reason.endsWith("_" + alert.name()), () -> alert + ": " + reason);
                assertEquals(Optional.of(TlsAlert.received(alert.code())), failure.alert());
            }
        }
    }

    @Test
    default void rule6_9_brokenCredentialsAreRefusedWhenTheContextIsBuilt() {
        String certificate = fixture().server(KeyKind.EC).certificatePem();
        String otherKey = fixture().authority().server(KeyKind.EC).keyPem();
        assertBuildFails(ErrorReason.KEY_VALUES_MISMATCH, certificate, otherKey);
        assertBuildFails(
                ErrorReason.KEY_VALUES_MISMATCH,
                certificate,
                fixture().server(KeyKind.RSA).keyPem());
        assertBuildFails(ErrorReason.NO_START_LINE, certificate, "nothing");
        assertBuildFails(ErrorReason.NO_START_LINE, "nothing", otherKey);
        assertBuildFails(ErrorReason.BAD_END_LINE, certificate, otherKey.substring(0, otherKey.length() / 2));
        assertBuildFails(ErrorReason.BAD_BASE64_DECODE, certificate.replace("M", "*"), otherKey);
    }

    private void assertBuildFails(ErrorReason reason, String chain, String key) {
        TlsException failure = assertThrows(
                TlsException.class,
                () -> ServerContext.builder()
                        .provider(fixture().provider())
                        .certificateChain(Credentials.pem(chain, key))
                        .build());
        assertEquals(reason, failure.reason(), failure.getMessage());
        Arrays.stream(key.split("\n", -1))
                .filter(line -> line.length() > 20 && !line.startsWith("-"))
                .forEach(line ->
                        assertTrue(!String.valueOf(failure.getMessage()).contains(line), "the key is in the message"));
    }

    @Test
    default void rule6_10_aRenegotiationIsRefused() throws Exception {
        for (boolean atServer : new boolean[] {true, false}) {
            try (BioPair pair = pair(
                    fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2),
                    fixture().serverBuilder())) {
                assertTrue(pair.handshake().completed());
                TlsBioConnection refusing = atServer ? pair.server() : pair.client();
                TlsBioConnection asking = atServer ? pair.client() : pair.server();
                // What an engine would decrypt to a ClientHello or HelloRequest has this type in the clear.
                (atServer ? pair.toServer() : pair.toClient()).write(new byte[] {22, 3, 3, 0, 1, 0});
                TlsException failure = assertThrows(TlsException.class, () -> refusing.read(1));
                assertEquals(ErrorReason.NO_RENEGOTIATION, failure.reason());
                pair.carryAll();
                assertTrue(toldOfTheEnd(asking), "the peer hears no_renegotiation or close_notify");
            }
        }
    }

    private static boolean toldOfTheEnd(TlsBioConnection end) throws IOException {
        try {
            return end.read(1).length == 0;
        } catch (TlsWantReadException nothing) {
            return false;
        } catch (TlsException alert) {
            return alert.reason() == ErrorReason.TLSV1_ALERT_NO_RENEGOTIATION;
        }
    }

    @Test
    default void rule6_12_whatTheApplicationsOwnCodeThrowsEndsTheConnectionOnBothEnds() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (Supplier<Throwable> throwable : Culprit.throwables()) {
                for (CulpritScene scene : CulpritScene.all(fixture(), version, throwable)) {
                    assertEndsOnBothEnds(scene, version);
                }
            }
            ClientContext.Builder good = fixture().clientBuilder().maximumVersion(version);
            assertAbsentTokenEndsOnBothEnds(good);
            try (BioPair pair = pair(good, fixture().serverBuilder())) {
                assertTrue(pair.handshake().completed(), "another connection is none the worse for it");
            }
        }
    }

    private void assertEndsOnBothEnds(CulpritScene scene, TlsVersion version) throws Exception {
        try (BioPair pair = pair(scene.client(), scene.server())) {
            scene.culprit().arm();
            assertEnds(
                    pair,
                    () -> scene + " in " + version + " threw " + scene.culprit().thrown());
        }
    }

    /** A key that throws nothing of its own: it has no encoding, and there is nobody who can sign with it. */
    private void assertAbsentTokenEndsOnBothEnds(ClientContext.Builder client) throws Exception {
        TestIdentity rsa = fixture().server(KeyKind.RSA);
        Credentials absent =
                Credentials.of(new AbsentToken((RSAKey) rsa.certificate().getPublicKey()), List.of(rsa.certificate()));
        ServerContext.Builder server =
                ServerContext.builder().provider(fixture().provider()).certificateChain(absent);
        try (BioPair pair = pair(client, server)) {
            assertEnds(pair, () -> "the key is that of an absent token");
        }
    }

    private static void assertEnds(BioPair pair, Supplier<String> what) throws Exception {
        for (int turn = 0; turn < 20; turn++) {
            handshake(pair.client());
            pair.carryAll();
            handshake(pair.server());
            pair.carryAll();
        }
        assertTrue(pair.isOver(pair.client()), () -> "the client goes on: " + what.get());
        assertTrue(pair.isOver(pair.server()), () -> "the server goes on: " + what.get());
    }

    /** An Error comes out as it is, whatever else was thrown as a TlsException. */
    private static void handshake(TlsBioConnection end) throws IOException {
        try {
            end.handshake();
        } catch (TlsException | Error failedOrNotYet) {
            // Whether it is over is asked later.
        }
    }
}
