package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.bcfips.TestIdentity.Kind;
import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.TlsVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ShutdownTest {

    static List<String> suites() {
        return TestContext.CAPABILITIES.cipherSuites().stream()
                .filter(suite -> TestContext.isTls13(suite) || suite.startsWith("TLS_ECDHE_RSA_"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void afterItsOwnCloseNotifyAnEndStillReadsDataAndTheOthersCloseNotify(String suite) throws Exception {
        Ends ends = connected(suite);
        byte[] plain = "no TLS any more".getBytes(StandardCharsets.US_ASCII);

        ends.client.closeOutbound();
        for (int i = 0; i < 3; i++) {
            ends.server.send("in flight " + i + " ");
        }
        ends.server.closeOutbound();
        ends.client.feed(ends.server.take());
        ends.client.feed(plain);
        ends.client.progress();

        assertEquals("in flight 0 in flight 1 in flight 2 ", ends.client.received());
        assertTrue(ends.client.closeNotifyReceived());
        assertArrayEquals(plain, ends.client.leftover());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aCloseNotifyIsAnsweredAndWhatFollowsIsLeftAlone(String suite) throws Exception {
        Ends ends = connected(suite);

        ends.client.closeOutbound();
        ends.server.feed(ends.client.take());
        ends.server.feed(new byte[] {1, 2, 3, 4, 5, 6});
        ends.server.progress();

        assertTrue(ends.server.closeNotifyReceived());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, ends.server.leftover());
        ends.server.closeOutbound();
        ends.client.feed(ends.server.take());
        ends.client.progress();
        assertTrue(ends.client.closeNotifyReceived());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aForgedRecordAfterTheOwnCloseNotifyIsAnError(String suite) throws Exception {
        Ends ends = connected(suite);

        ends.client.closeOutbound();
        ends.server.send("in flight");
        byte[] record = ends.server.take();
        record[record.length - 1] ^= 1;
        ends.client.feed(record);
        ends.client.progress();

        assertFalse(ends.client.closeNotifyReceived());
        assertEquals("", ends.client.received());
        assertEquals(
                ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                ends.client.engine().explain(ends.client.failed()).reason());
    }

    /** RFC 8446 4.6.3: what the peer sends after its KeyUpdate is encrypted with other keys. */
    @Test
    void aKeyUpdateAfterTheOwnCloseNotifyIsFollowed() throws Exception {
        try (PeerProcess peer = PeerProcess.opensslServer(Kind.P256, "-tls1_3")) {
            TestPeer client = TestContext.client(TlsVersion.TLS_1_3).peer();
            peer.handshake(client);

            // The alert is kept back, so that the peer goes on as if nothing had happened.
            client.closeOutbound();
            peer.type("before");
            peer.untilReceived(client, "before\n");
            peer.type("k");
            peer.receive(client);
            peer.type("after");
            peer.untilReceived(client, "after\n");

            assertEquals(Optional.empty(), client.failure());
        }
    }

    private record Ends(TestPeer client, TestPeer server) {}

    private static Ends connected(String suite) throws Exception {
        TlsVersion version = TestContext.isTls13(suite) ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        TestPeer client = TestContext.client(version).cipherSuites(suite).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version).peer();
        TestPeer.connect(client, server);
        HandshakeTest.assertTalks(client, server);
        return new Ends(client, server);
    }
}
