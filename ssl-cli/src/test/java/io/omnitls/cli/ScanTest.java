package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.issue.CertificateDraft;
import io.omnitls.forge.issue.IssuedCertificate;
import io.omnitls.forge.issue.KeyType;
import io.omnitls.forge.oracle.RunningCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tls scan} of servers of which is known what they take. */
@Timeout(180)
class ScanTest {
    @TempDir
    static Path directory;

    private static Path ec;
    private static Path rsa;
    private static Path root;

    @BeforeAll
    static void makeCertificates() throws Exception {
        IssuedCertificate authority = CertificateDraft.authority("a root").selfSigned();
        root = Files.writeString(directory.resolve("root.pem"), authority.certificatePem());
        ec = write("ec.pem", CertificateDraft.server(List.of("localhost")).issuedBy(authority));
        rsa = write(
                "rsa.pem",
                CertificateDraft.server(List.of("localhost"))
                        .keyType(KeyType.RSA)
                        .issuedBy(authority));
    }

    private static Path write(String name, IssuedCertificate certificate) throws IOException {
        return Files.writeString(directory.resolve(name), certificate.chainPem() + certificate.privateKeyPem());
    }

    /** An {@code openssl s_server} that says which port it has. */
    private record OpenSslServer(RunningCommand command, int port) implements AutoCloseable {
        static OpenSslServer start(String... options) throws IOException {
            List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "0", "-www"));
            command.addAll(List.of(options));
            RunningCommand running = new RunningCommand(command);
            try {
                String line = running.awaitLine("ACCEPT ");
                return new OpenSslServer(running, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            } catch (IOException | RuntimeException e) {
                running.close();
                throw e;
            }
        }

        @Override
        public void close() {
            command.close();
        }
    }

    /** The lines of a label, without who has seen it. */
    private static List<String> list(String output, String label) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : output.lines().toList()) {
            inside = line.startsWith(label + " ") || inside && line.startsWith(" ");
            if (inside) {
                lines.add(line.substring(13).replaceAll(" \\(.*", ""));
            }
        }
        return lines.stream().sorted().toList();
    }

    @Test
    void everythingThatAServerTakesIsFound() throws Exception {
        try (OpenSslServer server = OpenSslServer.start(
                "-cert",
                ec.toString(),
                "-dcert",
                rsa.toString(),
                "-dkey",
                rsa.toString(),
                "-alpn",
                "h2",
                "-cipher",
                "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA",
                "-ciphersuites",
                "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256",
                "-groups",
                "P-256:P-384")) {
            Cli.Ended scan = Cli.here("scan", "localhost:" + server.port(), "--cafile", root.toString());
            assertEquals(0, scan.exitCode(), scan.errors());
            String output = scan.output();
            assertEquals(List.of("TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"), list(output, "TLSv1.3"));
            assertEquals(
                    List.of("AES128-SHA", "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384"),
                    list(output, "TLSv1.2"));
            assertEquals(List.of("secp256r1", "secp384r1"), list(output, "Groups"));
            assertEquals(List.of("h2"), list(output, "ALPN"));
            assertTrue(
                    output.contains("EC P-256, commonName=localhost")
                            && output.contains("RSA 2048, commonName=localhost"),
                    output);
            assertEquals(
                    2,
                    output.lines()
                            .filter(line -> line.contains("verified 0 (ok)"))
                            .count(),
                    output);
            assertFalse(output.contains("no time"), output);
            assertEquals("", scan.errors(), "no progress where there is no terminal");
        }
    }

    @Test
    void aVersionThatIsRefusedIsSaidToBe() throws Exception {
        try (OpenSslServer server = OpenSslServer.start("-cert", ec.toString(), "-no_tls1_3")) {
            Cli.Ended scan = Cli.here("scan", "localhost:" + server.port(), "--provider", "jsse", "--json");
            assertEquals(0, scan.exitCode(), scan.errors());
            String facts = scan.output().replaceAll("\\s+", " ");
            assertTrue(facts.contains("\"version\": \"TLSv1.3\", \"tried\": true, \"accepted\": false"), facts);
            assertTrue(facts.contains("\"version\": \"TLSv1.2\", \"tried\": true, \"accepted\": true"), facts);
        }
    }

    @Test
    void aServerThatSaysNothingCostsNoMoreThanTheLimit() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Cli.Ended scan =
                    Cli.here("scan", "127.0.0.1:" + silent.getLocalPort(), "--provider", "jsse", "--limit", "2");
            assertEquals(1, scan.exitCode(), scan.output());
            assertTrue(scan.output().contains("no time"), scan.output());
        }
    }

    @Test
    void aServerWithoutTlsIsNoServer() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> {
                try {
                    while (true) {
                        try (Socket socket = plain.accept()) {
                            socket.getOutputStream().write("220 hello\r\n".getBytes(StandardCharsets.US_ASCII));
                        }
                    }
                } catch (IOException end) {
                    // The test is over.
                }
            });
            greeter.setDaemon(true);
            greeter.start();
            Cli.Ended scan = Cli.here("scan", "127.0.0.1:" + plain.getLocalPort(), "--provider", "jsse");
            assertEquals(1, scan.exitCode(), scan.output());
            assertTrue(scan.output().contains("TLSv1.3  no"), scan.output());
        }
    }
}
