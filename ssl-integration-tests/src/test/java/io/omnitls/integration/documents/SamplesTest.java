package io.omnitls.integration.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.integration.Deadline;
import io.omnitls.testkit.certificates.TestCertificate;
import io.omnitls.testkit.certificates.TestCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of samples do what they say, on every backend. */
class SamplesTest {
    private static final String LISTENING = "listening on port ";

    @TempDir
    static Path directory;

    private static final TestCertificates CERTIFICATES = TestCertificates.create();
    private static CompiledDocument samples;

    @BeforeAll
    static void compile() throws IOException {
        CERTIFICATES.write(directory);
        samples = CompiledDocument.ofFiles(
                Document.ROOT.resolve("samples/src/main/java"), Files.createDirectory(directory.resolve("classes")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt", "bcfips"})
    void clientsGetPages(String provider) throws Exception {
        try (Program server = reloading(provider)) {
            String port = server.awaitLine(LISTENING);
            try (Program get = start(provider, "HttpsGet", file("root.pem"), "localhost", port);
                    Program http =
                            start(provider, "HttpClientGet", file("root.pem"), "https://localhost:" + port + "/")) {
                assertSays("hello", get.await(0));
                assertSays("200 hello", http.await(0));
            }
            try (Program stranger = start(provider, "HttpsGet", file("root.pem"), "127.0.0.2", port)) {
                assertSays("IP address mismatch (64)", stranger.await(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt", "bcfips"})
    void theEchoServerKnowsItsTenantsAndTheirClients(String provider) throws Exception {
        try (Program server = start(provider, "EchoServer", "0", "localhost=" + directory)) {
            int port = Integer.parseInt(server.awaitLine(LISTENING));
            ClientContext client = ClientContext.builder()
                    .verifyLocations(CERTIFICATES.trustStore())
                    .certificateChain(CERTIFICATES.client().credentials())
                    .build();
            assertEquals("ping", echo(client, "localhost", port));
            server.awaitLine("client");
            TlsException refused = assertThrows(TlsException.class, () -> echo(client, "other.example", port));
            assertEquals(ErrorReason.TLSV1_UNRECOGNIZED_NAME, refused.reason());
            ClientContext nobody = client.toBuilder().clearCertificateChains().build();
            assertThrows(IOException.class, () -> echo(nobody, "localhost", port));
            server.awaitLine("PEER_DID_NOT_RETURN_A_CERTIFICATE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt", "bcfips"})
    void nettyEchoes(String provider) throws Exception {
        try (Program server = start(provider, "NettyEcho", "0", file("server.pem"), file("server-key.pem"))) {
            int port = Integer.parseInt(server.awaitLine(LISTENING));
            ClientContext client = ClientContext.builder()
                    .verifyLocations(CERTIFICATES.trustStore())
                    .build();
            assertEquals("ping", echo(client, "localhost", port));
        }
    }

    /** What becomes of it with a broker is KafkaTest's: here is none, and then one that nobody vouches for. */
    @Test
    void kafkaSaysWhyNothingWasSent() throws Exception {
        String nowhere;
        try (ServerSocket closed = new ServerSocket(0)) {
            nowhere = "localhost:" + closed.getLocalPort();
        }
        TestCertificates others = TestCertificates.create();
        Path roots =
                Files.writeString(directory.resolve("others.pem"), others.root().certificatePem());
        try (Program server = reloading("jsse");
                Program alone = start("jsse", "KafkaSend", file("root.pem"), nowhere, "topic", "text");
                Program deceived = start(
                        "jsse",
                        "KafkaSend",
                        roots.toString(),
                        "localhost:" + server.awaitLine(LISTENING),
                        "topic",
                        "text")) {
            assertSays("nothing was sent to " + nowhere, alone.await(1));
            assertSays("CERTIFICATE_VERIFY_FAILED", deceived.await(1));
        }
    }

    /** Each file is renamed over the one before, so for a moment they do not belong together. */
    @Test
    void theReloadingServerTakesTheNewCertificate() throws Exception {
        Path mount = secret("mount", CERTIFICATES.server());
        try (Program server = start("jsse", "ReloadingServer", "0", mount.toString())) {
            int port = Integer.parseInt(server.awaitLine(LISTENING));
            TestCertificate next = CERTIFICATES.issueServer("localhost");
            Files.writeString(mount.resolve("tls.crt.new"), next.chainPem());
            Files.writeString(mount.resolve("tls.key.new"), next.privateKeyPem());
            for (String name : List.of("tls.crt", "tls.key")) {
                Files.move(mount.resolve(name + ".new"), mount.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            server.awaitLine("reloaded, ");
            ClientContext client = ClientContext.builder()
                    .verifyLocations(CERTIFICATES.trustStore())
                    .build();
            try (TlsSocket socket = client.connect("localhost", port)) {
                socket.handshake();
                assertEquals(next.certificate(), socket.unverifiedChain().get(0));
            }
        }
    }

    @Test
    void theFipsServerWorksInTheApprovedModeAlone() throws Exception {
        List<String> arguments = List.of("0", file("server.pem"), file("server-key.pem"));
        try (Program server = new Program(
                samples, "FipsServer", Map.of(), List.of("-Dorg.bouncycastle.fips.approved_only=true"), arguments)) {
            int port = Integer.parseInt(server.awaitLine(LISTENING));
            ClientContext client = ClientContext.builder()
                    .verifyLocations(CERTIFICATES.trustStore())
                    .build();
            try (TlsSocket socket = client.connect("localhost", port)) {
                socket.handshake();
            }
            assertTrue(server.awaitLine("approved: ").startsWith("true"));
        }
        try (Program server = new Program(samples, "FipsServer", Map.of(), List.of(), arguments)) {
            assertSays("-Dorg.bouncycastle.fips.approved_only=true", server.await(1));
        }
    }

    @Test
    void noSampleIsLeftOut() {
        assertEquals(
                new TreeSet<>(List.of(
                        "EchoServer",
                        "FipsServer",
                        "HttpClientGet",
                        "HttpsGet",
                        "KafkaSend",
                        "NettyEcho",
                        "ReloadingServer")),
                samples.blocks().stream()
                        .filter(JavaBlock::runnable)
                        .map(JavaBlock::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static void assertSays(String expected, String said) {
        assertTrue(said.contains(expected), said);
    }

    private static String echo(ClientContext context, String name, int port) throws IOException {
        try (TlsSocket socket = context.connect(
                new InetSocketAddress("localhost", port), ConnectionOptions.serverName(name), Deadline.DURATION)) {
            socket.setSoTimeout(Deadline.MILLIS);
            socket.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
        }
    }

    private static Program reloading(String provider) throws IOException {
        return start(
                provider,
                "ReloadingServer",
                "0",
                secret("secret-" + provider, CERTIFICATES.server()).toString());
    }

    private static Path secret(String name, TestCertificate identity) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(name));
        Files.writeString(folder.resolve("tls.crt"), identity.chainPem());
        Files.writeString(folder.resolve("tls.key"), identity.privateKeyPem());
        return folder;
    }

    private static Program start(String provider, String name, String... arguments) throws IOException {
        return new Program(samples, name, Map.of(), List.of("-Dio.omnitls.provider=" + provider), List.of(arguments));
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }
}
