package io.omnitls.testkit.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is skipped cannot fail, so nothing is skipped but what is known here. */
class SkippedTestsTest {
    private static final Pattern SKIPPING =
            Pattern.compile("\\bassume(True|False|That)\\(|TestAbortedException|@(Enabled|Disabled)\\w+");

    private static final Set<String> KNOWN = Set.of(
            // fails, unless the command line names the judge that is missing
            "MissingJudge.java",
            // every test of the module runs twice, and these want the process that is in approved mode
            "ApprovedModeTest.java",
            // the page is about JDK 17, on which the build always runs its tests
            "ProvidersPageTest.java",
            // native memory is counted as Linux counts it
            "ReleaseTest.java",
            "SkippedTestsTest.java",
            // before JDK 21 there are none, and the build runs on the newest JDK too
            "VirtualThreadsTest.java");

    @Test
    void nothingElseIsSkipped() throws IOException {
        Set<String> skipping = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (Path file : files.filter(SkippedTestsTest::isSource).toList()) {
                if (SKIPPING.matcher(Files.readString(file)).find()) {
                    skipping.add(file.getFileName().toString());
                }
            }
        }
        assertEquals(new TreeSet<>(KNOWN), skipping);
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java") && !file.toString().contains("/target/");
    }
}
