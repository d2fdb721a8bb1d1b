package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.TestAuthority;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** SPEC.md part 13: options. */
public interface OptionContract extends Contract {

    private BioPair pair(ClientContext.Builder client, ServerContext.Builder server) throws Exception {
        return new BioPair(client.build(), server.build(), TestAuthority.SERVER_NAME, Segmentation.none());
    }

    @Test
    default void rule13_1_everyOptionIsOnForGoodOrHasAnEffect() throws Exception {
        ClientContext client = fixture().clientBuilder().build();
        ServerContext server = fixture().serverBuilder().build();
        for (TlsOption option : TlsOption.values()) {
            if (option.alwaysOn()) {
                assertTrue(client.options().contains(option), option.name());
                assertTrue(server.options().contains(option), option.name());
                assertTrue(client.toBuilder().options(option).build().options().contains(option));
                assertThrows(
                        IllegalArgumentException.class, () -> server.toBuilder().clearOptions(option), option.name());
            }
        }
        assertTrue(server.options().contains(TlsOption.CIPHER_SERVER_PREFERENCE));
        ClientContext preferring =
                client.toBuilder().options(TlsOption.CIPHER_SERVER_PREFERENCE).build();
        assertTrue(preferring.options().contains(TlsOption.CIPHER_SERVER_PREFERENCE));
        assertEquals(client.ciphers(), preferring.ciphers(), "it is for the server to choose");
        ServerContext.Builder lenient = server.toBuilder().clearOptions(TlsOption.CIPHER_SERVER_PREFERENCE);
        if (fixture().expected().has(Feature.CLIENT_CIPHER_PREFERENCE)) {
            assertFalse(lenient.build().options().contains(TlsOption.CIPHER_SERVER_PREFERENCE));
        } else {
            assertThrows(UnsupportedFeatureException.class, lenient::build);
        }
    }

    @Test
    default void rule13_2_excludedVersionsAreNotNegotiated() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            TlsVersion other = version == TlsVersion.TLS_1_2 ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
            ClientContext.Builder client = fixture().clientBuilder().options(TlsOption.excluding(other));
            assertEquals(version, client.build().minimumVersion());
            assertEquals(version, client.build().maximumVersion());
            try (BioPair pair = pair(client, fixture().serverBuilder())) {
                assertTrue(pair.handshake().completed());
                assertEquals(Optional.of(version), pair.server().version());
            }
            client.clearOptions(TlsOption.excluding(other));
            assertEquals(TlsVersion.TLS_1_3, client.build().maximumVersion());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture()
                        .serverBuilder()
                        .options(TlsOption.NO_TLS_V1_2, TlsOption.NO_TLS_V1_3)
                        .build());
    }

    @Test
    default void rule13_3_anUnexpectedEndIsIgnoredByThoseWhoSaySo() throws Exception {
        for (boolean ignores : new boolean[] {false, true}) {
            ClientContext.Builder client = fixture().clientBuilder();
            if (ignores) {
                client.options(TlsOption.IGNORE_UNEXPECTED_EOF);
            }
            try (BioPair pair = pair(client, fixture().serverBuilder())) {
                assertTrue(pair.handshake().completed());
                pair.carryAll();
                pair.toClient().writeEof();
                if (ignores) {
                    assertEquals(0, pair.client().read(10).length);
                } else {
                    assertThrows(TlsEofException.class, () -> pair.client().read(10));
                }
            }
        }
    }

    @Test
    default void rule13_4_tls13LooksLikeTls12ToMiddleboxes() throws Exception {
        try (BioPair pair = pair(
                fixture().clientBuilder().minimumVersion(TlsVersion.TLS_1_3),
                fixture().serverBuilder())) {
            assertThrows(TlsWantReadException.class, pair.client()::handshake);
            byte[] clientHello = pair.fromClient().read();
            assertEquals(32, clientHello[SESSION_ID], "a legacy_session_id is sent");
            pair.toServer().write(clientHello);
            assertThrows(TlsWantReadException.class, pair.server()::handshake);
            byte[] serverFlight = pair.fromServer().read();
            assertTrue(hasChangeCipherSpec(serverFlight), "the server sends a dummy change_cipher_spec");
            pair.toClient().write(serverFlight);
            pair.client().handshake();
            assertTrue(hasChangeCipherSpec(pair.fromClient().read()), "and so does the client");
        }
    }

    private static boolean hasChangeCipherSpec(byte[] records) {
        for (int at = 0; at + HEADER <= records.length; at += HEADER + uint16(records, at + 3)) {
            if (records[at] == CHANGE_CIPHER_SPEC) {
                return true;
            }
        }
        return false;
    }

    @Test
    default void rule13_5_nothingIsCompressedAndNoKeyIsUsedTwice() throws Exception {
        ClientContext client =
                fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2).build();
        ServerContext server = fixture().serverBuilder().build();
        Bytes[] keys = new Bytes[2];
        for (int i = 0; i < keys.length; i++) {
            try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                assertThrows(TlsWantReadException.class, pair.client()::handshake);
                byte[] hello = pair.fromClient().read();
                int suites = SESSION_ID + 1 + hello[SESSION_ID];
                int compression = suites + 2 + uint16(hello, suites);
                assertArrayEquals(
                        new byte[] {1, 0},
                        Arrays.copyOfRange(hello, compression, compression + 2),
                        "null is the only method of compression");
                pair.toServer().write(hello);
                assertThrows(TlsWantReadException.class, pair.server()::handshake);
                byte[] flight = pair.fromServer().read();
                keys[i] = ephemeralKey(flight);
                pair.toClient().write(flight);
                assertTrue(pair.handshake().completed());
                assertEquals(Optional.empty(), pair.client().compression());
            }
        }
        assertNotEquals(keys[0], keys[1], "each handshake has its own ephemeral key");
    }

    /** The body of the ServerKeyExchange that is in the clear in these records. */
    private static Bytes ephemeralKey(byte[] records) {
        byte[] messages = new byte[records.length];
        int size = 0;
        for (int at = 0; at < records.length; at += HEADER + uint16(records, at + 3)) {
            int length = uint16(records, at + 3);
            System.arraycopy(records, at + HEADER, messages, size, length);
            size += length;
        }
        int at = 0;
        while (messages[at] != SERVER_KEY_EXCHANGE) {
            at += 4 + uint16(messages, at + 2);
        }
        return Bytes.copyOf(messages, at + 4, at + 4 + uint16(messages, at + 2));
    }

    private static int uint16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    int HEADER = 5;
    int CHANGE_CIPHER_SPEC = 20;
    int SERVER_KEY_EXCHANGE = 12;
    /** Where a ClientHello in one record has the length of its session id: behind two headers, version and random. */
    int SESSION_ID = HEADER + 4 + 2 + 32;
}
