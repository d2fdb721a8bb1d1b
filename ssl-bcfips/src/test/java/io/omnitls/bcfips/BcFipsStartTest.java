package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the provider in processes of their own, on class paths good and bad. */
@Timeout(120)
class BcFipsStartTest {
    /** What the module path of this test holds is what a class path has to hold. */
    private static final List<Path> LIBRARIES = Arrays.stream(
                    System.getProperty("jdk.module.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();

    @TempDir
    private Path directory;

    @Test
    void onTheClassPathItIsFoundAndAvailable() throws Exception {
        String output = run(LIBRARIES);

        assertTrue(output.startsWith("available: ProviderInfo[library=BC-FIPS, version=2."), output);
        assertFalse(output.contains("TLS_RSA_WITH_"), output);
        assertUntouched(output);
    }

    @Test
    void rsaKeyTransportIsDeclaredWhenKeysMayBeUsedForBoth() throws Exception {
        String output = run(LIBRARIES, "-Dorg.bouncycastle.rsa.allow_multi_use=true");

        assertTrue(output.contains("TLS_RSA_WITH_AES_128_GCM_SHA256"), output);
    }

    @Test
    void withoutItsNativeLibraryItIsAvailableAllTheSame() throws Exception {
        String output = run(LIBRARIES, "-Djava.io.tmpdir=" + directory.resolve("missing"));

        assertTrue(output.startsWith("available: "), output);
    }

    @Test
    void besideBcprovItIsUnavailableAndSaysSo() throws Exception {
        List<Path> libraries = new ArrayList<>(LIBRARIES);
        Path bcprov = Files.createDirectories(directory.resolve("bcprov/org/bouncycastle/jce/provider"));
        // The class has to be there, no more: the module is not even touched.
        Files.write(bcprov.resolve("BouncyCastleProvider.class"), new byte[0]);
        libraries.add(directory.resolve("bcprov"));

        String output = run(libraries);

        assertTrue(output.startsWith("unavailable: bcprov "), output);
        assertUntouched(output);
    }

    @Test
    void withoutTheModuleItIsUnavailableAndNamesWhatIsMissing() throws Exception {
        String output = run(without("bc-fips"));

        assertTrue(output.startsWith("unavailable: the class org/bouncycastle/"), output);
        assertTrue(output.contains("bc-fips, bcutil-fips and bctls-fips must all be present"), output);
    }

    @Test
    void withoutTheTlsLibraryItIsUnavailableAndNamesWhatIsMissing() throws Exception {
        String output = run(without("bctls-fips"));

        assertTrue(output.startsWith("unavailable: the class org/bouncycastle/"), output);
    }

    @Test
    void aModuleThatFailsItsSelfTestIsUnavailableAndSaysWhatItSaid() throws Exception {
        Path original =
                LIBRARIES.stream().filter(BcFipsStartTest::isModule).findFirst().orElseThrow();
        Path tampered =
                Files.copy(original, directory.resolve("bc-fips-tampered.jar"), StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem jar = FileSystems.newFileSystem(tampered)) {
            Files.writeString(jar.getPath("/tampered.class"), "the checksum of the module covers this");
        }
        List<Path> libraries = new ArrayList<>(without("bc-fips"));
        libraries.add(tampered);

        String output = run(libraries);

        assertTrue(output.startsWith("unavailable: BC-FIPS did not start: "), output);
        assertTrue(output.contains("checksum"), output);
        assertUntouched(output);
    }

    private static void assertUntouched(String output) {
        assertTrue(output.contains("process-wide providers untouched: true"), output);
    }

    private static List<Path> without(String library) {
        return LIBRARIES.stream()
                .filter(path -> !path.getFileName().toString().startsWith(library + "-"))
                .toList();
    }

    private static boolean isModule(Path path) {
        return path.getFileName().toString().startsWith("bc-fips-");
    }

    private String run(List<Path> libraries, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + Path.of(System.getProperty("basedir"), "target", "test-classes"));
        command.add(AvailabilityProbe.class.getName());
        File output = directory.resolve("output").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(process.waitFor(100, TimeUnit.SECONDS), "the process never ends");
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), text);
        return text;
    }
}
