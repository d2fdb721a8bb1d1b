package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.omnitls.ClientContext;
import io.omnitls.TlsSocket;
import io.omnitls.forge.oracle.OpenSsl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user runs it: a process, its output and its exit code. */
@Timeout(120)
class CommandTest {
    @TempDir
    static Path directory;

    private static Path authority;
    private static Path server;

    @BeforeAll
    static void makeCertificates() throws Exception {
        X509Bundle root = new CertificateBuilder()
                .subject("CN=root")
                .ecp256()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle leaf = new CertificateBuilder()
                .subject("CN=server")
                .ecp256()
                .addSanDnsName("localhost")
                .buildIssuedBy(root);
        authority = Files.writeString(directory.resolve("ca.pem"), root.getCertificatePEM());
        server = Files.writeString(directory.resolve("server.pem"), leaf.getCertificatePEM() + leaf.getPrivateKeyPEM());
    }

    private static Server serve(String... arguments) throws IOException {
        return Server.start(server, arguments);
    }

    @Test
    void doctorTriesTheProvidersAndSucceeds() throws Exception {
        Cli.Ended doctor = Cli.run("", "doctor");
        assertEquals(0, doctor.exitCode(), doctor.errors());
        assertTrue(doctor.output().contains("jsse") && doctor.output().contains("TLSv1.3"), doctor.output());
        assertTrue(doctor.output().lines().allMatch(line -> line.length() <= 100), doctor.output());
        Cli.Ended json = Cli.run("", "doctor", "--json", "--provider", "jsse");
        assertTrue(json.output().contains("\"works\": true"), json.output());
    }

    @Test
    void doctorFailsForAProviderThatDoesNotExist() throws Exception {
        Cli.Ended doctor = Cli.run("", "doctor", "--provider", "nobody");
        assertEquals(2, doctor.exitCode());
        Cli.assertOneLine(doctor, "no provider is named 'nobody'");
    }

    @Test
    void connectTalksWithServe() throws Exception {
        try (Server echo = serve("--alpn", "x")) {
            Cli.Ended client = Cli.run(
                    "hello\n", "connect", "localhost:" + echo.port(), "--cafile", authority.toString(), "--alpn", "x");
            assertEquals(0, client.exitCode(), client.errors());
            assertEquals("hello\n", client.output());
            for (String expected : List.of("TLSv1.3", "0 (ok)", "commonName=server", "ALPN      x")) {
                assertTrue(client.errors().contains(expected), client.errors());
            }
        }
    }

    @Test
    void connectSaysInOneLineWhyItDoesNotTrustAndWhatToTry() throws Exception {
        try (Server echo = serve()) {
            Cli.Ended wrongName = Cli.run(
                    "",
                    "connect",
                    "127.0.0.1:" + echo.port(),
                    "--cafile",
                    authority.toString(),
                    "--servername",
                    "other");
            assertEquals(1, wrongName.exitCode());
            assertTrue(lastLine(wrongName).contains("hostname mismatch (62)"), wrongName.errors());
            assertTrue(lastLine(wrongName).contains("--servername"), wrongName.errors());
            assertFalse(wrongName.errors().contains("\tat "), "no stack trace");
            Cli.Ended debug =
                    Cli.run("", "--debug", "connect", "localhost:" + echo.port(), "--cafile", server.toString());
            assertTrue(debug.errors().contains("\tat "), debug.errors());
            Cli.Ended insecure = Cli.run("x", "connect", "localhost:" + echo.port(), "--insecure");
            assertEquals("x", insecure.output(), insecure.errors());
        }
    }

    @Test
    void serveAsksForClientCertificates() throws Exception {
        try (Server echo = serve("--client-ca", authority.toString())) {
            String address = "localhost:" + echo.port();
            Cli.Ended refused = Cli.run("x", "connect", address, "--cafile", authority.toString());
            assertEquals(1, refused.exitCode(), refused.output());
            Cli.Ended accepted =
                    Cli.run("x", "connect", address, "--cafile", authority.toString(), "--cert", server.toString());
            assertEquals("x", accepted.output(), accepted.errors());
        }
    }

