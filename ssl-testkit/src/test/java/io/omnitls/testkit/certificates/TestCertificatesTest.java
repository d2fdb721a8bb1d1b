package io.omnitls.testkit.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.CertificateVerifier;
import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsProviders;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.VerifyCode;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.TlsProvider;
import io.omnitls.testkit.pki.KeyKind;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestCertificatesTest {
    private static VerifyResult judge(TestCertificates certificates, TestCertificate one, Purpose purpose, String name)
            throws Exception {
        CertificateVerifier verifier = CertificateVerifier.builder()
                .verifyLocations(certificates.trustStore())
                .purpose(purpose)
                .verifyFlags(VerifyFlag.X509_STRICT)
                .build();
        return name.isEmpty() ? verifier.verify(one.chain()) : verifier.verify(one.chain(), PeerName.of(name));
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void twoEndsThatKnowEachOtherMeetOnEveryProviderThatHasTheKeys(KeyKind kind) throws Exception {
        TestCertificates certificates = TestCertificates.builder().keyKind(kind).build();
        int met = 0;
        for (TlsProvider provider : TlsProviders.available()) {
            if (!provider.capabilities().keyAlgorithms().contains(kind.keyAlgorithm())) {
                continue;
            }
            ServerContext server = ServerContext.builder()
                    .provider(provider.name())
                    .certificateChain(certificates.server().credentials())
                    .verifyLocations(certificates.trustStore())
                    .verifyMode(VerifyMode.REQUIRED)
                    .build();
            ClientContext client = ClientContext.builder()
                    .provider(provider.name())
                    .certificateChain(certificates.client().credentials())
                    .verifyLocations(certificates.trustStore())
                    .build();
            try (TlsServerSocket listener = server.listen(0)) {
                listener.setSoTimeout(20_000);
                CompletableFuture<String> accepted = CompletableFuture.supplyAsync(() -> nameOfClient(listener));
                try (TlsSocket socket = client.connect("localhost", listener.getLocalPort())) {
                    socket.setSoTimeout(20_000);
                    assertEquals(-1, socket.getInputStream().read());
                }
                assertEquals("CN=client", accepted.get(20, TimeUnit.SECONDS), provider.name());
            }
            met++;
        }
        assertTrue(met >= (kind == KeyKind.ED25519 ? 1 : 3), "providers with " + kind + ": " + met);
    }

    private static String nameOfClient(TlsServerSocket listener) {
        try (TlsSocket socket = listener.accept()) {
            socket.setSoTimeout(20_000);
            socket.handshake();
            return socket.verifiedChain().get(0).getSubjectX500Principal().getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void eachIsGoodForWhatItIsForAndForNothingElse(KeyKind kind) throws Exception {
        TestCertificates certificates = TestCertificates.builder()
                .keyKind(kind)
                .serverNames("server.example", "*.wild.example", "192.0.2.1", "2001:db8::1", "bücher.example")
                .clientName("alice")
                .build();
        for (String name :
                List.of("server.example", "any.wild.example", "192.0.2.1", "2001:db8:0::1", "xn--bcher-kva.example")) {
            assertTrue(
                    judge(certificates, certificates.server(), Purpose.SERVER, name)
                            .ok(),
                    name);
        }
        assertEquals(
                VerifyCode.HOSTNAME_MISMATCH,
                judge(certificates, certificates.server(), Purpose.SERVER, "client.example")
                        .code());
        assertTrue(
                judge(certificates, certificates.client(), Purpose.CLIENT, "").ok());
        assertEquals(
                VerifyCode.INVALID_PURPOSE,
                judge(certificates, certificates.client(), Purpose.SERVER, "").code());
        assertEquals(
                VerifyCode.INVALID_PURPOSE,
                judge(certificates, certificates.server(), Purpose.CLIENT, "").code());
    }

    /** What no client takes for a name is in no certificate as one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "a..example",
                ".a.example",
                "a b",
                " a.example",
                "a.example ",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "0x7f.1",
                "0X7F",
                "127.0.0.0x1",
                "a.example.5",
                "1.2.3.\uff14",
                "a@b.example",
                "https://a.example",
                "a.example:443",
                "a/b",
                "a#b",
                "a%20b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example"
            })
    void whatIsNoNameIsRefused(String name) {
        TestCertificates.Builder builder = TestCertificates.builder().serverNames(name);
        assertThrows(IllegalArgumentException.class, builder::build);
        if (!name.equals("1.2.3.\uff14")) { // which clients read as an address after IDNA
            assertThrows(IllegalArgumentException.class, () -> PeerName.of(name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "*.", "*.1", "*.*.example", "a.*.example", "a.*", "f*.example", "*a.example", "**.example"})
    void aWildcardIsAWholeLabelAndTheFirst(String name) {
        TestCertificates.Builder builder = TestCertificates.builder().serverNames(name);
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a.example.",
                "A.Example",
                "1.2.3.example",
                "3com.example",
                "a_b.example",
                "a--b.example",
                "b\u00fccher.example",
                "stra\u00dfe.example",
                "\ud83d\ude00.example",
                "a\u3002example",
                "xn--bcher-kva.example",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example",
                "192.0.2.1",
                "::ffff:192.0.2.1"
            })
    void whatClientsTakeForANameIsOne(String name) throws Exception {
        TestCertificates certificates =
                TestCertificates.builder().serverNames(name).build();
        VerifyResult verdict = judge(certificates, certificates.server(), Purpose.SERVER, name);
        assertTrue(verdict.ok(), verdict.explanation());
    }

    @Test
    void validityIsWhatWasAskedForAndTheAuthoritiesAreValidThen() throws Exception {
        for (boolean intermediate : new boolean[] {true, false}) {
            TestCertificates.Builder late = TestCertificates.builder().expired();
            TestCertificates.Builder early = TestCertificates.builder().notYetValid();
            if (!intermediate) {
                late.withoutIntermediate();
                early.withoutIntermediate();
            }
            TestCertificates expired = late.build();
            TestCertificates notYet = early.build();
            assertEquals(intermediate, expired.intermediate().isPresent());
            assertEquals(intermediate ? 2 : 1, expired.server().chain().size());
            VerifyResult gone = judge(expired, expired.server(), Purpose.SERVER, "localhost");
            assertEquals(List.of(VerifyCode.CERT_HAS_EXPIRED, 0), List.of(gone.code(), gone.depth()));
            VerifyResult coming = judge(notYet, notYet.client(), Purpose.CLIENT, "");
            assertEquals(List.of(VerifyCode.CERT_NOT_YET_VALID, 0), List.of(coming.code(), coming.depth()));
            assertTrue(judge(expired, expired.issueServer("new.example"), Purpose.SERVER, "new.example")
                    .ok());
            assertTrue(judge(expired, expired.issueClient("bob"), Purpose.CLIENT, "")
                    .ok());
        }
    }

    @Test
    void theRulesOfThePublicWebFindNothingInAServer() throws Exception {
        TestCertificates certificates =
                TestCertificates.builder().serverNames("server.example").build();
        VerifyResult verdict = CertificateVerifier.builder()
                .verifyLocations(certificates.trustStore())
                .purpose(Purpose.SERVER)
                .verifyProfile(VerifyProfile.WEBPKI)
                .build()
                .verify(certificates.server().chain(), PeerName.of("server.example"));
        assertTrue(verdict.ok(), verdict.explanation());
    }

    @Test
    void filesAreWhatOpenSslVerifiesAndKeysAreNobodysElse(@TempDir Path directory) throws Exception {
        TestCertificates certificates = TestCertificates.create();
        Path files = directory.resolve("new");
        List<Path> written = certificates.write(files);
        assertEquals(8, written.size());
        for (Path file : written) {
            boolean key = file.toString().endsWith("-key.pem");
            String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            assertEquals(key, permissions.equals("rw-------"), file + " " + permissions);
            assertTrue(Files.readAllLines(file).stream().allMatch(line -> line.length() <= 64), file.toString());
        }
        for (String who : List.of("server", "client")) {
            assertEquals(
                    files.resolve(who + ".pem") + ": OK",
                    openssl(
                            "verify",
                            "-x509_strict",
                            "-purpose",
                            "ssl" + who,
                            "-CAfile",
                            files.resolve("root.pem").toString(),
                            "-untrusted",
                            files.resolve(who + ".pem").toString(),
                            files.resolve(who + ".pem").toString()));
            assertEquals(
                    openssl(
                            "x509",
                            "-noout",
                            "-pubkey",
                            "-in",
                            files.resolve(who + ".pem").toString()),
                    openssl(
                            "pkey",
                            "-pubout",
                            "-in",
                            files.resolve(who + "-key.pem").toString()));
        }
        byte[] before = Files.readAllBytes(files.resolve("client.pem"));
        Files.delete(files.resolve("root.pem"));
        assertThrows(FileAlreadyExistsException.class, () -> certificates.write(files));
        assertTrue(Files.notExists(files.resolve("root.pem")), "none is written");
        assertTrue(Arrays.equals(before, Files.readAllBytes(files.resolve("client.pem"))));
    }

    private static String openssl(String... arguments) throws Exception {
        OpenSsl.Result result = OpenSsl.run(arguments);
        assertEquals(0, result.exitCode(), result.output());
        return result.output().trim();
    }

    @Test
    void namesThatNoCertificateCanHaveAreRefused() {
        TestCertificates certificates = TestCertificates.create();
        for (String name : List.of(
                "",
                " ",
                "a b",
                "a..b",
                "-a",
                "a.*.b",
                "1.2.3.400",
                "01.2.3.4",
                "::g::",
                "1:2",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":::",
                "::1.2.3",
                ".:1",
                "a/b",
                "x".repeat(300))) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> certificates.issueServer(name), name);
            assertFalse(String.valueOf(refusal.getMessage()).isEmpty());
        }
        assertThrows(IllegalArgumentException.class, certificates::issueServer);
        assertThrows(IllegalArgumentException.class, () -> certificates.issueClient(""));
        assertThrows(IllegalArgumentException.class, () -> certificates.issueClient("x".repeat(65)));
        Instant now = Instant.now();
        assertThrows(
                IllegalArgumentException.class,
                () -> certificates.issueServer(now, now.minus(Duration.ofSeconds(1)), "localhost"));
    }

    /** A file in the place of the DNS says where each of these is. */
    @Test
    void whatLooksLikeAnAddressIsNeverLookedUp(@TempDir Path directory) throws Exception {
        List<String> names = List.of("999.1.1.1", "1.2.3.400", ".:1", "::1::");
        Path hosts = Files.writeString(
                directory.resolve("hosts"),
                names.stream().map(name -> "192.0.2.1 " + name + "\n").collect(Collectors.joining()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                NameProbe.class.getName()));
        command.addAll(names);
        assertEquals(
                names.stream().map(name -> name + " refused\n").collect(Collectors.joining()),
                OpenSsl.runCommand(command).output());
    }

    /** Says what becomes of names; one that was looked up would have an address here. */
    static final class NameProbe {
        public static void main(String[] names) {
            TestCertificates certificates = TestCertificates.create();
            for (String name : names) {
                try {
                    certificates.issueServer(name);
                    System.out.println(name + " accepted");
                } catch (IllegalArgumentException refusal) {
                    System.out.println(name + " refused");
                }
            }
        }
    }

    /** Python reads the same addresses, and writes each of them as it stands in the certificate. */
    @Test
    void addressesAreReadAsPythonReadsThem() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        List<String> texts = List.of(
                "0.0.0.0",
                "255.255.255.255",
                "192.0.2.10",
                "::",
                "::1",
                "1::",
                "2001:DB8::a:0:1",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:8",
                "::ffff:192.0.2.1",
                "64:ff9b::198.51.100.7",
                "1:2:3:4:5:6:7.8.9.10");
        List<String> command = new ArrayList<>(List.of(
                "python3",
                "-I",
                "-c",
                "import ipaddress, sys\nfor a in sys.argv[1:]: print(ipaddress.ip_address(a).packed.hex())"));
        command.addAll(texts);
        List<String> expected = OpenSsl.runCommand(command).output().lines().toList();
        assertEquals(texts.size(), expected.size(), expected.toString());
        for (int i = 0; i < texts.size(); i++) {
            String names = HexFormat.of()
                    .formatHex(
                            certificates.issueServer(texts.get(i)).certificate().getExtensionValue("2.5.29.17"));
            String address = expected.get(i);
            String field = "87" + (address.length() == 8 ? "04" : "10") + address; // [7] iPAddress
            assertTrue(names.endsWith(field), texts.get(i) + ": " + names);
        }
    }

    @Test
    void theObjectsOfJavaAreTheSameIdentity() throws Exception {
        TestCertificate server = TestCertificates.create().server();
        char[] password = "secret".toCharArray();
        KeyStore store = server.keyStore(password);
        assertEquals(server.privateKey(), store.getKey("key", password));
        assertEquals(server.chain(), List.of(store.getCertificateChain("key")));
        assertFalse(server.toString().contains("PRIVATE"), server.toString());
    }

    /** In a class loader that sees the library and the forge, and nothing else that stands on the class path here. */
    @Test
    void nothingButTheLibraryAndTheJdkIsNeeded() throws Exception {
        List<URL> places = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.matches(".*ssl-(api|forge|testkit)/target/classes|.*ssl-(api|forge|testkit)-[^/]*\\.jar")) {
                places.add(Path.of(entry).toUri().toURL());
            }
        }
        assertEquals(3, places.size(), places.toString());
        try (URLClassLoader alone =
                new URLClassLoader(places.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = alone.loadClass(TestCertificates.class.getName());
            Object certificates = type.getMethod("create").invoke(null);
            Object server = type.getMethod("server").invoke(certificates);
            assertTrue(server.toString().contains("CN=localhost"), server.toString());
            assertThrows(ClassNotFoundException.class, () -> alone.loadClass("io.netty.pkitesting.X509Bundle"));
        }
    }
}
