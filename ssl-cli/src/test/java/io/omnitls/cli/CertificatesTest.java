package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.issue.CertificateDraft;
import io.omnitls.forge.issue.CertificateSet;
import io.omnitls.forge.issue.IssuedCertificate;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.forge.oracle.RunningCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tls ca} and {@code tls serve --self-signed}: certificates without further ado. */
@Timeout(120)
class CertificatesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "ed25519"})
    void openSslAcceptsWhatCaMakes(String keyType) throws Exception {
        Path ca = directory.resolve("ca");
        Cli.Ended made = Cli.here(
                "ca",
                ca.toString(),
                "--key-type",
                keyType,
                "--names",
                "a.example,192.0.2.7",
                "--intermediate",
                "--days",
                "3");
        assertEquals(0, made.exitCode(), made.errors());
        List<Path> files = made.output().lines().map(Path::of).toList();
        assertEquals(8, files.size());
        for (Path file : files) {
            boolean key = file.toString().endsWith("-key.pem");
            assertEquals(
                    key ? "rw-------" : "rw-r--r--",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            OpenSsl.make(key ? "pkey" : "x509", "-noout", "-in", file.toString());
        }
        String server = ca.resolve("server.pem").toString();
        String root = ca.resolve("root.pem").toString();
        OpenSsl.make(
                "verify",
                "-x509_strict",
                "-CAfile",
                root,
                "-untrusted",
                server,
                "-verify_hostname",
                "a.example",
                server);
        OpenSsl.make(
                "verify", "-x509_strict", "-CAfile", root, "-untrusted", server, "-verify_ip", "192.0.2.7", server);
        assertEquals(
                0,
                OpenSsl.run("x509", "-checkend", "" + (3 * 86_400 - 60), "-noout", "-in", server)
                        .exitCode());
        assertEquals(
                1,
                OpenSsl.run("x509", "-checkend", "" + (3 * 86_400 + 60), "-noout", "-in", server)
                        .exitCode());
    }

    @Test
    void caReplacesNothingUnlessForced() throws Exception {
        String ca = directory.resolve("ca").toString();
        assertEquals(0, Cli.here("ca", ca).exitCode());
        Path key = directory.resolve("ca/server-key.pem");
        byte[] before = Files.readAllBytes(key);
        Cli.Ended refused = Cli.here("ca", ca);
        Cli.assertOneLine(refused, "root.pem exists; --force");
        assertEquals(1, refused.exitCode());
        assertArrayEquals(before, Files.readAllBytes(key));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(0, Cli.here("ca", ca, "--force").exitCode());
        assertFalse(Arrays.equals(before, Files.readAllBytes(key)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        try (var files = Files.list(directory.resolve("ca"))) {
            assertEquals(6, files.count(), "nothing is left behind");
        }
    }

    @Test
    void caReplacesAllOrNothing() throws Exception {
        Path folder = directory.resolve("ca");
        assertEquals(0, Cli.here("ca", folder.toString()).exitCode());
        byte[] root = Files.readAllBytes(folder.resolve("root.pem"));
        Files.delete(folder.resolve("server.pem"));
        Files.createDirectory(folder.resolve("server.pem"));
        Cli.Ended failed = Cli.here("ca", folder.toString(), "--force");
        Cli.assertOneLine(failed, "server.pem cannot be written: is a directory");
        assertEquals(1, failed.exitCode());
        assertArrayEquals(root, Files.readAllBytes(folder.resolve("root.pem")));
        try (var files = Files.list(folder)) {
            assertEquals(6, files.count(), "nothing is left behind");
        }
    }

    @Test
    void caSaysWhatItCannotWrite() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Cli.assertOneLine(Cli.here("ca", file.toString()), "is not a directory");
        Cli.assertOneLine(Cli.here("ca", file.resolve("below").toString()), "file");
        Cli.assertOneLine(Cli.here("ca", directory.toString(), "--names", "a b"), "'a b' is neither");
        Cli.assertOneLine(Cli.here("ca", directory.toString(), "--days", "0"), "--days");
        Cli.assertOneLine(Cli.here("ca", directory.toString(), "--client-name", "x".repeat(65)), "64 characters");
    }

    @Test
    void aSelfSignedServerIsTrustedByWhatItPrints() throws Exception {
        Path trust = directory.resolve("trust.pem");
        try (Server server = Server.selfSigned()) {
            assertTrue(server.command().nextLine().startsWith("clients trust it by this text in a file: tls connect"));
            StringBuilder text = new StringBuilder();
            for (String line = ""; !line.startsWith("-----END"); ) {
                line = server.command().nextLine();
                text.append(line).append('\n');
            }
            Files.writeString(trust, text);
            for (String host : List.of("localhost", "127.0.0.1", "[::1]")) {
                Cli.Ended client =
                        Cli.run("hello\n", "connect", host + ":" + server.port(), "--cafile", trust.toString());
                assertEquals("hello\n", client.output(), client.errors());
            }
            OpenSsl.make(
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + server.port(),
                    "-CAfile",
                    trust.toString(),
                    "-verify_return_error",
                    "-verify_ip",
                    "127.0.0.1");
        }
    }

    @Test
    void aSelfSignedServerWritesItsCertificateAndItsPortIsItsOwn() throws Exception {
        Path trust = directory.resolve("trust.pem");
        try (Server server = Server.selfSigned("--cert-out", trust.toString())) {
            assertEquals(
                    "clients trust it by this file: tls connect localhost:" + server.port() + " --cafile " + trust,
                    server.command().nextLine());
            assertTrue(Files.readString(trust).startsWith("-----BEGIN CERTIFICATE-----"));
            Cli.Ended second = Cli.here("serve", "" + server.port(), "--self-signed");
            assertEquals(1, second.exitCode());
            Cli.assertOneLine(second, "cannot listen on port " + server.port() + ": Address already in use");
        }
        Cli.assertOneLine(
                Cli.here("serve", "0", "--self-signed", "--cert", trust.toString()), "--self-signed and --cert");
        Cli.assertOneLine(Cli.here("serve", "0", "--cert", trust.toString(), "--cert-out", "x"), "--cert-out");
    }

    @Test
    void aSelfSignedServerHasTheNamesThatItIsGiven() throws Exception {
        Path trust = directory.resolve("trust.pem");
        try (Server server = Server.selfSigned("--names", "server.example,192.0.2.1", "--cert-out", trust.toString())) {
            String address = "localhost:" + server.port();
            Cli.Ended named = Cli.run(
                    "hello\n", "connect", address, "--cafile", trust.toString(), "--servername", "server.example");
            assertEquals("hello\n", named.output(), named.errors());
            Cli.Ended unnamed = Cli.here("connect", address, "--cafile", trust.toString(), "--json");
            assertEquals(1, unnamed.exitCode());
            assertTrue(
                    unnamed.output().contains("\"code\": 62")
                            && unnamed.output().contains("\"error\": \"[SSL: CERTIFICATE_VERIFY_FAILED]"),
                    unnamed.output());
        }
    }

    /** Each file is renamed over the one before, and the key comes after its certificate. */
    private static void put(IssuedCertificate server, Path folder) throws Exception {
        for (String name : List.of("server.pem", "server-key.pem")) {
            Path fresh = folder.resolve(name + ".new");
            Files.writeString(fresh, name.equals("server.pem") ? server.chainPem() : server.privateKeyPem());
            Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String serial(Server server, Path root) {
        Cli.Ended shown = Cli.here("connect", "localhost:" + server.port(), "--cafile", root.toString(), "--json");
        assertEquals(0, shown.exitCode(), shown.errors());
        return shown.output().replaceAll("(?s).*?\"serialNumber\": \"([^\"]+)\".*", "$1");
    }

    @Test
    void aServerReadsItsFilesAgainAndSaysWhatBecameOfIt() throws Exception {
        CertificateSet set = CertificateSet.builder().intermediate(false).build();
        set.write(directory);
        Path root = directory.resolve("root.pem");
        Path key = directory.resolve("server-key.pem");
        try (Server server = Server.start(
                directory.resolve("server.pem"), "--key", key.toString(), "--client-ca", root.toString(), "--reload")) {
            put(CertificateDraft.server(List.of("localhost")).issuedBy(set.root()), directory);
            String good = server.command().nextLine();
            assertTrue(good.startsWith("reloaded, valid until 2"), good);
            Files.writeString(key, "no key");
            String bad = server.command().nextLine();
            assertTrue(bad.startsWith("not reloaded, the former files stay in force: [PEM: NO_START_LINE]"), bad);
            put(set.server(), directory);
            String again = server.command().nextLine();
            assertTrue(again.startsWith("reloaded, "), again);
        }
    }

    @Test
    void connectionsHaveTheCertificateOfTheirMomentAndJsonTheirCount() throws Exception {
        CertificateSet set = CertificateSet.builder().intermediate(false).build();
        set.write(directory);
        Path root = directory.resolve("root.pem");
        try (RunningCommand output = Cli.start(
                "serve",
                "0",
                "--json",
                "--reload",
                "--cert",
                directory.resolve("server.pem").toString(),
                "--key",
                directory.resolve("server-key.pem").toString())) {
            String port = output.nextLine().replaceAll(".*\"port\": ([0-9]+).*", "$1");
            Server server = new Server(output, Integer.parseInt(port));
            String before = serial(server, root);
            put(CertificateDraft.server(List.of("localhost")).issuedBy(set.root()), directory);
            String good = output.awaitLineWith("{\"event\": \"reloaded\",");
            assertTrue(good.contains("\"reloads\": 1,\"failures\": 0,\"validUntil\": \"2"), good);
            assertNotEquals(before, serial(server, root));
            Files.delete(directory.resolve("server.pem"));
            String bad = output.awaitLineWith("{\"event\": \"reload failed\",");
            assertTrue(bad.contains("\"failures\": 1,\"message\": \"[SYS: NO_SUCH_FILE]"), bad);
        }
    }

    @Test
    void jsonIsALineForEachEvent() throws Exception {
        Path trust = directory.resolve("trust.pem");
        try (RunningCommand output =
                Cli.start("serve", "0", "--self-signed", "--json", "--cert-out", trust.toString())) {
            String listening = output.nextLine();
            assertTrue(listening.startsWith("{\"event\": \"listening\","), listening);
            String address = "localhost:" + listening.replaceAll(".*\"port\": ([0-9]+).*", "$1");
            assertTrue(output.nextLine().startsWith("{\"event\": \"note\","));
            assertEquals(
                    0,
                    Cli.here("connect", address, "--cafile", trust.toString(), "--json")
                            .exitCode());
            String connected = output.nextLine();
            assertTrue(
                    connected.startsWith("{\"event\": \"connected\",")
                            && connected.contains("\"version\": \"TLSv1.3\""),
                    connected);
            assertEquals(1, Cli.here("connect", address, "--json").exitCode());
            for (String line = output.nextLine(); !line.contains("unknown"); line = output.nextLine()) {
                assertTrue(line.startsWith("{\"event\": \"trouble\",") && line.endsWith("}"), line);
            }
        }
    }
}
