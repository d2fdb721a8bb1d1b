package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.EngineEnd;
import io.omnitls.testkit.net.EnginePair;
import io.omnitls.testkit.net.JdkPeer;
import io.omnitls.testkit.net.Link;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** Engines of our contexts, before and after their handshake. */
final class EngineScenes {
    /** The name that the server's certificate is for. */
    static final String HOST = TestAuthority.SERVER_NAME;

    private final ProviderFixture fixture;

    EngineScenes(ProviderFixture fixture) {
        this.fixture = fixture;
    }

    ClientContext client(TlsVersion version) throws TlsException {
        return fixture.clientBuilder().maximumVersion(version).build();
    }

    EnginePair pair(TlsVersion version, Segmentation pieces) throws TlsException {
        return new EnginePair(
                client(version).sslEngine(HOST, 443),
                fixture.serverBuilder().build().sslEngine(),
                pieces);
    }

    /** One whose handshake is complete. */
    EnginePair open(TlsVersion version) throws Exception {
        EnginePair pair = pair(version, Segmentation.none());
        assertTrue(
                pair.handshake(),
                () -> pair.client().failure() + " and " + pair.server().failure());
        return pair;
    }

    /** The JDK's own client and server, with the same keys and verdicts. */
    JdkPeer jdk(TestIdentity identity) throws Exception {
        return new JdkPeer(
                identity.keyManagers(), fixture.clientBuilder().build().trustManager());
    }

    static byte[] data(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    /** Both ends come to their end, the first failure is thrown once, and the alert is handed out after it. */
    static TlsException failure(EnginePair pair, Role by) throws Exception {
        assertFalse(pair.handshake());
        EngineEnd end = pair.end(by);
        assertEquals(
                1, end.trace().stream().filter(line -> line.endsWith("threw")).count(), () -> "" + end.trace());
        SSLEngine engine = end.engine();
        assertTrue(engine.isInboundDone());
        assertTrue(engine.isOutboundDone());
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
        ByteBuffer room = ByteBuffer.allocate(1 << 15);
        assertEquals(Status.CLOSED, engine.wrap(ByteBuffer.allocate(1), room).getStatus());
        assertEquals(Status.CLOSED, engine.unwrap(ByteBuffer.allocate(1), room).getStatus());
        return assertInstanceOf(TlsException.class, end.failure().orElseThrow());
    }

    /** Why the other one than {@code by} has failed. */
    static ErrorReason peersReason(EnginePair pair, Role by) {
        return assertInstanceOf(
                        TlsException.class, pair.end(Link.peer(by)).failure().orElseThrow())
                .reason();
    }
}