    @Test
    void serveHandsOutFilesAndNothingElse() throws Exception {
        Path www = Files.createDirectories(directory.resolve("www"));
        Files.writeString(www.resolve("index.html"), "<p>hello</p>");
        Files.writeString(directory.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(www.resolve("link.txt"), directory.resolve("secret.txt"));
        try (Server files = serve("--www", www.toString())) {
            assertTrue(get(files, "/").endsWith("<p>hello</p>"));
            for (String escape :
                    List.of("/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/nothing", "/%00", "x")) {
                String answer = get(files, escape);
                assertTrue(answer.startsWith("HTTP/1.1 404"), escape + ": " + answer);
                assertFalse(answer.contains("secret\n"), answer);
            }
        }
    }

    /** The client ends its direction first, and what it says with that is taken before the server closes. */
    @Test
    void aLargeFileComesWhole() throws Exception {
        Path www = Files.createDirectories(directory.resolve("large"));
        int length = 8 << 20;
        Files.writeString(www.resolve("large.txt"), "x".repeat(length));
        try (Server files = serve("--www", www.toString())) {
            for (int i = 0; i < 3; i++) {
                String answer = get(files, "/large.txt");
                assertEquals(length, answer.length() - answer.indexOf("\r\n\r\n") - 4);
            }
        }
    }

    @Test
    void serveGoesOnWhenTheSystemHasNoMoreDescriptors() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (Server echo = Server.startWithFiles(128, server)) {
            for (int i = 0; i < 150; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), echo.port()));
            }
            Cli.Ended client =
                    Cli.run("hello\n", "connect", "localhost:" + echo.port(), "--cafile", authority.toString());
            assertEquals("hello\n", client.output(), client.errors());
            assertTrue(echo.command().isAlive());
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void serveIsNotHeldByClientsThatSayNothingOrReadNothing() throws Exception {
        int limit = 6;
        List<Socket> strangers = new ArrayList<>();
        try (Server echo = serve("--max-connections", Integer.toString(limit))) {
            ClientContext context =
                    ClientContext.builder().verifyLocations(authority).build();
            for (int i = 0; i < limit; i++) {
                strangers.add(neverReading(context, echo.port()));
            }
            for (int i = 0; i < 2 * limit; i++) {
                strangers.add(new Socket(InetAddress.getLoopbackAddress(), echo.port()));
            }
            Cli.Ended client =
                    Cli.run("hello\n", "connect", "localhost:" + echo.port(), "--cafile", authority.toString());
            assertEquals("hello\n", client.output(), client.errors());
            int ended = 0;
            for (Socket socket : strangers.subList(limit, strangers.size())) {
                socket.setSoTimeout(20);
                ended += ended(socket) ? 1 : 0;
            }
            assertTrue(ended >= limit, "of " + 2 * limit + " silent clients " + ended + " were ended: the limit holds");
        } finally {
            for (Socket socket : strangers) {
                socket.close();
            }
        }
    }

    /** A client that sends until the server, whose answers nobody reads, takes no more. */
    private static Socket neverReading(ClientContext context, int port) throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        TlsSocket socket = context.wrap(plain, "localhost");
        socket.setSoTimeout(20_000);
        socket.handshake();
        Thread sender = new Thread(() -> {
            try {
                for (; ; ) {
                    socket.getOutputStream().write(new byte[1 << 16]);
                }
            } catch (IOException end) {
                // The server has had enough, or the test has.
            }
        });
        sender.setDaemon(true);
        sender.start();
        return plain;
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException alive) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void connectShowsTheMessagesThatOpenSslShows() throws Exception {
        try (Server echo = serve("--max", "TLSv1.2")) {
            String address = "localhost:" + echo.port();
            List<String> ours = messages(
                    Cli.run("x", "connect", address, "--insecure", "--msg").errors());
            List<String> theirs = messages(
                    OpenSsl.run("s_client", "-msg", "-connect", address).output());
            assertEquals(List.of(">>> ClientHello", "<<< ServerHello"), ours.subList(0, 2));
            assertEquals(theirs, ours, "but for Finished, which is encrypted");
        }
    }

    /** Direction and name of the messages before the first Finished. */
    private static List<String> messages(String printed) {
        return printed.lines()
                .filter(line -> line.matches("(>>>|<<<) .*, Handshake .*") && !line.endsWith("Finished"))
                .map(line -> line.substring(0, 4) + line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    void aKeyLogThatOthersReadIsRefused() throws Exception {
        Path shared = Files.createFile(directory.resolve("shared.keys"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-r--r--"));
        Cli.assertOneLine(Cli.run("", "connect", "localhost:1", "--keylogfile", shared.toString()), "chmod 600");
        Path link = Files.createSymbolicLink(directory.resolve("link.keys"), directory.resolve("nobody.keys"));
        Cli.assertOneLine(Cli.run("", "connect", "localhost:1", "--keylogfile", link.toString()), "symbolic link");
        ProcessBuilder withVariable = new ProcessBuilder(Cli.command("connect", "localhost:1"));
        withVariable.environment().put("SSLKEYLOGFILE", link.toString());
        String errors = Cli.run("", withVariable).errors();
        assertTrue(errors.contains("symbolic link"), errors);
        assertTrue(Files.notExists(directory.resolve("nobody.keys")));
    }

    private static String get(Server server, String target) throws Exception {
        return Cli.run(
                        "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        "connect",
                        "localhost:" + server.port(),
                        "--cafile",
                        authority.toString())
                .output();
    }

    @Test
    void wrongCallsAndMissingThingsAreOneLine() throws Exception {
        Cli.Ended noPort = Cli.run("", "connect", "localhost");
        assertEquals(2, noPort.exitCode());
        Cli.assertOneLine(noPort, "HOST:PORT");
        Cli.assertOneLine(Cli.run("", "connect", "localhost:1"), "Connection refused");
        Cli.assertOneLine(Cli.run("", "connect", "x.invalid:443"), "unknown host");
    }

    private static String lastLine(Cli.Ended ended) {
        String[] lines = ended.errors().split("\n", -1);
        return lines[lines.length - 2];
    }

    @Test
    void verifyGoesByTheProfileThatIsAskedFor() throws Exception {
        // The certificates of the tests are none of the public web: no authority key identifiers, no purposes.
        Cli.Ended webPki =
                Cli.run("", "verify", "--profile", "webpki", "--cafile", authority.toString(), server.toString());
        assertEquals(1, webPki.exitCode(), webPki.output() + webPki.errors());
        assertTrue(webPki.output().startsWith(server + ": error "), webPki.output());
        Cli.Ended openSsl =
                Cli.run("", "verify", "--profile", "openssl", "--cafile", authority.toString(), server.toString());
        assertEquals(0, openSsl.exitCode(), openSsl.output() + openSsl.errors());
        Cli.Ended nobodys = Cli.run("", "verify", "--profile", "strange", server.toString());
        assertEquals(2, nobodys.exitCode());
        assertTrue(nobodys.errors().contains("openssl and webpki"), nobodys.errors());
    }

    @Test
    void verifySaysWhatOpenSslSays() throws Exception {
        Cli.Ended good =
                Cli.run("", "verify", "--cafile", authority.toString(), "--purpose", "SERVER", server.toString());
        assertEquals(0, good.exitCode(), good.output() + good.errors());
        assertEquals(server + ": OK\n", good.output());
        Cli.Ended bad = Cli.run(
                "", "verify", "--cafile", authority.toString(), "--hostname", "other.example", server.toString());
        assertEquals(1, bad.exitCode());
        assertTrue(bad.output().startsWith(server + ": error 62 at 0 depth lookup: hostname mismatch"), bad.output());
        Cli.Ended unchecked = Cli.run("", "verify", "--cafile", authority.toString(), "--crl-check", server.toString());
        assertTrue(unchecked.output().contains("error 3 at 0 depth lookup"), unchecked.output());
    }
}
