package io.omnitls.integration.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.TlsProviders;
import io.omnitls.TlsSocket;
import io.omnitls.testkit.certificates.TestCertificate;
import io.omnitls.testkit.certificates.TestCertificates;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents' Java runs on every provider. */
class RunningTest {
    private static final Path README = Path.of("README.md");

    /** What others plug in is run by the tests of this module's other packages. */
    private static final Set<Path> COMPILED_ONLY = Set.of(Path.of("docs/javax.md"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt", "bcfips"})
    void theFragmentsRun(String provider) throws Exception {
        System.setProperty(TlsProviders.PROPERTY, provider);
        try (Bench bench = new Bench(directory)) {
            for (Document document : Document.all()) {
                if (!COMPILED_ONLY.contains(document.path())) {
                    run(document, bench);
                }
            }
        } finally {
            System.clearProperty(TlsProviders.PROPERTY);
        }
    }

    private void run(Document document, Bench bench) throws Exception {
        Path classes = Files.createTempDirectory(directory, "classes");
        CompiledDocument compiled = CompiledDocument.of(document, classes);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, RunningTest.class.getClassLoader())) {
            for (JavaBlock block : compiled.blocks()) {
                if (!block.whole()) {
                    assertTrue(bench.has(block.atHand()), () -> block.block() + " wants " + block.atHand());
                    run(block, loader, bench.arguments(block.atHand()));
                }
            }
        }
    }

    private static void run(JavaBlock block, ClassLoader loader, Object[] arguments) throws Exception {
        Method method = Stream.of(loader.loadClass(block.name()).getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals("run"))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        try {
            method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(block.block() + " failed", e.getCause());
        }
    }

    /** The name in the certificate leads to this machine, and its authority is the system's. */
    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt", "bcfips"})
    void theProgramsOfTheReadmeRun(String provider) throws Exception {
        TestCertificates.builder().serverNames("example.org").build().write(directory);
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 example.org\n");
        List<String> options = List.of("-Dio.omnitls.provider=" + provider, "-Djdk.net.hosts.file=" + hosts);
        Map<String, String> environment =
                Map.of("SSL_CERT_FILE", directory.resolve("root.pem").toString());
        CompiledDocument readme =
                CompiledDocument.of(Document.read(README), Files.createDirectory(directory.resolve("classes")));
        try (Program serve = new Program(
                readme,
                "Serve",
                environment,
                options,
                List.of(
                        "0",
                        directory.resolve("server.pem").toString(),
                        directory.resolve("server-key.pem").toString()))) {
            String port = serve.awaitLine("listening on port ");
            try (Program get = new Program(readme, "Get", environment, options, List.of("example.org", port))) {
                String printed = get.await(0);
                // Behind what newer machines say of native code.
                assertTrue(printed.lines().anyMatch(line -> line.startsWith("HTTP/1.0 200")), printed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void theServerOfThePageOnFipsRunsInTheApprovedModeAlone(boolean approved, int status) throws Exception {
        TestCertificates certificates = TestCertificates.create();
        String password = "correct horse battery staple";
        Path store = directory.resolve("server.bcfks");
        write(certificates.server(), store, password.toCharArray());
        CompiledDocument page = CompiledDocument.of(
                Document.read(Path.of("docs/fips.md")), Files.createDirectory(directory.resolve("classes")));
        try (Program server = new Program(
                page,
                "ApprovedServer",
                Map.of(),
                List.of("-Dorg.bouncycastle.fips.approved_only=" + approved),
                List.of("0", store.toString(), password))) {
            if (approved) {
                int port = Integer.parseInt(server.awaitLine("listening on port "));
                ClientContext client = ClientContext.builder()
                        .verifyLocations(certificates.trustStore())
                        .build();
                try (TlsSocket socket = client.connect("localhost", port)) {
                    socket.handshake();
                }
            }
            assertTrue(server.await(status)
                    .contains(approved ? "approved: true" : "-Dorg.bouncycastle.fips.approved_only=true"));
        }
    }

    private static void write(TestCertificate identity, Path file, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance("BCFKS", new BouncyCastleFipsProvider());
        store.load(null, null);
        store.setKeyEntry(
                "server", identity.privateKey(), password, identity.chain().toArray(new Certificate[0]));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }

    /** Each program has its line above. */
    @Test
    void noProgramIsLeftOut() {
        assertEquals(
                new TreeSet<>(Set.of("Get", "Serve", "ApprovedServer")),
                Document.all().stream()
                        .flatMap(document -> document.blocks("java"))
                        .map(block -> new JavaBlock(block, List.of()))
                        .filter(JavaBlock::runnable)
                        .map(JavaBlock::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
