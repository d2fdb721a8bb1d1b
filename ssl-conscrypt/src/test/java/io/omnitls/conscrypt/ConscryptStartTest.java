package io.omnitls.conscrypt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the provider in processes of their own, on class paths good and bad. */
@Timeout(120)
class ConscryptStartTest {
    /** What the module path of this test holds is what a class path has to hold. */
    private static final List<String> LIBRARIES =
            Arrays.asList(System.getProperty("jdk.module.path").split(File.pathSeparator, -1));

    @TempDir
    private Path directory;

    @Test
    void onTheClassPathItIsFoundAndAvailable() throws Exception {
        String output = run(LIBRARIES);

        assertTrue(output.startsWith("available: ProviderInfo[library=Conscrypt (BoringSSL), version=2."), output);
    }

    @Test
    void withoutAPlaceForTheNativeLibraryItSaysWhatToDo() throws Exception {
        Path noDirectory = Files.createFile(directory.resolve("file"));

        String output = run(LIBRARIES, "-Dorg.conscrypt.native.workdir=" + noDirectory);

        assertTrue(output.startsWith("unavailable: Conscrypt's native library cannot be loaded: "), output);
        assertTrue(output.contains("-Dorg.conscrypt.native.workdir=DIR"), output);
        assertTrue(output.contains("--enable-native-access=org.conscrypt"), output);
    }

    @Test
    void withoutConscryptItNamesTheJarThatIsMissing() throws Exception {
        String output = run(LIBRARIES.stream()
                .filter(path -> !path.contains("conscrypt-openjdk"))
                .toList());

        assertTrue(output.startsWith("unavailable: Conscrypt is not on the class path or module path"), output);
    }

    private String run(List<String> libraries, String... options) throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>(libraries);
        classPath.add(
                Path.of(System.getProperty("basedir"), "target", "test-classes").toString());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), AvailabilityProbe.class.getName()));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(process.waitFor(100, TimeUnit.SECONDS), "the process never ends");
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), text);
        return text;
    }
}
