package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 7, for the letters that can be typed into {@code openssl s_client} and {@code s_server}. */
public interface OpenSslTypingContract extends Contract {
    /** A KeyUpdate that asks for one in return, and one that does not (RFC 8446 section 4.6.3). */
    List<String> KEY_UPDATES = List.of("K", "k");

    private static void send(TlsSocket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void requireLine(String line, TlsSocket socket) throws IOException {
        byte[] arrived = socket.getInputStream().readNBytes(line.length() + 1);
        assertEquals(line + "\n", new String(arrived, StandardCharsets.US_ASCII));
    }

    private TlsSocket connect(ClientContext context, int port) throws IOException {
        return Loopback.connect(port, context, ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
    }

    private OpenSslPeer.Server openSslServer(Path directory, String version) throws IOException {
        String pem = fixture().server(KeyKind.EC).write(directory, "server").toString();
        return OpenSslPeer.server("-cert", pem, version);
    }

    @Test
    default void rule7_8_dataFlowsOnAfterAKeyUpdateOfOpenSslsClient() throws Exception {
        ServerContext context = fixture().serverBuilder().build();
        for (String letter : KEY_UPDATES) {
            try (Loopback server = new Loopback(context, socket -> {
                        requireLine("first", socket);
                        send(socket, "answer 1");
                        requireLine("second", socket);
                        send(socket, "answer 2");
                        requireLine("third", socket);
                        send(socket, "answer 3");
                    });
                    OpenSslPeer client = OpenSslPeer.client(server.port(), "-tls1_3")) {
                client.type("first\n");
                client.awaitLine("answer 1");
                client.type(letter + "\n");
                client.awaitLine("KEYUPDATE"); // a letter that comes together with other lines is taken for data
                client.type("second\n");
                client.awaitLine("answer 2");
                client.type("third\n");
                client.awaitLine("answer 3");
                server.await();
            }
        }
    }

    @Test
    default void rule7_9_dataFlowsOnAfterAKeyUpdateOfOpenSslsServer(@TempDir Path directory) throws Exception {
        for (String letter : KEY_UPDATES) {
            try (OpenSslPeer.Server server = openSslServer(directory, "-tls1_3");
                    TlsSocket socket = connect(fixture().clientBuilder().build(), server.port())) {
                socket.handshake();
                server.peer().awaitLine("CIPHER is ");
                server.peer().type(letter + "\n");
                // It looks at what is typed before the connection: who has read the line has read the letter.
                send(socket, "first");
                server.peer().awaitLine("first");
                server.peer().type("answer 1\n");
                requireLine("answer 1", socket);
                send(socket, "second");
                server.peer().awaitLine("second");
                server.peer().type("answer 2\n");
                requireLine("answer 2", socket);
            }
        }
    }

    @Test
    default void rule7_10_aRenegotiationOfEitherOpenSslIsRefused(@TempDir Path directory) throws Exception {
        ServerContext context = fixture().serverBuilder().build();
        try (Loopback server = new Loopback(context, socket -> {
                    requireLine("first", socket);
                    send(socket, "answer 1");
                    requireRefusal(socket);
                });
                OpenSslPeer client = OpenSslPeer.client(server.port(), "-tls1_2", "-msg")) {
            client.type("first\n");
            client.awaitLine("answer 1");
            client.type("R\n");
            server.await();
            String output = client.awaitOutput(); // it ends, since it was answered or the connection was closed
            // RFC 5246 7.2.2: "This message is always a warning."
            assertFalse(output.contains("fatal no_renegotiation"), output);
        }
        try (OpenSslPeer.Server server = openSslServer(directory, "-tls1_2")) {
            ClientContext client =
                    fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2).build();
            try (TlsSocket socket = connect(client, server.port())) {
                socket.handshake();
                server.peer().awaitLine("CIPHER is ");
                server.peer().type("r\n");
                requireRefusal(socket);
            }
        }
    }

    private static void requireRefusal(TlsSocket socket) {
        TlsException failure =
                assertThrows(TlsException.class, () -> socket.getInputStream().read());
        assertEquals(ErrorReason.NO_RENEGOTIATION, failure.reason());
    }
}
