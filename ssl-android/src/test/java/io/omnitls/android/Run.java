package io.omnitls.android;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the application with classes that a tool has made, in a JVM of its own: nothing here runs dex files. */
final class Run {
    private static final String PASSWORD = "password";

    private final Path directory;

    /** @param directory for what it needs */
    Run(Path directory) {
        this.directory = directory;
    }

    void assertShakesHands(Path classes) throws Exception {
        Path store = directory.resolve("localhost.p12");
        Path certificate = directory.resolve("localhost.pem");
        String identity = "-alias localhost -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + store;
        run(("keytool -genkeypair -keyalg EC -groupname secp384r1 -dname CN=localhost -ext san=dns:localhost -ext bc:c "
                        + identity)
                .split(" ", -1));
        run(("keytool -exportcert -rfc -file " + certificate + " " + identity).split(" ", -1));
        String classPath = Stream.of(classes, resources(), Parts.conscryptForJvm())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        String said = run(
                "java",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                "io.omnitls.android.Application",
                store.toString(),
                PASSWORD,
                certificate.toString());
        assertEquals(
                List.of(
                        "asked for localhost",
                        "conscrypt, TLSv1.2, secp384r1, h2, 42",
                        "asked for localhost",
                        "conscrypt, TLSv1.2, h2, resumed, 42",
                        "asked for localhost",
                        "conscrypt, TLSv1.3, secp384r1, h2, 42",
                        "asked for localhost",
                        "conscrypt, TLSv1.3, secp384r1, h2, resumed, 42"),
                said.lines().collect(Collectors.toList()));
    }

    /** All that the library has but its classes. */
    private Path resources() throws IOException {
        Path resources = Files.createDirectory(directory.resolve("resources"));
        for (Path part : Parts.ours()) {
            Parts.visit(part, (name, content) -> {
                if (!name.endsWith(".class")) {
                    Path file = resources.resolve(name);
                    Files.createDirectories(file.getParent());
                    Files.write(file, content);
                }
            });
        }
        return resources;
    }

    /** Runs a tool of the JDK that runs this test; what it printed. */
    private String run(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(words));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", words[0]).toString());
        Path errors = directory.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
        assertEquals(0, process.exitValue(), () -> output + read(errors));
        return output;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
