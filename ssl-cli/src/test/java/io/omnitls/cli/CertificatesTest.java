package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.forge.oracle.RunningCommand;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Cli.assertOneLine(failed, "server.pem cannot be read or written: is a directory");
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
