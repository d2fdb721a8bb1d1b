package io.omnitls.android;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.android.tools.r8.OutputMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What D8 makes of the library for Android's API level 26. */
@Timeout(300)
class DesugaredTest {
    @TempDir
    private static Path classes;

    @TempDir
    private Path directory;

    @BeforeAll
    static void desugar() throws Exception {
        Desugared.write(classes, OutputMode.ClassFile);
    }

    @Test
    void itIsDexedWithoutAWarning() throws Exception {
        Desugared.write(directory, OutputMode.DexIndexed);
        assertTrue(Files.size(directory.resolve("classes.dex")) > 0);
    }

    /** Here nothing is left out, neither records nor {@code Optional}; each of these classes says why nobody comes there. */
    @Test
    void nothingElseCallsWhatAndroidLacks() throws Exception {
        assertEquals(
                Set.of(
                        "io/omnitls/internal/javax/PacketSize",
                        "io/omnitls/internal/transport/SocketOptions",
                        "io/omnitls/cert/RuntimeTrust",
                        "io/omnitls/internal/verify/StapledResponse",
                        "io/omnitls/spi/JdkAlpn"),
                new ApiLevel().violators(classes));
    }

    @Test
    void itShakesHands() throws Exception {
        new Run(directory).assertShakesHands(classes);
    }
}
