package io.omnitls.testkit;

import static io.omnitls.testkit.HelloScenes.EARLY_DATA;
import static io.omnitls.testkit.HelloScenes.PADDING;
import static io.omnitls.testkit.HelloScenes.hello;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ServerContext;
import io.omnitls.TlsBioConnection;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.KeyKind;
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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md rules 6.36 to 6.41: records that may not stand on the wire in the clear are refused the same way on every backend. */
public interface WireContract extends Contract {
    private HelloScenes hellos() {
        return new HelloScenes(fixture());
    }

    private void assertServerRefusesAfterHello(
            TlsVersion version, byte[] records, AlertDescription alert, ErrorReason... reasons) throws Exception {
        try (BioPair pair = hellos().pair(version)) {
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
            try (BioPair pair = hellos().pair(version)) {
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
            try (BioPair pair = hellos().pair(TlsVersion.TLS_1_3)) {
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
                try (BioPair pair = hellos().pair(version)) {
                    byte[] message = padded(EditableHello.in(hello(pair)), 1 << 14);
                    pair.toServer().write(Records.split(Records.HANDSHAKE, message, record));
                    assertThrows(TlsWantReadException.class, pair.server()::handshake);
                    byte[] answer = pair.fromServer().read();
                    assertEquals(Records.HANDSHAKE, answer[0], "the server answers");
                }
            }
            try (BioPair pair = hellos().pair(version)) {
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
                try (BioPair pair = hellos().pair(version)) {
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
        try (BioPair pair = hellos().pair(version)) {
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
            try (BioPair pair = hellos().pair(version)) {
                extensions = EditableHello.in(hello(pair)).extensions.size();
            }
            for (int i = 0; i < extensions; i++) {
                for (boolean empty : new boolean[] {false, true}) {
                    try (BioPair pair = hellos().pair(version)) {
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
}
