package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ObservedMessage;
import io.omnitls.protocol.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;

/** What Python's {@code _msg_callback} saw of a connection, beside what our observer saw of it at the other end. */
final class PythonTrace {
    /** {@code SSL3_RT_HEADER}, OpenSSL's content type for the header of a record. */
    private static final int HEADER = 256;

    private static final int FINISHED = 20;

    /** One line of a trace, in the view of the end that sent it. */
    private record Line(boolean sent, int contentType, int messageType, String bytes) {
        static Line of(ObservedMessage message) {
            return new Line(
                    message.sent(),
                    message.encrypted() ? HEADER : message.contentType(),
                    message.encrypted() ? 0 : message.messageType().orElse(0),
                    hex(message.bytes()));
        }

        /** What Python writes: direction, content type, message type, bytes; mirrored, since it is the other end. */
        static Line ofPeer(String written) {
            String[] words = written.split(" ", -1);
            return new Line(words[0].equals("read"), Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]);
        }

        private static String hex(Bytes bytes) {
            StringBuilder hex = new StringBuilder();
            for (byte b : bytes.toByteArray()) {
                hex.append("%02x".formatted(b));
            }
            return hex.toString();
        }

        boolean is(int wantedType) {
            return contentType == wantedType;
        }
    }

    private static List<Line> lines(Queue<ObservedMessage> seen, boolean sent) {
        return seen.stream().map(Line::of).filter(line -> line.sent() == sent).toList();
    }

    private static List<Line> peerLines(Path file, boolean sent) throws IOException {
        return Files.readAllLines(file).stream()
                .map(Line::ofPeer)
                .filter(line -> line.sent() == sent)
                .toList();
    }

    /**
     * What of Python's trace crosses in the clear: of the handshake what comes before encryption, which in TLS 1.2 begins
     * with Finished and in TLS 1.3 behind the hellos.
     */
    private static List<Line> clear(List<Line> python, TlsVersion version) {
        if (version == TlsVersion.TLS_1_3) {
            return python.stream()
                    .filter(line -> line.is(22) && line.messageType() <= 2)
                    .toList();
        }
        return python.stream()
                .filter(line -> line.is(22) && line.messageType() != FINISHED)
                .toList();
    }

    /** The headers of encrypted records in Python's trace. */
    private static List<Line> encrypted(List<Line> python, TlsVersion version) {
        List<String> headers =
                python.stream().filter(line -> line.is(HEADER)).map(Line::bytes).toList();
        int changed = headers.indexOf("1403030001");
        return headers.stream()
                .skip(version == TlsVersion.TLS_1_3 ? 0 : changed + 1L)
                .filter(header -> version != TlsVersion.TLS_1_3 || header.startsWith("17"))
                .map(header -> new Line(true, HEADER, 0, header))
                .toList();
    }

    /** Holds what we saw of a connection to what Python wrote into this file. */
    static void requireSame(Queue<ObservedMessage> seen, Path python, TlsVersion version) throws IOException {
        for (boolean sent : new boolean[] {true, false}) {
            List<Line> ours = lines(seen, sent);
            List<Line> theirs = peerLines(python, sent);
            String what = version + ", " + (sent ? "sent" : "received") + " by us";
            List<Line> messages = ours.stream().filter(line -> line.is(22)).toList();
            assertEquals(clear(theirs, version), messages, what);
            assertFalse(messages.isEmpty(), what);
            List<String> headers = ours.stream()
                    .filter(line -> line.is(HEADER))
                    .map(Line::bytes)
                    .toList();
            List<String> peers =
                    encrypted(theirs, version).stream().map(Line::bytes).toList();
            // Whoever goes first may not have read the other's close_notify.
            int common = Math.min(headers.size(), peers.size());
            assertTrue(common >= 2, what + ": headers " + headers + " and " + peers);
            assertTrue(Math.abs(headers.size() - peers.size()) <= 1, what + ": headers " + headers + " and " + peers);
            assertEquals(peers.subList(0, common), headers.subList(0, common), what);
        }
    }

    private PythonTrace() {}
}
