package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.wire.EditableHello;
import io.omnitls.testkit.wire.Records;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Connections in memory of which one end gets another hello than its peer has made. */
final class HelloScenes {
    // The extensions by their numbers at IANA.
    static final int MAX_FRAGMENT_LENGTH = 1;
    static final int GROUPS = 10;
    static final int EC_POINT_FORMATS = 11;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int ALPN = 16;
    static final int PADDING = 21;
    static final int PRE_SHARED_KEY = 41;
    static final int EARLY_DATA = 42;
    static final int SUPPORTED_VERSIONS = 43;
    static final int COOKIE = 44;
    static final int PSK_MODES = 45;
    static final int KEY_SHARE = 51;

    private final ProviderFixture fixture;

    HelloScenes(ProviderFixture fixture) {
        this.fixture = fixture;
    }

    BioPair pair(TlsVersion version) throws TlsException {
        return pair(fixture.clientBuilder().maximumVersion(version), fixture.serverBuilder());
    }

    BioPair pair(ClientContext.Builder client, ServerContext.Builder server) throws TlsException {
        return new BioPair(client.build(), server.build(), TestAuthority.SERVER_NAME, Segmentation.none());
    }

    static byte[] hello(BioPair pair) throws Exception {
        assertThrows(TlsWantReadException.class, pair.client()::handshake);
        return pair.fromClient().read();
    }

    void assertServerRefuses(
            TlsVersion version, Consumer<EditableHello> change, AlertDescription alert, ErrorReason... reasons)
            throws Exception {
        try (BioPair pair = pair(version)) {
            EditableHello hello = EditableHello.in(hello(pair));
            change.accept(hello);
            pair.toServer().write(hello.record());
            TlsException failure = assertThrows(TlsException.class, pair.server()::handshake);
            assertTrue(List.of(reasons).contains(failure.reason()), failure::toString);
            assertEquals(Optional.of(TlsAlert.sent(alert)), failure.alert(), failure::toString);
            byte[] sent = pair.fromServer().read();
            assertEquals(alert.code(), sent[sent.length - 1], "the alert on the wire");
        }
    }

    void assertClientRefuses(
            TlsVersion version, Consumer<EditableHello> change, AlertDescription alert, ErrorReason... reasons)
            throws Exception {
        try (BioPair pair = pair(version)) {
            pair.toServer().write(hello(pair));
            assertThrows(TlsWantReadException.class, pair.server()::handshake);
            byte[] flight = pair.fromServer().read();
            EditableHello hello = EditableHello.in(flight);
            change.accept(hello);
            pair.toClient().write(hello.inPlaceOfFirst(flight));
            TlsException failure = assertThrows(TlsException.class, pair.client()::handshake);
            assertTrue(List.of(reasons).contains(failure.reason()), failure::toString);
            assertEquals(Optional.of(TlsAlert.sent(alert)), failure.alert(), failure::toString);
        }
    }

    static byte[] entry(NamedGroup group, byte[] share) {
        return Records.concat(
                new byte[] {(byte) (group.id() >> 8), (byte) group.id(), (byte) (share.length >> 8), (byte) share.length
                },
                share);
    }

    static byte[] list(byte[]... entries) {
        byte[] all = Records.concat(entries);
        return Records.concat(new byte[] {(byte) (all.length >> 8), (byte) all.length}, all);
    }

    static byte[] groups(NamedGroup... groups) {
        byte[][] ids = Arrays.stream(groups)
                .map(group -> new byte[] {(byte) (group.id() >> 8), (byte) group.id()})
                .toArray(byte[][]::new);
        return list(ids);
    }
}
