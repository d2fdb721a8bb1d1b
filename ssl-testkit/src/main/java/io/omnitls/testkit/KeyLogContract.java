package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ContextBuilder;
import io.omnitls.KeyLog;
import io.omnitls.ServerContext;
import io.omnitls.TlsSession;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.net.Pcap;
import io.omnitls.testkit.net.Tshark;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 12: the key log. */
public interface KeyLogContract extends Contract {

    private boolean logs(TlsVersion version) {
        return fixture().expected().has(version == TlsVersion.TLS_1_3 ? Feature.KEY_LOG_TLS13 : Feature.KEY_LOG_TLS12);
    }

    private List<TlsVersion> logged() {
        return fixture().versions().stream().filter(this::logs).toList();
    }

    private ClientContext.Builder client(TlsVersion version) {
        return fixture().clientBuilder().minimumVersion(version).maximumVersion(version);
    }

    private ServerContext.Builder server(TlsVersion version) {
        return fixture().serverBuilder().minimumVersion(version).maximumVersion(version);
    }

    private static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    private static Set<String> labels(TlsVersion version) {
        return version == TlsVersion.TLS_1_3
                ? Set.of(
                        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                        "CLIENT_TRAFFIC_SECRET_0",
                        "SERVER_TRAFFIC_SECRET_0",
                        "EXPORTER_SECRET")
                : Set.of("CLIENT_RANDOM");
    }

    private static Set<String> labels(Set<String> lines) {
        return lines.stream().map(line -> line.substring(0, line.indexOf(' '))).collect(Collectors.toSet());
    }

    @Test
    default void rule12_1_bothEndsOfEveryConnectionWriteTheSameLines() throws Exception {
        for (TlsVersion version : logged()) {
            Queue<String> clientLines = new ConcurrentLinkedQueue<>();
            Queue<String> serverLines = new ConcurrentLinkedQueue<>();
            ClientContext client = client(version).keyLog(clientLines::add).build();
            ServerContext server = server(version).keyLog(serverLines::add).build();
            Optional<TlsSession> session = Optional.empty();
            for (int i = 0; i < 3; i++) {
                ConnectionOptions options = session.map(options()::resuming).orElseGet(KeyLogContract::options);
                try (BioPair pair = new BioPair(client, server, options, Segmentation.none())) {
                    BioPair.Outcome outcome = pair.handshake();
                    assertTrue(outcome.completed(), outcome::toString);
                    pair.send(pair.client(), pair.server(), new byte[] {1});
                    pair.send(pair.server(), pair.client(), new byte[] {1});
                    assertEquals(session.isPresent(), pair.client().info().sessionReused());
                    session = pair.client().session();
                }
                Set<String> lines = drained(clientLines);
                assertEquals(lines, drained(serverLines), version + ", connection " + i);
                assertEquals(labels(version), labels(lines), version + ", connection " + i);
                assertEquals(labels(version).size(), lines.size());
            }
        }
    }

    private static Set<String> drained(Queue<String> lines) {
        Set<String> drained = new TreeSet<>(lines);
        lines.clear();
        return drained;
    }

    @Test
    default void rule12_2_openSslWritesTheSameLines() throws Exception {
        TestIdentity identity = fixture().server(KeyKind.EC);
        for (TlsVersion version : logged()) {
            Path ours = Files.createTempFile("ours", ".keys");
            Path theirs = Files.createTempFile("theirs", ".keys");
            Path pem = Files.createTempFile("server", ".pem");
            Files.writeString(pem, identity.certificatePem() + identity.keyPem());
            try (OpenSslPeer.Server server = OpenSslPeer.server(
                    "-cert", pem.toString(), "-key", pem.toString(), "-rev", "-keylogfile", theirs.toString())) {
                ClientContext client = client(version).keyLogFile(ours).build();
                Optional<TlsSession> first = talk(client, server.port(), options());
                if (first.isPresent()) {
                    talk(client, server.port(), options().resuming(first.get()));
                }
            }
            assertEquals(lines(theirs), lines(ours), version + ": the client's");
            assertEquals(labels(version), labels(lines(ours)));
            Files.delete(ours);
            Files.delete(theirs);
            ServerContext context = server(version).keyLogFile(ours).build();
            assertEquals(Optional.of(ours), context.keyLogFile());
            try (Loopback server = new Loopback(
                            context, socket -> socket.getInputStream().read());
                    OpenSslPeer peer = OpenSslPeer.client(server.port(), "-keylogfile", theirs.toString())) {
                peer.type("x\n");
                server.await();
            }
            assertEquals(lines(theirs), lines(ours), version + ": the server's");
            Files.delete(pem);
            Files.delete(ours);
            Files.delete(theirs);
        }
    }

