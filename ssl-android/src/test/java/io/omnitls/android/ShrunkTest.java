package io.omnitls.android;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.android.tools.r8.JdkClassFileProvider;
import com.android.tools.r8.OutputMode;
import com.android.tools.r8.R8;
import com.android.tools.r8.R8Command;
import com.android.tools.r8.origin.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What R8 leaves of the library in an application that says nothing about it: the rules in the jars are enough. */
@Timeout(300)
class ShrunkTest {
    private static final String APPLICATION =
            "-keep class io.omnitls.android.Application { public static void main(java.lang.String[]); }";

    @TempDir
    private Path classes;

    @TempDir
    private Path directory;

    @Test
    void itShakesHands() throws Exception {
        Diagnostics diagnostics = new Diagnostics();
        R8Command.Builder builder = R8Command.builder(diagnostics)
                .addLibraryResourceProvider(JdkClassFileProvider.fromJdkHome(Path.of(System.getProperty("java.home"))))
                .addClasspathFiles(Parts.conscryptForJvm())
                .addProguardConfiguration(rules(), Origin.root())
                .setOutput(classes, OutputMode.ClassFile);
        for (byte[] content : Parts.classes()) {
            builder.addClassProgramData(content, Origin.root());
        }
        try {
            R8.run(builder.build());
        } finally {
            diagnostics.assertNone();
        }
        assertTrue(Files.exists(classes.resolve("io/omnitls/android/Application.class")));
        assertFalse(Files.exists(classes.resolve("io/omnitls/TlsSocket.class")), "it has another name");
        new Run(directory).assertShakesHands(classes);
    }

    private static List<String> rules() throws Exception {
        List<String> rules = new ArrayList<>(List.of(APPLICATION));
        for (Path part : Parts.ours()) {
            Parts.visit(part, (name, content) -> {
                if (name.startsWith("META-INF/proguard/")) {
                    rules.add(new String(content, StandardCharsets.UTF_8));
                }
            });
        }
        return rules;
    }
}
