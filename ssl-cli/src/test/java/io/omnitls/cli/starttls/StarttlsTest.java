package io.omnitls.cli.starttls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class StarttlsTest {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 22, 47};
    private static final String LDAP_OK = "0\f\002\001\001x\007\n\001\000\004\000\004\000";

    /** What a server says, and after each line how many bytes it wants to hear. */
    private static List<String> accepting(Starttls protocol) {
        return switch (protocol) {
            case smtp ->
                List.of(
                        "220 mail\r\n",
                        "EHLO omnitls.invalid\r\n",
                        "250-mail\r\n250 STARTTLS\r\n",
                        "STARTTLS\r\n",
                        "220 go\r\n");
            case imap -> List.of("* OK imap\r\n", "a STARTTLS\r\n", "a OK begin\r\n");
            case pop3 -> List.of("+OK pop\r\n", "STLS\r\n", "+OK begin\r\n");
            case ftp -> List.of("220-ftp\r\n220 ready\r\n", "AUTH TLS\r\n", "234 go\r\n");
            case postgres -> List.of("", new String(SSL_REQUEST, StandardCharsets.ISO_8859_1), "S");
            case ldap -> List.of("", "0\035\002\001\001w\030\200\0261.3.6.1.4.1.1466.20037", LDAP_OK);
        };
    }

    private static List<String> refusing(Starttls protocol) {
        return switch (protocol) {
            case smtp -> List.of("554 no\r\n");
            case imap -> List.of("* OK imap\r\n", "a STARTTLS\r\n", "a BAD unknown\r\n");
            case pop3 -> List.of("+OK pop\r\n", "STLS\r\n", "-ERR no\r\n");
            case ftp -> List.of("220 ftp\r\n", "AUTH TLS\r\n", "500 what\r\n");
            case postgres -> List.of("", new String(SSL_REQUEST, StandardCharsets.ISO_8859_1), "N");
            case ldap ->
                List.of(
                        "",
                        "0\035\002\001\001w\030\200\0261.3.6.1.4.1.1466.20037",
                        LDAP_OK.replace("\n\001\000", "\n\001\002"));
        };
    }

    @ParameterizedTest
    @EnumSource(Starttls.class)
    void theDialogueEndsWhereTlsBegins(Starttls protocol) throws Exception {
        try (Peer peer = new Peer(accepting(protocol), "TLS")) {
            protocol.begin(peer.client, "host");
            assertEquals("TLS", new String(peer.client.getInputStream().readNBytes(3), StandardCharsets.US_ASCII));
            peer.await();
        }
    }

    @ParameterizedTest
    @EnumSource(Starttls.class)
    void aRefusalIsSaid(Starttls protocol) throws Exception {
        try (Peer peer = new Peer(refusing(protocol), "")) {
            IOException refusal = assertThrows(IOException.class, () -> protocol.begin(peer.client, "host"));
            assertTrue(refusal.getMessage().contains("does not go on with TLS in " + protocol), refusal.getMessage());
        }
    }

    @Test
    void anImapSessionThatIsAuthenticatedAlreadyIsNoneForTls() throws Exception {
        try (Peer peer = new Peer(List.of("* PREAUTH welcome\r\n"), "")) {
            IOException refusal = assertThrows(IOException.class, () -> Starttls.imap.begin(peer.client, "host"));
            assertTrue(refusal.getMessage().contains("'* PREAUTH welcome'"), refusal.getMessage());
        }
    }

    @Test
    void aServerThatHangsUpIsSaid() throws Exception {
        try (Peer peer = new Peer(List.of("220 "), "")) {
            assertThrows(IOException.class, () -> Starttls.smtp.begin(peer.client, "host"));
        }
    }

    /** A server that says one line, hears the next, and so on. */
    private static final class Peer implements AutoCloseable {
        final Socket client;
        private final ServerSocket listener;
        private final CompletableFuture<Void> script;

        Peer(List<String> lines, String last) throws IOException {
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            script = CompletableFuture.runAsync(() -> play(lines, last));
            client = new Socket(listener.getInetAddress(), listener.getLocalPort());
            client.setSoTimeout(20_000);
        }

        private void play(List<String> lines, String last) {
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(20_000);
                InputStream in = socket.getInputStream();
                for (int i = 0; i < lines.size(); i++) {
                    byte[] line = lines.get(i).getBytes(StandardCharsets.ISO_8859_1);
                    if (i % 2 == 0) {
                        socket.getOutputStream().write(line);
                    } else {
                        assertEquals(lines.get(i), new String(in.readNBytes(line.length), StandardCharsets.ISO_8859_1));
                    }
                }
                socket.getOutputStream().write(last.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void await() throws Exception {
            script.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            client.close();
            listener.close();
        }
    }
}
