package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsBioConnection;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.wire.EditableHello;
import io.omnitls.testkit.wire.Records;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md rules 6.30 to 6.41: what may not stand on the wire in the clear is refused the same way on every backend. */
public interface WireContract extends Contract {
    private BioPair pair(TlsVersion version) throws TlsException {
        return pair(fixture().clientBuilder().maximumVersion(version), fixture().serverBuilder());
    }

    private BioPair pair(ClientContext.Builder client, ServerContext.Builder server) throws TlsException {
        return new BioPair(client.build(), server.build(), TestAuthority.SERVER_NAME, Segmentation.none());
    }

    private static byte[] hello(BioPair pair) throws Exception {
        assertThrows(TlsWantReadException.class, pair.client()::handshake);
        return pair.fromClient().read();
    }

    private void assertServerRefuses(
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

    private void assertClientRefuses(
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

    /** Values that are wrong for a group: too short, padded, another form, off the curve, of small order. */
    private static List<byte[]> badShares(NamedGroup group) {
        int size = switch (group.name()) {
            case "x25519" -> 32;
            case "x448" -> 56;
            case "secp256r1" -> 65;
            case "secp384r1" -> 97;
            case "secp521r1" -> 133;
            default -> Integer.parseInt(group.name().substring("ffdhe".length())) / 8;
        };
        byte[] compressed = new byte[size / 2 + 1];
        compressed[0] = 2;
        byte[] offCurve = new byte[size];
        Arrays.fill(offCurve, (byte) 7);
        offCurve[0] = 4;
        byte[] hybrid = offCurve.clone();
        hybrid[0] = 6;
        byte[] one = new byte[size];
        one[group.name().startsWith("ffdhe") ? size - 1 : 0] = 1;
        List<byte[]> bad =
                List.of(new byte[1], new byte[size - 1], new byte[size], new byte[size + 1], one, compressed);
        return group.name().startsWith("secp")
                ? Stream.concat(bad.stream(), List.of(offCurve, hybrid).stream())
                        .toList()
                : bad;
    }

    private static byte[] entry(NamedGroup group, byte[] share) {
        return Records.concat(
                new byte[] {(byte) (group.id() >> 8), (byte) group.id(), (byte) (share.length >> 8), (byte) share.length
                },
                share);
    }

    private static byte[] list(byte[]... entries) {
        byte[] all = Records.concat(entries);
        return Records.concat(new byte[] {(byte) (all.length >> 8), (byte) all.length}, all);
    }

    private static byte[] groups(NamedGroup... groups) {
        byte[][] ids = Arrays.stream(groups)
                .map(group -> new byte[] {(byte) (group.id() >> 8), (byte) group.id()})
                .toArray(byte[][]::new);
        return list(ids);
    }

    private List<NamedGroup> groups() {
        return fixture().expected().groups().stream()
                .filter(group -> !group.name().contains("MLKEM"))
                .toList();
    }

    @Test
    default void rule6_30_aKeyShareThatIsNoneIsAnIllegalParameterAtTheServer() throws Exception {
        for (NamedGroup group : groups()) {
            for (byte[] bad : badShares(group)) {
                assertServerRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.with(GROUPS, groups(group)).with(KEY_SHARE, list(entry(group, bad))),
                        AlertDescription.ILLEGAL_PARAMETER,
                        ErrorReason.BAD_ECPOINT,
                        ErrorReason.BAD_KEY_SHARE);
            }
        }
        byte[] good = entry(NamedGroup.X25519, Arrays.copyOf(new byte[] {9}, 32));
        for (byte[] shares : List.of(list(good, good), list(entry(NamedGroup.SECP256R1, new byte[65]), good))) {
            assertServerRefuses(
                    TlsVersion.TLS_1_3,
                    hello -> hello.with(GROUPS, groups(NamedGroup.X25519)).with(KEY_SHARE, shares),
                    AlertDescription.ILLEGAL_PARAMETER,
                    ErrorReason.BAD_KEY_SHARE);
        }
    }

    @Test
    default void rule6_31_aKeyShareThatIsNoneIsAnIllegalParameterAtTheClient() throws Exception {
        try (BioPair pair = pair(TlsVersion.TLS_1_3)) {
            assertTrue(pair.handshake().completed());
            NamedGroup group = pair.client().info().namedGroup().orElseThrow();
            if (group.name().contains("MLKEM")) {
                group = NamedGroup.X25519MLKEM768;
            }
            for (byte[] bad : group.equals(NamedGroup.X25519MLKEM768)
                    ? List.of(new byte[1], new byte[1120], new byte[1119], new byte[1216])
                    : badShares(group)) {
                byte[] share = entry(group, bad);
                assertClientRefuses(
                        TlsVersion.TLS_1_3,
                        hello -> hello.with(KEY_SHARE, share),
                        AlertDescription.ILLEGAL_PARAMETER,
                        ErrorReason.BAD_ECPOINT,
                        ErrorReason.BAD_KEY_SHARE);
            }
            byte[] neverOffered = entry(NamedGroup.of(0x1234), new byte[32]);
            assertClientRefuses(
                    TlsVersion.TLS_1_3,
                    hello -> hello.with(KEY_SHARE, neverOffered),
                    AlertDescription.ILLEGAL_PARAMETER,
                    ErrorReason.BAD_KEY_SHARE);
        }
    }

    /** The curve's number and the point follow the four bytes of the message's header and the one of its curve_type. */
    @Test
    default void rule6_32_thePointsOfTls12AreJudgedToo() throws Exception {
        for (int change = 0; change < 3; change++) {
            try (BioPair pair = pair(TlsVersion.TLS_1_2)) {
                pair.toServer().write(hello(pair));
                assertThrows(TlsWantReadException.class, pair.server()::handshake);
                byte[] flight = pair.fromServer().read();
                int point = keyExchange(flight, 12) + 4 + 1 + 2 + 1;
                switch (change) {
                    case 0 -> flight[point - 2] = 0x16; // secp256k1, which nobody offered
                    case 1 -> Arrays.fill(flight, point, point + (flight[point - 1] & 0xff), (byte) 0);
                    default -> flight[point - 4] = 1; // an explicit curve
                }
                pair.toClient().write(flight);
                TlsException failure = assertThrows(TlsException.class, pair.client()::handshake);
                assertTrue(
                        List.of(ErrorReason.WRONG_CURVE, ErrorReason.BAD_ECPOINT, ErrorReason.BAD_KEY_SHARE)
                                .contains(failure.reason()),
                        failure::toString);
                assertEquals(Optional.of(TlsAlert.sent(AlertDescription.ILLEGAL_PARAMETER)), failure.alert());
            }
        }
        try (BioPair pair = pair(TlsVersion.TLS_1_2)) {
            pair.toServer().write(hello(pair));
            assertThrows(TlsWantReadException.class, pair.server()::handshake);
            pair.toClient().write(pair.fromServer().read());
            assertThrows(TlsWantReadException.class, pair.client()::handshake);
            byte[] flight = pair.fromClient().read();
            int point = keyExchange(flight, 16) + 4 + 1;
            Arrays.fill(flight, point, point + (flight[point - 1] & 0xff), (byte) 0);
            pair.toServer().write(flight);
            TlsException failure = assertThrows(TlsException.class, pair.server()::handshake);
            assertTrue(
                    List.of(ErrorReason.BAD_ECPOINT, ErrorReason.BAD_KEY_SHARE).contains(failure.reason()),
                    failure::toString);
            assertEquals(Optional.of(TlsAlert.sent(AlertDescription.ILLEGAL_PARAMETER)), failure.alert());
        }
    }

    /** Where the message of this type begins; messages may share a record. */
    private static int keyExchange(byte[] flight, int type) {
        for (int record = 0; record < flight.length; record += Records.HEADER + Records.length(flight, record)) {
            int end = record + Records.HEADER + Records.length(flight, record);
            for (int at = record + Records.HEADER; flight[record] == Records.HANDSHAKE && at < end; ) {
                if (flight[at] == type) {
                    return at;
                }
                at += 4 + ((flight[at + 1] & 0xff) << 16 | (flight[at + 2] & 0xff) << 8 | flight[at + 3] & 0xff);
            }
        }
        throw new AssertionError("no message " + type);
    }

    @Test
    default void rule6_33_aClientHelloIsHeldToTheRfcs() throws Exception {
        assertServerRefuses(
                TlsVersion.TLS_1_2,
                hello -> hello.cipherSuites.add(0x5600),
                AlertDescription.INAPPROPRIATE_FALLBACK,
                ErrorReason.INAPPROPRIATE_FALLBACK);
        assertServerRefuses(
                TlsVersion.TLS_1_2,
                hello -> hello.compressionMethods = new byte[] {1},
                AlertDescription.DECODE_ERROR,
                ErrorReason.NO_COMPRESSION_SPECIFIED);
        assertServerRefuses(
                TlsVersion.TLS_1_3,
                hello -> hello.compressionMethods = new byte[] {1},
                AlertDescription.ILLEGAL_PARAMETER,
                ErrorReason.NO_COMPRESSION_SPECIFIED);
        for (byte[] methods : List.of(new byte[] {1, 0}, new byte[] {0, 0})) {
            assertServerRefuses(
                    TlsVersion.TLS_1_3,
                    hello -> hello.compressionMethods = methods,
                    AlertDescription.ILLEGAL_PARAMETER,
                    ErrorReason.INVALID_COMPRESSION_ALGORITHM);
        }
        for (int version : new int[] {0x0300, 0x0200, 0}) {
            assertServerRefuses(
                    TlsVersion.TLS_1_3,
                    hello -> hello.legacyVersion = version,
                    AlertDescription.PROTOCOL_VERSION,
                    ErrorReason.BAD_LEGACY_VERSION);
        }
        Map<Integer, ErrorReason> missing = Map.of(
                GROUPS, ErrorReason.MISSING_SUPPORTED_GROUPS_EXTENSION,
                SIGNATURE_ALGORITHMS, ErrorReason.MISSING_SIGALGS_EXTENSION,
                KEY_SHARE, ErrorReason.NO_SUITABLE_KEY_SHARE);
        for (Map.Entry<Integer, ErrorReason> one : missing.entrySet()) {
            assertServerRefuses(
                    TlsVersion.TLS_1_3,
                    hello -> hello.without(one.getKey()),
                    AlertDescription.MISSING_EXTENSION,
                    one.getValue());
        }
        assertServerRefuses(
                TlsVersion.TLS_1_3,
                hello -> hello.without(PSK_MODES).with(PRE_SHARED_KEY, psk()),
                AlertDescription.MISSING_EXTENSION,
                ErrorReason.MISSING_PSK_KEX_MODES_EXTENSION);
        assertServerRefuses(
                TlsVersion.TLS_1_3,
                hello -> hello.extensions.add(EditableHello.Extension.of(GROUPS, hello.extension(GROUPS))),
                AlertDescription.ILLEGAL_PARAMETER,
                ErrorReason.BAD_EXTENSION);
        assertServerRefuses(
                TlsVersion.TLS_1_3,
                hello -> hello.with(MAX_FRAGMENT_LENGTH, (byte) 9),
                AlertDescription.ILLEGAL_PARAMETER,
                ErrorReason.SSL3_EXT_INVALID_MAX_FRAGMENT_LENGTH);
        assertServerRefuses(
                TlsVersion.TLS_1_2,
                hello -> hello.with(EC_POINT_FORMATS, (byte) 5, (byte) 0),
                AlertDescription.DECODE_ERROR,
                ErrorReason.BAD_EXTENSION);
        for (byte[] modes : List.of(new byte[0], new byte[1], new byte[] {1, 1, 1})) {
            assertServerRefuses(
                    TlsVersion.TLS_1_3,
                    hello -> hello.with(PSK_MODES, modes),
                    AlertDescription.DECODE_ERROR,
                    ErrorReason.BAD_EXTENSION);
        }
        assertServerRefuses(
                TlsVersion.TLS_1_3,
                hello -> hello.with(EARLY_DATA, (byte) 1),
                AlertDescription.DECODE_ERROR,
                ErrorReason.BAD_EXTENSION);
        try (BioPair pair = pair(TlsVersion.TLS_1_3)) {
            pair.toServer()
                    .write(EditableHello.in(hello(pair))
                            .with(EC_POINT_FORMATS, (byte) 5, (byte) 0)
                            .record());
            TlsException outcome = assertThrows(TlsException.class, pair.server()::handshake);
            // They mean nothing in TLS 1.3. BC-FIPS reads them before it knows the version.
            assertTrue(
                    List.of(ErrorReason.WANT_READ, ErrorReason.DECODE_ERROR).contains(outcome.reason()),
                    outcome::toString);
        }
    }

    private static byte[] psk() {
        byte[] identity = Records.concat(new byte[] {0, 9, 0, 3, 1, 2, 3}, new byte[4]);
        return Records.concat(identity, new byte[] {0, 33, 32}, new byte[32]);
    }

    @Test
    default void rule6_34_aServerHelloIsHeldToWhatWasOffered() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            assertClientRefuses(
                    version,
                    hello -> hello.cipherSuites.set(0, 0x00ff),
                    AlertDescription.ILLEGAL_PARAMETER,
                    ErrorReason.WRONG_CIPHER_RETURNED);
            assertClientRefuses(
                    version,
                    hello -> hello.cipherSuites.set(0, 0x1305),
                    AlertDescription.ILLEGAL_PARAMETER,
                    ErrorReason.WRONG_CIPHER_RETURNED);
            assertClientRefuses(
                    version,
                    hello -> hello.compressionMethods = new byte[] {1},
                    AlertDescription.ILLEGAL_PARAMETER,
                    ErrorReason.UNSUPPORTED_COMPRESSION_ALGORITHM);
            assertClientRefuses(
                    version,
                    hello -> hello.with(0x7777),
                    AlertDescription.UNSUPPORTED_EXTENSION,
                    ErrorReason.UNSOLICITED_EXTENSION);
            assertClientRefuses(
                    version,
                    hello -> hello.with(SIGNATURE_ALGORITHMS, (byte) 0, (byte) 2, (byte) 4, (byte) 3),
                    AlertDescription.ILLEGAL_PARAMETER,
                    ErrorReason.BAD_EXTENSION);
        }
        assertClientRefuses(
                TlsVersion.TLS_1_3,
                hello -> hello.sessionId = new byte[] {1},
                AlertDescription.ILLEGAL_PARAMETER,
                ErrorReason.INVALID_SESSION_ID);
        assertClientRefuses(
                TlsVersion.TLS_1_3,
                hello -> hello.with(SUPPORTED_VERSIONS, (byte) 3, (byte) 3),
                AlertDescription.ILLEGAL_PARAMETER,
                ErrorReason.BAD_PROTOCOL_VERSION_NUMBER);
        assertClientRefuses(
                TlsVersion.TLS_1_3,
                hello -> hello.legacyVersion = 0x0300,
                AlertDescription.PROTOCOL_VERSION,
                ErrorReason.BAD_PROTOCOL_VERSION_NUMBER);
        assertClientRefuses(
                TlsVersion.TLS_1_3,
                hello -> hello.without(KEY_SHARE),
                AlertDescription.MISSING_EXTENSION,
                ErrorReason.NO_SUITABLE_KEY_SHARE);
        assertClientRefuses(
                TlsVersion.TLS_1_3,
                hello -> {
                    hello.without(KEY_SHARE).without(SUPPORTED_VERSIONS);
                    hello.cipherSuites.set(0, 0xc02b);
                    System.arraycopy(new byte[] {'D', 'O', 'W', 'N', 'G', 'R', 'D', 1}, 0, hello.random, 24, 8);
                },
                AlertDescription.ILLEGAL_PARAMETER,
                ErrorReason.INAPPROPRIATE_FALLBACK);
    }

    @Property(tries = 12)
    default void rule2_2_aServerPassesOverProtocolsThatAreNoText(@ForAll Random random) throws Exception {
        byte[] noText = new byte[1 + random.nextInt(255)];
        random.nextBytes(noText);
        byte[] names = list(
                new byte[] {2, (byte) 0xfa, (byte) 0xfa}, // GREASE (RFC 8701)
                new byte[] {(byte) noText.length},
                noText,
                new byte[] {2, 'h', '2'});
        for (TlsVersion version : fixture().versions()) {
            ServerContext.Builder server = fixture().serverBuilder().alpnProtocols("h2");
            try (BioPair pair = pair(fixture().clientBuilder().maximumVersion(version), server)) {
                pair.toServer()
                        .write(EditableHello.in(hello(pair)).with(ALPN, names).record());
                assertThrows(TlsWantReadException.class, pair.server()::handshake, version::toString);
            }
        }
    }

    /** Makes the server send a HelloRetryRequest, and returns the hello that it did that for. */
    private static EditableHello retry(BioPair pair) throws Exception {
        EditableHello hello = EditableHello.in(hello(pair))
                .with(GROUPS, groups(NamedGroup.of(0x0a0a), NamedGroup.SECP256R1))
                .with(KEY_SHARE, list());
        pair.toServer().write(hello.record());
        assertThrows(TlsWantReadException.class, pair.server()::handshake);
        EditableHello retry = EditableHello.in(pair.fromServer().read());
        retry.extensions.stream()
                .filter(extension -> extension.type() == COOKIE)
                .forEach(cookie -> hello.with(COOKIE, cookie.data().toByteArray()));
        return hello;
    }

    @Test
    default void rule6_35_aSecondClientHelloChangesNothingButWhatItMay() throws Exception {
        byte[] share = entry(NamedGroup.SECP256R1, GENERATOR);
        assertSecondRefused(share, ErrorReason.BAD_DATA, hello -> hello.random[3] ^= 1);
        assertSecondRefused(share, ErrorReason.INVALID_SESSION_ID, hello -> hello.sessionId = new byte[32]);
        assertSecondRefused(share, ErrorReason.BAD_CIPHER, hello -> hello.cipherSuites.add(0x1303));
        assertSecondRefused(share, ErrorReason.BAD_LEGACY_VERSION, hello -> hello.legacyVersion = 0x0302);
        assertSecondRefused(share, ErrorReason.BAD_EXTENSION, hello -> hello.with(0x7777));
        assertSecondRefused(
                share, ErrorReason.BAD_EXTENSION, hello -> hello.with(SIGNATURE_ALGORITHMS, new byte[] {0, 2, 4, 3}));
        assertSecondRefused(share, ErrorReason.BAD_EXTENSION, hello -> hello.with(EARLY_DATA));
        assertSecondRefused(share, ErrorReason.COOKIE_MISMATCH, hello -> hello.with(COOKIE, new byte[] {0, 1, 1}));
        assertSecondRefused(share, ErrorReason.BAD_KEY_SHARE, hello -> hello.with(KEY_SHARE, list()));
        assertSecondRefused(
                share,
                ErrorReason.BAD_ECPOINT,
                hello -> hello.with(KEY_SHARE, list(entry(NamedGroup.SECP256R1, new byte[65]))));
    }

    private void assertSecondRefused(byte[] share, ErrorReason reason, Consumer<EditableHello> change)
            throws Exception {
        try (BioPair pair = pair(TlsVersion.TLS_1_3)) {
            EditableHello hello = retry(pair).with(KEY_SHARE, list(share));
            change.accept(hello);
            pair.toServer().write(hello.record());
            TlsException failure = assertThrows(TlsException.class, pair.server()::handshake);
            assertEquals(reason, failure.reason(), failure::toString);
            assertEquals(Optional.of(TlsAlert.sent(AlertDescription.ILLEGAL_PARAMETER)), failure.alert());
        }
    }

    private void assertServerRefusesAfterHello(
            TlsVersion version, byte[] records, AlertDescription alert, ErrorReason... reasons) throws Exception {
        try (BioPair pair = pair(version)) {
            pair.toServer().write(hello(pair));
            pair.toServer().write(records);
            TlsException failure = assertThrows(TlsException.class, pair.server()::handshake);
            assertTrue(List.of(reasons).contains(failure.reason()), failure::toString);
            pair.carryAll();
            TlsException heard = assertThrows(TlsException.class, () -> {
                pair.client().handshake();
                pair.client().read(1);
            });
            assertTrue(
                    heard.reason() == ErrorReason.ofReceivedAlert(alert.code())
                            || version == TlsVersion.TLS_1_3, // encrypted: it is the backend's to choose
                    heard::toString);
        }
    }

    @Test
    default void rule6_36_recordsThatHaveNoPlaceEndTheHandshake() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (int type : new int[] {0, 19, 24, 25, 99, 255}) {
                assertServerRefusesAfterHello(
                        version,
                        Records.of(type, (byte) 1),
                        AlertDescription.UNEXPECTED_MESSAGE,
                        ErrorReason.UNEXPECTED_RECORD);
            }
            assertServerRefusesAfterHello(
                    version,
                    Records.of(Records.HANDSHAKE),
                    AlertDescription.UNEXPECTED_MESSAGE,
                    ErrorReason.UNEXPECTED_MESSAGE,
                    ErrorReason.BAD_RECORD_TYPE);
            assertServerRefusesAfterHello(
                    version, Records.of(Records.ALERT), AlertDescription.UNEXPECTED_MESSAGE, ErrorReason.INVALID_ALERT);
            assertServerRefusesAfterHello(
                    version,
                    Records.of(Records.ALERT, (byte) 3, (byte) 40),
                    AlertDescription.ILLEGAL_PARAMETER,
                    ErrorReason.UNKNOWN_ALERT_TYPE);
            assertServerRefusesAfterHello(
                    version,
                    Records.repeat(Records.of(Records.ALERT, (byte) 1, (byte) 90), 100),
                    AlertDescription.UNEXPECTED_MESSAGE,
                    ErrorReason.TOO_MANY_WARN_ALERTS);
            assertServerRefusesAfterHello(
                    version,
                    Records.repeat(Records.of(Records.CHANGE_CIPHER_SPEC, (byte) 1), 100),
                    AlertDescription.UNEXPECTED_MESSAGE,
                    ErrorReason.UNEXPECTED_CCS_MESSAGE,
                    ErrorReason.CCS_RECEIVED_EARLY);
            assertServerRefusesAfterHello(
                    version,
                    Records.of(Records.CHANGE_CIPHER_SPEC, (byte) 2),
                    AlertDescription.UNEXPECTED_MESSAGE,
                    ErrorReason.INVALID_CCS_MESSAGE,
                    ErrorReason.CCS_RECEIVED_EARLY);
            assertServerRefusesAfterHello(
                    version,
                    Records.of(Records.ALERT, new byte[(1 << 14) + 1]),
                    AlertDescription.RECORD_OVERFLOW,
                    ErrorReason.DATA_LENGTH_TOO_LONG);
        }
        assertServerRefusesAfterHello(
                TlsVersion.TLS_1_3,
                Records.of(Records.APPLICATION_DATA, new byte[(1 << 14) + 257]),
                AlertDescription.RECORD_OVERFLOW,
                ErrorReason.ENCRYPTED_LENGTH_TOO_LONG);
    }

    @Test
    default void rule6_37_whatComesAfterTheHandshakeIsEncrypted() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (byte[] record : List.of(
                    Records.of(Records.CHANGE_CIPHER_SPEC, (byte) 1),
                    Records.of(99, (byte) 1),
                    Records.of(Records.APPLICATION_DATA, new byte[(1 << 14) + 2049]))) {
                assertRefusedAfterHandshake(version, record);
            }
        }
        assertRefusedAfterHandshake(
                TlsVersion.TLS_1_3, Records.of(Records.APPLICATION_DATA, new byte[(1 << 14) + 257]));
        assertRefusedAfterHandshake(TlsVersion.TLS_1_3, Records.of(Records.ALERT, (byte) 2, (byte) 40));
    }

    private void assertRefusedAfterHandshake(TlsVersion version, byte[] record) throws Exception {
        for (boolean atServer : new boolean[] {true, false}) {
            try (BioPair pair = pair(version)) {
                assertTrue(pair.handshake().completed());
                TlsBioConnection refusing = atServer ? pair.server() : pair.client();
                pair.carryAll();
                (atServer ? pair.toServer() : pair.toClient()).write(record);
                TlsException failure = assertThrows(TlsException.class, () -> refusing.read(1));
                assertTrue(
                        List.of(
                                        ErrorReason.BAD_RECORD_TYPE,
                                        ErrorReason.CCS_RECEIVED_EARLY,
                                        ErrorReason.UNEXPECTED_RECORD,
                                        ErrorReason.PACKET_LENGTH_TOO_LONG,
                                        ErrorReason.ENCRYPTED_LENGTH_TOO_LONG)
                                .contains(failure.reason()),
                        failure::toString);
                assertTrue(pair.isOver(atServer ? pair.client() : pair.server()), "the peer is told");
            }
        }
    }

    @Test
    default void rule6_38_earlyDataThatNobodyAskedForIsSkippedWithinABound() throws Exception {
        byte[] dummy = Records.of(Records.CHANGE_CIPHER_SPEC, (byte) 1);
        byte[] early = Records.of(Records.APPLICATION_DATA, new byte[4000]);
        for (int records : new int[] {1, 3, 4, 5, 40}) {
            try (BioPair pair = pair(TlsVersion.TLS_1_3)) {
                EditableHello hello = EditableHello.in(hello(pair)).with(EARLY_DATA);
                pair.toServer().write(Records.concat(hello.record(), dummy, Records.repeat(early, records)));
                TlsException outcome = assertThrows(TlsException.class, pair.server()::handshake);
                assertEquals(
                        records <= 4 ? ErrorReason.WANT_READ : ErrorReason.TOO_MUCH_SKIPPED_EARLY_DATA,
                        outcome.reason(),
                        outcome::toString);
            }
        }
    }

    @Test
    default void rule6_38_aClientWithEarlyDataForSomebodyElseIsServed(@TempDir Path directory) throws Exception {
        Path session = directory.resolve("session");
        String pem = fixture()
                .authority()
                .server(KeyKind.EC)
                .write(directory, "server")
                .toString();
        try (OpenSslPeer.Server other =
                        OpenSslPeer.server("-cert", pem, "-tls1_3", "-rev", "-max_early_data", "20000");
                OpenSslPeer client = OpenSslPeer.client(other.port(), "-tls1_3", "-sess_out", session.toString())) {
            client.type("abc\n");
            client.awaitLine("cba");
            client.endInput();
            client.awaitOutput();
        }
        for (VerifyMode mode : List.of(VerifyMode.NONE, VerifyMode.OPTIONAL)) {
            ServerContext server = fixture()
                    .serverBuilder()
                    .verifyMode(mode)
                    .verifyLocations(fixture().authority().trust())
                    .build();
            for (int size : new int[] {1, 32, 36, 48, 52, 16_000}) { // the length of a Finished message among them
                Path early = Files.write(directory.resolve("early"), new byte[size]);
                try (Loopback loopback = new Loopback(server, socket -> {
                            assertEquals('x', socket.getInputStream().read());
                            socket.getOutputStream().write("served\n".getBytes(StandardCharsets.US_ASCII));
                        });
                        ServerSocket between = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                        OpenSslPeer client = OpenSslPeer.client(
                                between.getLocalPort(),
                                "-tls1_3",
                                "-sess_in",
                                session.toString(),
                                "-early_data",
                                early.toString());
                        Socket here = between.accept();
                        Socket there = loopback.connectPlain()) {
                    here.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                    there.getOutputStream().write(helloWithEarlyData(here, size));
                    BackgroundTask<Long> up =
                            BackgroundTask.of(() -> here.getInputStream().transferTo(there.getOutputStream()));
                    BackgroundTask<Long> down =
                            BackgroundTask.of(() -> there.getInputStream().transferTo(here.getOutputStream()));
                    client.awaitLine("Early data was rejected");
                    client.type("x\n");
                    loopback.await();
                    down.get();
                    here.shutdownOutput();
                    String output = client.awaitOutput();
                    assertTrue(output.contains("served"), output); // maybe in the midst of a ticket that is printed
                    up.get();
                }
            }
        }
    }

    /** What a client sends before it has an answer: all of it, so that it is there before the answer. */
    private static byte[] helloWithEarlyData(Socket socket, int early) throws IOException {
        DataInputStream client = new DataInputStream(socket.getInputStream());
        byte[] sent = new byte[0];
        for (int left = early; left > 0; ) {
            byte[] record = record(client);
            sent = Records.concat(sent, record);
            left -= record[0] == Records.APPLICATION_DATA ? record.length - Records.HEADER - 17 : 0;
        }
        return sent;
    }

    private static byte[] record(DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(Records.HEADER);
        return Records.concat(header, in.readNBytes(Records.length(header, 0)));
    }

    @Test
    default void rule6_39_aClientHelloHasUpTo16KiBInAnyRecords() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (int record : new int[] {1 << 14, 1}) {
                try (BioPair pair = pair(version)) {
                    byte[] message = padded(EditableHello.in(hello(pair)), 1 << 14);
                    pair.toServer().write(Records.split(Records.HANDSHAKE, message, record));
                    assertThrows(TlsWantReadException.class, pair.server()::handshake);
                    byte[] answer = pair.fromServer().read();
                    assertEquals(Records.HANDSHAKE, answer[0], "the server answers");
                }
            }
            try (BioPair pair = pair(version)) {
                byte[] message = padded(EditableHello.in(hello(pair)), (1 << 14) + 1);
                pair.toServer().write(Records.split(Records.HANDSHAKE, message, 1 << 14));
                TlsException failure = assertThrows(TlsException.class, pair.server()::handshake);
                assertEquals(ErrorReason.EXCESSIVE_MESSAGE_SIZE, failure.reason());
                assertEquals(Optional.of(TlsAlert.sent(AlertDescription.ILLEGAL_PARAMETER)), failure.alert());
            }
        }
    }

    private static byte[] padded(EditableHello hello, int body) {
        int have = hello.without(PADDING).message().length - 4;
        return hello.with(PADDING, new byte[body - have - 4]).message();
    }

    @Test
    default void rule6_40_handshakesInRecordsOfAnySizeAreCompleted() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (int size : new int[] {1, 7}) {
                try (BioPair pair = pair(version)) {
                    pair.toServer()
                            .write(Records.split(
                                    Records.HANDSHAKE,
                                    EditableHello.in(hello(pair)).message(),
                                    size));
                    assertThrows(TlsWantReadException.class, pair.server()::handshake);
                    pair.toClient().write(recut(pair.fromServer().read(), size));
                    BioPair.Outcome outcome = pair.handshake();
                    assertTrue(outcome.completed(), outcome::toString);
                }
            }
        }
    }

    /** The same flight with its handshake records cut to pieces. */
    private static byte[] recut(byte[] flight, int size) {
        byte[] recut = new byte[0];
        for (int at = 0; at < flight.length; ) {
            int end = at + Records.HEADER + Records.length(flight, at);
            byte[] record = Arrays.copyOfRange(flight, at, end);
            recut = Records.concat(
                    recut,
                    record[0] == Records.HANDSHAKE
                            ? Records.split(
                                    Records.HANDSHAKE, Arrays.copyOfRange(record, Records.HEADER, record.length), size)
                            : record);
            at = end;
        }
        return recut;
    }

    @Property(tries = 250)
    default void rule6_41_whateverAPeerSendsIsNoInternalError(@ForAll Random random) throws Exception {
        TlsVersion version =
                fixture().versions().get(random.nextInt(fixture().versions().size()));
        try (BioPair pair = pair(version)) {
            int spoilt = random.nextInt(4); // which flight
            byte[] flight = hello(pair);
            pair.toServer().write(spoilt == 0 ? Spoiler.spoil(flight, random) : flight);
            Optional<TlsException> failure = BioPair.step(pair.server());
            byte[] answer = pair.fromServer().read();
            pair.toClient().write(spoilt == 1 ? Spoiler.spoil(answer, random) : answer);
            failure = failure.or(() -> BioPair.step(pair.client()));
            byte[] second = pair.fromClient().read();
            pair.toServer().write(spoilt == 2 ? Spoiler.spoil(second, random) : second);
            failure = failure.or(() -> BioPair.step(pair.server()));
            byte[] last = pair.fromServer().read();
            pair.toClient().write(spoilt == 3 ? Spoiler.spoil(last, random) : last);
            failure = failure.or(() -> BioPair.step(pair.client()));
            pair.carryAll();
            List<Optional<TlsException>> ends =
                    List.of(failure, BioPair.step(pair.client()), BioPair.step(pair.server()));
            for (Optional<TlsException> end : ends) {
                assertTrue(
                        end.isEmpty()
                                || end.get().reason() != ErrorReason.INTERNAL_ERROR
                                        && end.get().reason() != ErrorReason.TLSV1_ALERT_INTERNAL_ERROR,
                        () -> "flight " + spoilt + " of " + version + ": " + ends);
            }
        }
    }

    @Test
    default void rule6_41_noExtensionThatIsMissingOrEmptyIsAnInternalError() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            int extensions;
            try (BioPair pair = pair(version)) {
                extensions = EditableHello.in(hello(pair)).extensions.size();
            }
            for (int i = 0; i < extensions; i++) {
                for (boolean empty : new boolean[] {false, true}) {
                    try (BioPair pair = pair(version)) {
                        EditableHello hello = EditableHello.in(hello(pair));
                        int type = hello.extensions.remove(i).type();
                        if (empty) {
                            hello.with(type, new byte[0]);
                        }
                        pair.toServer().write(hello.record());
                        Optional<TlsException> failure = BioPair.step(pair.server());
                        byte[] sent = pair.fromServer().read();
                        String which = version + ", extension " + type + (empty ? " empty: " : " missing: ") + failure;
                        assertTrue(failure.isEmpty() || failure.get().reason() != ErrorReason.INTERNAL_ERROR, which);
                        if (failure.isPresent()) {
                            assertNotEquals(
                                    AlertDescription.INTERNAL_ERROR.code(), sent[sent.length - 1], "alert of " + which);
                        }
                    }
                }
            }
        }
    }

    int MAX_FRAGMENT_LENGTH = 1;
    int GROUPS = 10;
    int EC_POINT_FORMATS = 11;
    int SIGNATURE_ALGORITHMS = 13;
    int ALPN = 16;
    int PADDING = 21;
    int PRE_SHARED_KEY = 41;
    int EARLY_DATA = 42;
    int SUPPORTED_VERSIONS = 43;
    int COOKIE = 44;
    int PSK_MODES = 45;
    int KEY_SHARE = 51;

    /** That of P-256 (SEC 2 section 2.4.2): a point that will do. */
    byte[] GENERATOR = HexFormat.of()
            .parseHex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
}
