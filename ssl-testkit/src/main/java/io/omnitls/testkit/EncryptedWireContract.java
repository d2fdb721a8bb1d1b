package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.KeyLog;
import io.omnitls.ServerContext;
import io.omnitls.TlsBioConnection;
import io.omnitls.TlsProviders;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.spi.TlsProvider;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.wire.EditableHello;
import io.omnitls.testkit.wire.ForgedRecords;
import io.omnitls.testkit.wire.Records;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * SPEC.md rules 6.36, 6.37 and 6.41 for a peer that breaks them later: out of order in TLS 1.2, and behind the keys of TLS 1.3,
 * where one that can encrypt is no better than one that cannot.
 */
public interface EncryptedWireContract extends Contract {
    /** Two ends of which the test can play either. */
    final class Seen {
        final Map<String, byte[]> secrets = new ConcurrentHashMap<>();
        final BioPair pair;

        /** @param peer the provider of the other end, which tells its secrets */
        Seen(ProviderFixture fixture, boolean atServer, TlsProvider peer) throws TlsException {
            KeyLog log = line -> {
                String[] words = line.split(" ", -1);
                secrets.put(words[0], HexFormat.of().parseHex(words[2]));
            };
            ClientContext.Builder client = fixture.clientBuilder().minimumVersion(TlsVersion.TLS_1_3);
            ServerContext.Builder server = fixture.serverBuilder().minimumVersion(TlsVersion.TLS_1_3);
            if (atServer) {
                client.provider(peer).keyLog(log);
            } else {
                server.provider(peer).keyLog(log);
            }
            pair = new BioPair(client.build(), server.build(), TestAuthority.SERVER_NAME, Segmentation.none());
        }

        /** Completes the handshake; how many records the server has sent with the keys that data has. */
        int handshake() throws Exception {
            BioPair.step(pair.client());
            pair.toServer().write(pair.fromClient().read());
            BioPair.step(pair.server());
            pair.toClient().write(pair.fromServer().read());
            pair.client().handshake();
            pair.toServer().write(pair.fromClient().read());
            pair.server().handshake();
            byte[] tickets = pair.fromServer().read();
            pair.toClient().write(tickets);
            int records = 0;
            for (int at = 0; at < tickets.length; at += Records.HEADER + Records.length(tickets, at)) {
                records++;
            }
            return records;
        }

        ForgedRecords of(String label, int before) throws Exception {
            return of(label, pair.server().cipher().orElseThrow().id() & 0xffff, before);
        }

        ForgedRecords of(String label, int suite, int before) throws Exception {
            return new ForgedRecords(Objects.requireNonNull(secrets.get(label), label), suite, before);
        }
    }

    /** Who tells the secrets of a connection; nobody may be there. */
    private static Optional<TlsProvider> peer() {
        return TlsProviders.available().stream()
                .filter(provider -> provider.capabilities().has(Feature.KEY_LOG_TLS13))
                .findFirst();
    }

    private static byte[][] messagesOfOtherPlaces() {
        return new byte[][] {
            ForgedRecords.message(0),
            ForgedRecords.message(1, new byte[60]),
            ForgedRecords.message(2, new byte[60]),
            ForgedRecords.message(5),
            ForgedRecords.message(8, (byte) 0, (byte) 0),
            ForgedRecords.message(11, new byte[4]),
            ForgedRecords.message(13, new byte[3]),
            ForgedRecords.message(14),
            ForgedRecords.message(15, new byte[4]),
            ForgedRecords.message(20, new byte[32]),
            ForgedRecords.message(99),
        };
    }

    @Test
    default void rule6_41_handshakeMessagesAfterTheHandshakeAreNotWaitedFor() throws Exception {
        for (byte[] message : messagesOfOtherPlaces()) {
            assertEndsAfterHandshake(Records.HANDSHAKE, 0, message);
        }
        assertEndsAfterHandshake(Records.HANDSHAKE, 0, ForgedRecords.message(24)); // a KeyUpdate that says nothing
        assertEndsAfterHandshake(Records.HANDSHAKE, 0, new byte[] {24, 127, 0, 0, 0}); // and one of eight megabytes
    }

