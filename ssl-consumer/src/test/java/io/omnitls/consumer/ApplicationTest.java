package io.omnitls.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user of the module path needs: these modules and nothing else, to compile and to run. */
@Timeout(120)
class ApplicationTest {
    private static final String MODULE_PATH = System.getProperty("consumer.modulepath");

    private static final String PASSWORD = "password";

    @TempDir
    Path directory;

    @Test
    void itRunsOnTheModulePath() throws Exception {
        List<String> identity = identity();
        String said = run(
                identity,
                "java",
                "--module-path",
                MODULE_PATH,
                "--add-modules",
                "io.omnitls.jsse",
                "--module",
                "io.omnitls.consumer/io.omnitls.consumer.Application");
        assertEquals("met CN=localhost, who says 42\n", said);
    }

    /** Compiled as the main code of this module is, but for what Maven may put on the module path beside it. */
    @Test
    void itsSourceCompilesAgainstTheApiAlone() throws Exception {
        Path source = directory.resolve("src");
        Files.createDirectories(source.resolve("app"));
        Files.writeString(source.resolve("module-info.java"), "module app { requires io.omnitls; }");
        Files.writeString(
                source.resolve("app/Main.java"),
                "package app; class Main { Object of() throws Exception {"
                        + " return io.omnitls.ClientContext.builder().provider(\"jsse\").build(); } }");
        ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
        int failed = compiler.run(
                System.out,
                System.err,
                "-Xlint:all",
                "-Werror",
                "--module-path",
                MODULE_PATH,
                "-d",
                directory.resolve("classes").toString(),
                source.resolve("module-info.java").toString(),
                source.resolve("app/Main.java").toString());
        assertEquals(0, failed, "javac refuses a module that requires io.omnitls and nothing else");
    }

    /** An application server that takes the application away gets its memory back. */
    @Test
    void aClassLoaderThatHasSpokenTlsIsFreed() throws Exception {
        String tests = Path.of(ApplicationTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        run(identity(), "java", "-Xmx64m", "-cp", tests, "io.omnitls.consumer.Unloading", MODULE_PATH);
    }

    /** A new certificate for localhost: its PKCS#12 file, the password, and the PEM file to trust. */
    private List<String> identity() throws Exception {
        String store = directory.resolve("localhost.p12").toString();
        String certificate = directory.resolve("localhost.pem").toString();
        keytool(
                store,
                "-genkeypair -keyalg EC -groupname secp256r1 -dname CN=localhost -ext san=dns:localhost -ext bc:c");
        keytool(store, "-exportcert -rfc", "-file", certificate);
        return List.of(store, PASSWORD, certificate);
    }

    private static void keytool(String store, String arguments, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments.split(" ", -1)));
        words.addAll(List.of(more));
        words.addAll(
                List.of("-alias", "localhost", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store));
        run(words, "keytool");
    }

    /** Runs a tool of the JDK that runs this test, with {@code first} and then {@code last}; what it printed. */
    private static String run(List<String> last, String... first) throws Exception {
        List<String> command = new ArrayList<>(List.of(first));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", first[0]).toString());
        command.addAll(last);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
        assertEquals(0, process.exitValue(), output);
        return output;
    }
}