    /** Sends a line, which s_server returns reversed: by then its session tickets have come too. */
    private static Optional<TlsSession> talk(ClientContext client, int port, ConnectionOptions options)
            throws IOException {
        try (TlsSocket socket = client.wrap(new Socket(InetAddress.getLoopbackAddress(), port), options)) {
            socket.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            socket.getOutputStream().write(ascii("abc\n"));
            InputStream answer = socket.getInputStream();
            assertEquals('c', answer.read());
            assertEquals(options.session().isPresent(), socket.info().sessionReused());
            return socket.session();
        }
    }

    private static Set<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    default void rule12_3_whatCannotBeWrittenIsRefused() throws Exception {
        Path directory = Files.createTempDirectory("keys");
        for (TlsVersion version : fixture().versions()) {
            List<ContextBuilder<?>> builders = List.of(client(version), server(version));
            for (ContextBuilder<?> builder : builders) {
                if (logs(version)) {
                    TlsException failure = assertThrows(
                            TlsException.class,
                            () -> builder.keyLogFile(directory).build());
                    assertEquals(ErrorReason.SYSCALL, failure.reason());
                } else {
                    builder.keyLogFile(directory.resolve("keys"));
                    assertThrows(UnsupportedFeatureException.class, builder::build);
                    assertTrue(Files.notExists(directory.resolve("keys")));
                }
            }
        }
        Files.delete(directory);
        KeyLog broken = line -> {
            throw new IOException("the disk is full");
        };
        for (TlsVersion version : logged()) {
            ClientContext client = client(version).keyLog(broken).build();
            try (BioPair pair = new BioPair(client, server(version).build(), options(), Segmentation.none())) {
                TlsException failure = assertInstanceOf(
                        TlsException.class,
                        pair.handshake()
                                .client()
                                .orElseThrow(() -> new AssertionError("the handshake went on without its key log")));
                assertEquals(ErrorReason.CALLBACK_FAILED, failure.reason());
                assertTrue(pair.isOver(pair.server()), version + ": the server waits for a client that has gone");
            }
            ServerContext server = server(version).keyLog(broken).build();
            try (BioPair pair = new BioPair(client(version).build(), server, options(), Segmentation.none())) {
                assertEquals(
                        ErrorReason.CALLBACK_FAILED,
                        pair.handshake().server().orElseThrow().reason());
                assertTrue(pair.isOver(pair.client()), version + ": the client waits for a server that has gone");
            }
        }
    }

    @Test
    default void rule12_20_aKeyLogThatOthersCouldReadOrHaveChosenIsRefused(@TempDir Path directory) throws Exception {
        Path shared = Files.createFile(directory.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), shared);
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nothing"));
        for (TlsVersion version : logged()) {
            List<ContextBuilder<?>> builders = List.of(client(version), server(version));
            for (ContextBuilder<?> builder : builders) {
                for (Path file : List.of(shared, link, dangling)) {
                    TlsException failure = assertThrows(
                            TlsException.class, () -> builder.keyLogFile(file).build(), file::toString);
                    assertEquals(ErrorReason.SYSCALL, failure.reason());
                }
            }
            Path exchanged = directory.resolve("exchanged");
            ClientContext client = client(version).keyLogFile(exchanged).build();
            Files.delete(exchanged);
            Files.createSymbolicLink(exchanged, shared); // after the context was built
            try (BioPair pair = new BioPair(client, server(version).build(), options(), Segmentation.none())) {
                assertEquals(
                        ErrorReason.CALLBACK_FAILED,
                        pair.handshake().client().orElseThrow().reason());
            }
            Files.delete(exchanged);
        }
        assertEquals(0, Files.size(shared), "a secret was written for everybody");
        assertTrue(Files.notExists(directory.resolve("nothing")));
    }

    @Test
    default void rule12_4_tsharkReadsACaptureWithTheKeyLog(@TempDir Path directory) throws Exception {
        Path capture = directory.resolve("connection.pcap");
        Path keys = directory.resolve("keys");
        for (TlsVersion version : logged()) {
            ClientContext client = client(version).keyLogFile(keys).build();
            ServerContext server = server(version).build();
            Optional<TlsSession> session = Optional.empty();
            for (int i = 0; i < 2; i++) {
                String path = "/" + version.protocolName() + "/" + i;
                Pcap pcap = new Pcap();
                ConnectionOptions options = session.map(options()::resuming).orElseGet(KeyLogContract::options);
                try (BioPair pair = new BioPair(client, server, options, Segmentation.none())) {
                    pair.recordTo(pcap);
                    assertTrue(pair.handshake().completed());
                    pair.send(pair.client(), pair.server(), ascii("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
                    pair.send(pair.server(), pair.client(), ascii("HTTP/1.1 204 No Content\r\n\r\n"));
                    session = pair.client().session();
                }
                pcap.write(capture);
                String seen = Tshark.read(
                        capture,
                        "-o",
                        "tls.keylog_file:" + keys,
                        "-d",
                        "tls.port==443,http",
                        "-T",
                        "fields",
                        "-e",
                        "http.request.uri",
                        "-e",
                        "http.response.code");
                assertTrue(seen.contains(path), () -> path + " is not in " + seen);
                assertTrue(seen.contains("204"), () -> "204 is not in " + seen);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