    @Test
    default void rule6_41_fatalAlertsBehindTheKeysAreThePeersWord() throws Exception {
        for (int code : new int[] {40, 80, 90, 199}) {
            TlsException failure = assertEndsAfterHandshake(Records.ALERT, 0, new byte[] {2, (byte) code});
            if (peer().isPresent()) {
                assertEquals(ErrorReason.ofReceivedAlert(code), failure.reason(), failure::toString);
                assertEquals(Optional.of(TlsAlert.received(code)), failure.alert(), failure::toString);
            }
        }
    }

    @Test
    default void rule6_37_paddingCountsForTheLengthOfARecord() throws Exception {
        assertEndsAfterHandshake(Records.APPLICATION_DATA, 1, new byte[1 << 14]);
        assertEndsAfterHandshake(Records.APPLICATION_DATA, 1 << 14, new byte[1]);
    }

    @Test
    default void rule6_41_whatCannotBeReadInTheHandshakeIsThePeersFault() throws Exception {
        for (int type : new int[] {0, 1, 2, 8, 11, 13, 15, 20, 25, 99}) {
            for (byte[] body : new byte[][] {{}, {0}, {0, 0, 0}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}}) {
                byte[] message = ForgedRecords.message(type, body);
                assertEndsHandshake(Records.HANDSHAKE, message);
                byte[] behindExtensions = Records.concat(ForgedRecords.message(8, (byte) 0, (byte) 0), message);
                assertEndsHandshake(Records.HANDSHAKE, behindExtensions);
            }
        }
        assertEndsHandshake(Records.HANDSHAKE, new byte[] {8, 127, 0, 0, 0});
        for (int code : new int[] {0, 42, 90, 199}) {
            assertEndsHandshake(Records.ALERT, new byte[] {(byte) (code == 0 ? 1 : 2), (byte) code});
        }
    }

    @Test
    default void rule6_41_aNameThatCannotBeReadIsThePeersFault() throws Exception {
        byte[] request = {0, 0, 19, 0, 13, 0, 4, 0, 2, 4, 3, 0, 47, 0, 7, 0, 5, 0, 3, 'x', 'y', 'z'};
        byte[] flight =
                Records.concat(ForgedRecords.message(8, (byte) 0, (byte) 0), ForgedRecords.message(13, request));
        assertEndsHandshake(Records.HANDSHAKE, flight);
    }

    /** A client refuses this as the server's first word behind its ServerHello. */
    private void assertEndsHandshake(int type, byte[] content) throws Exception {
        if (peer().isEmpty()) {
            return;
        }
        Seen seen = new Seen(fixture(), false, peer().get());
        try (BioPair pair = seen.pair) {
            BioPair.step(pair.client());
            pair.toServer().write(pair.fromClient().read());
            BioPair.step(pair.server());
            byte[] flight = pair.fromServer().read();
            byte[] hello = Arrays.copyOf(flight, Records.HEADER + Records.length(flight, 0));
            int suite = EditableHello.in(hello).cipherSuites.get(0);
            byte[] record = seen.of("SERVER_HANDSHAKE_TRAFFIC_SECRET", suite, 0).next(type, content);
            pair.toClient().write(Records.concat(hello, record));
            String what = "type " + type + " " + HexFormat.of().formatHex(content);
            TlsException failure = assertThrows(TlsException.class, pair.client()::handshake, what);
            if (failure instanceof TlsWantReadException) { // the beginning of something
                pair.toClient().writeEof();
                failure = assertThrows(TlsException.class, pair.client()::handshake, what);
            }
            assertNoFaultOfOurs(failure, what);
            pair.toServer().write(pair.fromClient().read());
            Optional<TlsException> told = BioPair.step(pair.server());
            assertNotEquals(Optional.of(ErrorReason.TLSV1_ALERT_INTERNAL_ERROR), told.map(TlsException::reason), what);
        }
    }

    @Test
    default void rule6_36_aServerOfTls12LeavesNothingOutAndSaysNothingTwice() throws Exception {
        // ServerHello, Certificate, ServerKeyExchange, ServerHelloDone
        for (List<Integer> order : List.of(
                List.of(0, 2, 3),
                List.of(0, 1, 3),
                List.of(0, 3),
                List.of(0, 2, 1, 3),
                List.of(0, 1, 1, 2, 3),
                List.of(0, 1, 2, 2, 3),
                List.of(0, 1, 2, 3, 3),
                List.of(1, 0, 2, 3),
                List.of(0, 0, 1, 2, 3))) {
            try (BioPair pair = tls12()) {
                BioPair.step(pair.client());
                pair.toServer().write(pair.fromClient().read());
                BioPair.step(pair.server());
                List<byte[]> messages = messages(pair.fromServer().read());
                assertEquals(4, messages.size());
                for (int index : order) {
                    pair.toClient().write(Records.of(Records.HANDSHAKE, messages.get(index)));
                }
                TlsException failure =
                        assertThrows(TlsException.class, pair.client()::handshake, () -> "order " + order);
                assertEquals(ErrorReason.UNEXPECTED_MESSAGE, failure.reason(), () -> order + ": " + failure);
                assertEquals(
                        Optional.of(TlsAlert.sent(AlertDescription.UNEXPECTED_MESSAGE)),
                        failure.alert(),
                        () -> order + ": " + failure);
            }
        }
    }

    @Test
    default void rule6_37_recordsOfTls12HaveTheVersionOfTheConnection() throws Exception {
        for (boolean atServer : new boolean[] {true, false}) {
            try (BioPair pair = tls12()) {
                assertTrue(pair.handshake().completed());
                pair.carryAll();
                (atServer ? pair.client() : pair.server()).write(new byte[1]);
                byte[] record = (atServer ? pair.fromClient() : pair.fromServer()).read();
                record[2] = 1;
                (atServer ? pair.toServer() : pair.toClient()).write(record);
                TlsBioConnection victim = atServer ? pair.server() : pair.client();
                TlsException failure = assertThrows(TlsException.class, () -> victim.read(1));
                assertEquals(ErrorReason.WRONG_VERSION_NUMBER, failure.reason(), failure::toString);
            }
        }
    }

    private BioPair tls12() throws TlsException {
        return new BioPair(
                fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2).build(),
                fixture().serverBuilder().build(),
                TestAuthority.SERVER_NAME,
                Segmentation.none());
    }

    /** The handshake messages of a flight in the clear. */
    private static List<byte[]> messages(byte[] flight) {
        byte[] stream = new byte[0];
        for (int at = 0; at < flight.length; at += Records.HEADER + Records.length(flight, at)) {
            int body = at + Records.HEADER;
            stream = Records.concat(stream, Arrays.copyOfRange(flight, body, body + Records.length(flight, at)));
        }
        List<byte[]> messages = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int end = at + 4 + ((stream[at + 1] & 0xff) << 16 | (stream[at + 2] & 0xff) << 8 | stream[at + 3] & 0xff);
            messages.add(Arrays.copyOfRange(stream, at, end));
            at = end;
        }
        return messages;
    }

    /** Both ends refuse this of a peer that has completed the handshake, and say so. */
    private TlsException assertEndsAfterHandshake(int type, int padding, byte[] content) throws Exception {
        TlsException last = new TlsException(ErrorReason.UNEXPECTED_MESSAGE, "nothing was forged");
        for (boolean atServer : peer().isPresent() ? new boolean[] {true, false} : new boolean[0]) {
            Seen seen = new Seen(fixture(), atServer, peer().get());
            try (BioPair pair = seen.pair) {
                int sent = seen.handshake();
                ForgedRecords forged =
                        atServer ? seen.of("CLIENT_TRAFFIC_SECRET_0", 0) : seen.of("SERVER_TRAFFIC_SECRET_0", sent);
                byte[] record = forged.next(type, padding, content);
                (atServer ? pair.toServer() : pair.toClient()).write(record);
                TlsBioConnection victim = atServer ? pair.server() : pair.client();
                String what = "type " + type + " " + (content.length > 0 ? content[0] : "-") + " at server " + atServer;
                last = assertThrows(TlsException.class, () -> victim.read(1), what);
                assertNoFaultOfOurs(last, what);
                boolean told = pair.isOver(atServer ? pair.client() : pair.server());
                // RFC 8446 section 6.2: nobody answers a fatal alert.
                assertTrue(told || type == Records.ALERT, what + ": the peer is told");
            }
        }
        return last;
    }

    private static void assertNoFaultOfOurs(TlsException failure, String what) {
        assertFalse(failure instanceof TlsWantReadException, () -> what + " is waited for: " + failure);
        assertNotEquals(ErrorReason.INTERNAL_ERROR, failure.reason(), () -> what + ": " + failure);
        assertNotEquals(
                Optional.of(TlsAlert.sent(AlertDescription.INTERNAL_ERROR)),
                failure.alert(),
                () -> what + ": " + failure);
    }
}
