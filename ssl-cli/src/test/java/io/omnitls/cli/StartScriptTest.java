package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tls} in a checkout without anything in it, with a Maven and a Java that say how they are called. */
@Timeout(60)
class StartScriptTest {
    private static final List<String> MODULES = List.of("forge", "api", "jsse", "conscrypt", "bcfips", "cli");

    @TempDir
    Path directory;

    private Path checkout;
    private Path source;

    @BeforeEach
    void makeCheckout() throws Exception {
        checkout = Files.createDirectories(directory.resolve("a checkout"));
        Files.copy(Path.of("..", "tls"), checkout.resolve("tls"));
        Files.createFile(checkout.resolve("pom.xml"));
        for (String module : MODULES) {
            Files.createDirectories(checkout.resolve("ssl-" + module + "/src/main"));
            Files.createFile(checkout.resolve("ssl-" + module + "/pom.xml"));
        }
        source = Files.createFile(checkout.resolve("ssl-api/src/main/Some.java"));
        age(checkout);
        tool(
                "mvn",
                "[ -z \"$MVN_FAILS\" ] || { echo 'it does not compile'; exit 1; }; echo built >>\"$BUILDS\";"
                        + " mkdir -p ssl-cli/target; : >ssl-cli/target/ssl-cli-1.jar; : >ssl-cli/target/ssl-cli-1-sources.jar");
        tool(
                "java",
                "for word; do case $word in -XX:ArchiveClassesAtExit=*) : >\"${word#*=}\"; echo archived >>\"$BUILDS\";;"
                        + " esac; done; echo \"$PWD: $*\"; exit 7");
    }

    /** Everything is from long ago. */
    private static void age(Path root) throws Exception {
        try (var files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            }
        }
    }

    private void tool(String name, String script) throws Exception {
        Path file = Files.createDirectories(directory.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }

    private Cli.Ended tls(String failure, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add("sh");
        builder.command().add(checkout.resolve("tls").toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(directory.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("MVN_FAILS", failure);
        builder.environment().put("BUILDS", directory.resolve("builds").toString());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, first) -> first + ":" + path);
        return Cli.run("", builder);
    }

    /** What was done since the last time. */
    private String work() throws Exception {
        Path builds = directory.resolve("builds");
        String done = Files.exists(builds)
                ? Files.readString(builds).replace('\n', ' ').trim()
                : "";
        Files.deleteIfExists(builds);
        return done;
    }

    @Test
    void onlyTheFirstStartBuilds() throws Exception {
        Cli.Ended first = tls("", "doctor", "--json");
        assertEquals("building the tls command ...\n", first.errors());
        assertEquals(7, first.exitCode(), "the exit code is Java's");
        assertEquals("built archived", work());
        Cli.Ended second = tls("", "doctor", "a b");
        assertEquals("", second.errors());
        assertEquals("", work());
        assertTrue(second.output().startsWith(directory + ": "), second.output());
        assertTrue(second.output().contains("-XX:TieredStopAtLevel=1")
                && second.output().contains("-XX:SharedArchiveFile="));
        assertTrue(second.output().endsWith("ssl-cli-1.jar doctor a b\n"), second.output());
        assertFalse(tls("", "serve", "1").output().contains("TieredStopAtLevel"));
    }

    @Test
    void whatChangesIsBuiltAgain() throws Exception {
        tls("", "doctor");
        work();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        tls("", "doctor");
        assertEquals("built archived", work());
        age(checkout.resolve("ssl-api"));
        Files.delete(source); // which its directory tells
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(5)));
        tls("", "doctor");
        assertEquals("built archived", work());
    }

    @Test
    void aBuildThatFailsIsShownAndTriedAgain() throws Exception {
        Cli.Ended failed = tls("yes", "doctor");
        assertEquals(1, failed.exitCode());
        assertTrue(failed.errors().contains("it does not compile")
                && failed.errors().contains("tls: the build failed"));
        assertEquals(7, tls("", "doctor").exitCode());
    }
}
