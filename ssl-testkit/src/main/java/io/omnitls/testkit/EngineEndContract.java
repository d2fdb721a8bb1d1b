package io.omnitls.testkit;

import static io.omnitls.testkit.EngineScenes.HOST;
import static io.omnitls.testkit.EngineScenes.data;
import static io.omnitls.testkit.EngineScenes.failure;
import static io.omnitls.testkit.EngineScenes.peersReason;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.EngineEnd;
import io.omnitls.testkit.net.EnginePair;
import io.omnitls.testkit.net.Link;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.junit.jupiter.api.Test;

/** SPEC.md part 15: how engines come to their end: failures, truncation, handshakes that are given up. */
public interface EngineEndContract extends Contract {
    private EngineScenes engines() {
        return new EngineScenes(fixture());
    }

    private VerifyCode refusal(TlsVersion version, TestIdentity identity, String host, ErrorReason peers)
            throws Exception {
        EnginePair pair = new EnginePair(
                engines().client(version).sslEngine(host, 443),
                fixture().serverBuilder(identity).build().sslEngine(),
                Segmentation.none());
        TlsException thrown = failure(pair, Role.CLIENT);
        assertEquals(peers, peersReason(pair, Role.CLIENT));
        List<String> trace = pair.client().trace();
        assertTrue(trace.indexOf("wrap CLOSED NOT_HANDSHAKING") > trace.indexOf("wrap threw"), trace::toString);
        return assertInstanceOf(TlsCertificateVerificationException.class, thrown)
                .verifyCode();
    }

    @Test
    default void rule15_5_aFailureIsThrownOnceAndThenItsAlertIsHandedOut() throws Exception {
        TestIdentity good = fixture().server(KeyKind.EC);
        TestIdentity expired = fixture()
                .authority()
                .server(
                        KeyKind.EC,
                        template -> template.valid(
                                Instant.now().minus(Duration.ofDays(20)),
                                Instant.now().minus(Duration.ofDays(10))));
        for (TlsVersion version : fixture().versions()) {
            assertEquals(
                    VerifyCode.HOSTNAME_MISMATCH,
                    refusal(version, good, "other.example", ErrorReason.SSLV3_ALERT_BAD_CERTIFICATE));
            assertEquals(
                    VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT,
                    refusal(version, TestAuthority.selfSigned("self"), HOST, ErrorReason.TLSV1_ALERT_UNKNOWN_CA));
            assertEquals(
                    VerifyCode.CERT_HAS_EXPIRED,
                    refusal(version, expired, HOST, ErrorReason.SSLV3_ALERT_CERTIFICATE_EXPIRED));
        }
        EnginePair nothingShared = new EnginePair(
                engines().client(TlsVersion.TLS_1_2).sslEngine(HOST, 443),
                fixture()
                        .serverBuilder()
                        .minimumVersion(TlsVersion.TLS_1_3)
                        .build()
                        .sslEngine(),
                Segmentation.none());
        assertEquals(
                ErrorReason.UNSUPPORTED_PROTOCOL,
                failure(nothingShared, Role.SERVER).reason());
        assertEquals(ErrorReason.TLSV1_ALERT_PROTOCOL_VERSION, peersReason(nothingShared, Role.SERVER));
    }

    @Test
    default void rule15_5_whatIsNoRecordIsRefusedAtOnce() throws Exception {
        byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        EngineEnd server = new EngineEnd(fixture().serverBuilder().build().sslEngine());
        server.engine().beginHandshake();
        server.arrive(request);
        byte[] alert = new byte[0];
        for (Optional<byte[]> sent = server.step(); sent.isPresent(); sent = server.step()) {
            alert = sent.get().length > 0 ? sent.get() : alert;
        }
        assertEquals(
                ErrorReason.HTTP_REQUEST,
                assertInstanceOf(TlsException.class, server.failure().orElseThrow())
                        .reason());
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = engines().open(version);
            byte[] record = pair.client().wrap(ByteBuffer.wrap(data(100)));
            record[record.length - 1] ^= 1;
            pair.server().arrive(record);
            pair.settle();
            assertEquals(
                    ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    assertInstanceOf(TlsException.class, pair.server().failure().orElseThrow())
                            .reason());
            assertEquals(ErrorReason.SSLV3_ALERT_BAD_RECORD_MAC, peersReason(pair, Role.SERVER));
        }
    }

    @Test
    default void rule15_6_truncationIsVisible() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = engines().open(version);
            SSLEngine client = pair.client().engine();
            assertThrows(TlsEofException.class, client::closeInbound);
            assertTrue(client.isInboundDone());
            assertEquals(
                    Status.CLOSED,
                    client.unwrap(ByteBuffer.allocate(5), ByteBuffer.allocate(1 << 15))
                            .getStatus());
            assertArrayEquals(data(10), pair.send(Role.CLIENT, data(10)), "writing goes on");
            client.closeOutbound();
            pair.settle();
            assertTrue(client.isOutboundDone());
            assertTrue(pair.server().engine().isInboundDone());
            pair.server().engine().closeInbound(); // which came by close_notify
        }
        SSLEngine unused = engines().client(TlsVersion.TLS_1_3).sslEngine(HOST, 443);
        unused.closeInbound();
        SSLEngine begun = engines().client(TlsVersion.TLS_1_3).sslEngine(HOST, 443);
        begun.beginHandshake();
        assertThrows(TlsEofException.class, begun::closeInbound);
        assertTrue(begun.isInboundDone());
        assertTrue(begun.isOutboundDone());
    }

    @Test
    default void rule15_6_aHandshakeCanBeGivenUp() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            EnginePair pair = engines().pair(version, Segmentation.none());
            EngineEnd server = pair.server();
            server.arrive(pair.client().wrap(ByteBuffer.allocate(0)));
            server.step();
            Runnable task = server.engine().getDelegatedTask();
            server.engine().closeOutbound();
            assertFalse(server.engine().isOutboundDone(), "a task is at work");
            task.run();
            pair.settle();
            assertTrue(server.engine().isOutboundDone());
            assertTrue(server.engine().isInboundDone());
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, server.engine().getHandshakeStatus());
            assertPeerHears(engines().pair(version, Segmentation.none()), Role.CLIENT);
            if (version == TlsVersion.TLS_1_2) {
                assertPeerHears(engines().pair(version, Segmentation.none()), Role.SERVER);
            }
            SSLEngine unused = engines().client(version).sslEngine(HOST, 443);
            unused.closeOutbound();
            assertEquals(
                    Status.CLOSED,
                    unused.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(1 << 15))
                            .getStatus());
            assertTrue(unused.isOutboundDone());
        }
    }

    /** One end gives up in the middle of a handshake; a server of TLS 1.3 cannot say so in the clear then. */
    private static void assertPeerHears(EnginePair pair, Role givesUp) {
        EngineEnd client = pair.client();
        EngineEnd server = pair.server();
        server.arrive(client.wrap(ByteBuffer.allocate(0)));
        if (givesUp == Role.SERVER) {
            do {
                server.step();
            } while (server.engine().getHandshakeStatus() != HandshakeStatus.NEED_WRAP);
        }
        pair.end(givesUp).engine().closeOutbound();
        pair.settle();
        assertTrue(pair.end(givesUp).engine().isOutboundDone());
        TlsException heard = assertInstanceOf(
                TlsException.class, pair.end(Link.peer(givesUp)).failure().orElseThrow());
        assertNotEquals(ErrorReason.INTERNAL_ERROR, heard.reason());
    }
}
