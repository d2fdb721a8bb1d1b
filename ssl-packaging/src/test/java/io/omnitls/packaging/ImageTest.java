package io.omnitls.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that jlink makes of an application, this library and the JDK's own TLS. */
@Timeout(120)
class ImageTest {
    private static final String PROVIDER = "jsse";

    /** The first JDK whose java.base has elliptic curves (JDK-8308398). */
    private static final int CURVES_IN_BASE = 22;

    @TempDir
    Path directory;

    @Test
    void anImageHasNothingButTheModulesThatWereAskedFor() throws Exception {
        Tool java = image("jdk.crypto.ec");
        String modules = java.run(List.of("--list-modules"));
        assertEquals(
                List.of("com.example.app", "io.omnitls", "io.omnitls.jsse", "java.base", "jdk.crypto.ec"),
                modules.lines().map(line -> line.replaceFirst("@.*", "")).toList());
        assertEquals("jsse met CN=localhost, who says 42\n", java.run(application(identity("EC", "256"))));
    }

    /** A certificate with an RSA key would be no reason to go on: nearly every peer wants ECDHE. */
    @Test
    void anImageWithoutCurvesIsToldWhichModuleIsMissing() throws Exception {
        Tool java = image();
        List<String> application = application(identity("RSA", "2048"));
        if (Runtime.version().feature() >= CURVES_IN_BASE) {
            assertEquals("jsse met CN=localhost, who says 42\n", java.run(application));
        } else {
            String said = java.run(1, application);
            assertTrue(said.contains("jlink --add-modules jdk.crypto.ec"), said);
            assertFalse(said.contains("met CN"), said);
        }
    }

    private List<String> identity(String algorithm, String bits) throws Exception {
        return Applications.identity(directory, "-keyalg", algorithm, "-keysize", bits);
    }

    private Tool image(String... modules) throws Exception {
        List<String> added = new ArrayList<>(List.of("com.example.app", "io.omnitls.jsse"));
        added.addAll(List.of(modules));
        Path image = directory.resolve("image");
        Tool.ofThisJdk("jlink")
                .run(List.of(
                        "--module-path",
                        String.join(
                                File.pathSeparator,
                                Applications.target("modular")
                                        .resolve("classes")
                                        .toString(),
                                Applications.jar("modular", "ssl-api"),
                                Applications.jar("modular", "ssl-jsse")),
                        "--add-modules",
                        String.join(",", added),
                        "--output",
                        image.toString()));
        return new Tool(image, "java");
    }

    private static List<String> application(List<String> identity) {
        List<String> arguments = new ArrayList<>(List.of("--module", "com.example.app/app.Main", PROVIDER));
        arguments.addAll(identity);
        return arguments;
    }
}
