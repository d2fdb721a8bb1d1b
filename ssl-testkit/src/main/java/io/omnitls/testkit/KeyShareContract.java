package io.omnitls.testkit;

import static io.omnitls.testkit.HelloScenes.GROUPS;
import static io.omnitls.testkit.HelloScenes.KEY_SHARE;
import static io.omnitls.testkit.HelloScenes.entry;
import static io.omnitls.testkit.HelloScenes.groups;
import static io.omnitls.testkit.HelloScenes.hello;
import static io.omnitls.testkit.HelloScenes.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.wire.Records;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SPEC.md rules 6.30 to 6.32: a key share or a point that is none is refused the same way on every backend. */
public interface KeyShareContract extends Contract {
    private HelloScenes hellos() {
        return new HelloScenes(fixture());
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

    private List<NamedGroup> withoutHybrids() {
        return fixture().expected().groups().stream()
                .filter(group -> !group.name().contains("MLKEM"))
                .toList();
    }

    @Test
    default void rule6_30_aKeyShareThatIsNoneIsAnIllegalParameterAtTheServer() throws Exception {
        for (NamedGroup group : withoutHybrids()) {
            for (byte[] bad : badShares(group)) {
                hellos().assertServerRefuses(
                                TlsVersion.TLS_1_3,
                                hello -> hello.with(GROUPS, groups(group)).with(KEY_SHARE, list(entry(group, bad))),
                                AlertDescription.ILLEGAL_PARAMETER,
                                ErrorReason.BAD_ECPOINT,
                                ErrorReason.BAD_KEY_SHARE);
            }
        }
        byte[] good = entry(NamedGroup.X25519, Arrays.copyOf(new byte[] {9}, 32));
        for (byte[] shares : List.of(list(good, good), list(entry(NamedGroup.SECP256R1, new byte[65]), good))) {
            hellos().assertServerRefuses(
                            TlsVersion.TLS_1_3,
                            hello -> hello.with(GROUPS, groups(NamedGroup.X25519))
                                    .with(KEY_SHARE, shares),
                            AlertDescription.ILLEGAL_PARAMETER,
                            ErrorReason.BAD_KEY_SHARE);
        }
    }

    @Test
    default void rule6_31_aKeyShareThatIsNoneIsAnIllegalParameterAtTheClient() throws Exception {
        try (BioPair pair = hellos().pair(TlsVersion.TLS_1_3)) {
            assertTrue(pair.handshake().completed());
            NamedGroup group = pair.client().info().namedGroup().orElseThrow();
            if (group.name().contains("MLKEM")) {
                group = NamedGroup.X25519MLKEM768;
            }
            for (byte[] bad : group.equals(NamedGroup.X25519MLKEM768)
                    ? List.of(new byte[1], new byte[1120], new byte[1119], new byte[1216])
                    : badShares(group)) {
                byte[] share = entry(group, bad);
                hellos().assertClientRefuses(
                                TlsVersion.TLS_1_3,
                                hello -> hello.with(KEY_SHARE, share),
                                AlertDescription.ILLEGAL_PARAMETER,
                                ErrorReason.BAD_ECPOINT,
                                ErrorReason.BAD_KEY_SHARE);
            }
            byte[] neverOffered = entry(NamedGroup.of(0x1234), new byte[32]);
            hellos().assertClientRefuses(
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
            try (BioPair pair = hellos().pair(TlsVersion.TLS_1_2)) {
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
        try (BioPair pair = hellos().pair(TlsVersion.TLS_1_2)) {
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
}
