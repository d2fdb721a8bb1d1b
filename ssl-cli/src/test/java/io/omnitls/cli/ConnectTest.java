package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.issue.CertificateSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of {@code tls connect}. */
@Timeout(120)
class ConnectTest {
    @TempDir
    static Path directory;

    private static Server server;
    private static String address;
    private static String root;

    @BeforeAll
    static void start() throws Exception {
        CertificateSet set = CertificateSet.builder().build();
        set.write(directory);
        root = directory.resolve("root.pem").toString();
        Path both = Files.writeString(
                directory.resolve("both.pem"),
                set.server().chainPem() + set.server().privateKeyPem());
        server = Server.start(both);
        address = "localhost:" + server.port();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void jsonSaysWhatWasAgreedOnAndWhatFailed() {
        Cli.Ended good = Cli.here("connect", address, "--cafile", root, "--json");
        assertEquals(0, good.exitCode(), good.errors());
        assertTrue(good.output().contains("\"version\": \"TLSv1.3\""), good.output());
        assertEquals("{\"ok\": true, \"code\": 0, \"text\": \"ok\"}", verdict(good));
        assertEquals("", good.errors());
        Cli.Ended bad = Cli.here(
                "connect",
                address,
                "--json",
                "--cafile",
                directory.resolve("client.pem").toString());
        assertEquals(1, bad.exitCode());
        assertTrue(bad.output().contains("\"error\": \"") && bad.output().contains("\"chain\": [{"), bad.output());
        assertTrue(
                verdict(bad)
                        .matches("\\{\"ok\": false, \"code\": [0-9]+, \"text\": \"[^\"]+\", \"depth\": [0-9]+,"
                                + " \"explanation\": \"[^\"]+\"}"),
                bad.output());
        Cli.assertOneLine(bad, "CERTIFICATE_VERIFY_FAILED");
    }

    /** The same fields in the same order wherever a command has a verdict. */
    @Test
    void aVerdictLooksTheSameFromEachCommand() {
        String other = directory.resolve("client.pem").toString();
        String connected = verdict(Cli.here("connect", address, "--json", "--cafile", other));
        Cli.Ended scan = Cli.here("scan", address, "--json", "--provider", "jsse", "--cafile", other);
        assertEquals(connected, verdict(scan), scan.output());
        Cli.Ended verify = Cli.here(
                "verify",
                "--json",
                "--cafile",
                other,
                directory.resolve("both.pem").toString());
        String inside = connected.substring(1, connected.length() - 1);
        assertTrue(verify.output().replaceAll("\\s+", " ").contains(inside + ", \"chain\""), verify.output());
    }

    private static String verdict(Cli.Ended ended) {
        Matcher verdict = Pattern.compile("\"verified\": (\\{[^}]*})").matcher(ended.output());
        assertTrue(verdict.find(), ended.output() + ended.errors());
        return verdict.group(1).replaceAll("\\s+", " ").replace("{ ", "{").replace(" }", "}");
    }

    @Test
    void showcertsPrintsTheChainAsItWasSent() throws Exception {
        Cli.Ended ended = Cli.run("", "connect", address, "--cafile", root, "--showcerts");
        assertEquals(0, ended.exitCode(), ended.errors());
        assertTrue(ended.errors().contains(Files.readString(directory.resolve("server.pem"))), ended.errors());
    }

    @ParameterizedTest
    @CsvSource({"jsse,TLSv1.2", "jsse,TLSv1.3", "conscrypt,TLSv1.2", "conscrypt,TLSv1.3", "bcfips,TLSv1.2"})
    void reconnectResumesASession(String provider, String version) throws Exception {
        Cli.Ended ended = Cli.run(
                "hello\n",
                "connect",
                address,
                "--cafile",
                root,
                "--reconnect",
                "--provider",
                provider,
                "--max",
                version);
        assertEquals(0, ended.exitCode(), ended.errors());
        assertTrue(ended.errors().contains("Session   resumed"), ended.errors());
        assertEquals("hello\n", ended.output());
    }

    @Test
    void whereNothingCanBeResumedReconnectSaysSo() {
        Cli.Ended ended = Cli.here("connect", address, "--cafile", root, "--reconnect", "--provider", "bcfips");
        Cli.assertOneLine(ended, "'bcfips' has no session of TLSv1.3 that it could resume");
        assertEquals(1, ended.exitCode());
    }

    @Test
    void aProxyIsGoneThrough() throws Exception {
        try (Proxy proxy = new Proxy("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n", true)) {
            Cli.Ended ended = Cli.run("hello\n", "connect", address, "--cafile", root, "--proxy", proxy.address());
            assertEquals(0, ended.exitCode(), ended.errors());
            assertEquals("hello\n", ended.output());
            assertTrue(proxy.request
                    .get(20, TimeUnit.SECONDS)
                    .startsWith("CONNECT " + address + " HTTP/1.1\r\nHost: " + address + "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 403 Forbidden\r\n\r\n", "220 hello\r\n\r\n", "", "endless", "HTTP/1.1 2000 x\r\n\r\n"})
    void aProxyThatRefusesIsSaidTo(String answer) throws Exception {
        try (Proxy proxy = new Proxy(answer.equals("endless") ? "x".repeat(100_000) : answer, false)) {
            Cli.Ended ended = Cli.here("connect", address, "--cafile", root, "--proxy", proxy.address());
            Cli.assertOneLine(ended, "prox");
            assertEquals(1, ended.exitCode(), ended.errors());
        }
    }

    @Test
    void aPeerThatAnswersByteByByteIsNotWaitedForLongerThanTheLimit() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread drip = new Thread(() -> {
                try (Socket socket = slow.accept()) {
                    socket.setSoTimeout(200);
                    while (true) {
                        socket.getOutputStream().write('x');
                        try {
                            socket.getInputStream().skipNBytes(1 << 20);
                        } catch (java.net.SocketTimeoutException next) {
                            // Another byte.
                        }
                    }
                } catch (IOException end) {
                    // The client has gone.
                }
            });
            drip.setDaemon(true);
            drip.start();
            Cli.Ended ended =
                    Cli.here("connect", address, "--timeout", "1", "--proxy", "127.0.0.1:" + slow.getLocalPort());
            Cli.assertOneLine(ended, "within 1 seconds");
        }
    }

    /** A proxy for one connection, which it makes whatever is asked, or gives an answer and hangs up. */
    private static final class Proxy implements AutoCloseable {
        final CompletableFuture<String> request = new CompletableFuture<>();
        private final ServerSocket listener;
        private final String answer;
        private final boolean connects;

        Proxy(String answer, boolean connects) throws IOException {
            this.answer = answer;
            this.connects = connects;
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        String address() {
            return "127.0.0.1:" + listener.getLocalPort();
        }

        private void serve() {
            try (Socket client = listener.accept()) {
                client.setSoTimeout(20_000);
                StringBuilder head = new StringBuilder();
                InputStream in = client.getInputStream();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) in.read());
                }
                request.complete(head.toString());
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                if (connects) {
                    try (Socket target = new Socket("localhost", server.port())) {
                        Thread back = new Thread(() -> copy(target, client));
                        back.start();
                        copy(client, target);
                        back.join(20_000);
                    }
                }
            } catch (IOException | InterruptedException end) {
                request.completeExceptionally(end);
            }
        }

        private static void copy(Socket from, Socket to) {
            try {
                OutputStream out = to.getOutputStream();
                from.getInputStream().transferTo(out);
                to.shutdownOutput();
            } catch (IOException end) {
                // One of them has gone.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
