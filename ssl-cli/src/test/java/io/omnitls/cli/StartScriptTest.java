package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.oracle.RunningCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
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
        List<String> command =
                new ArrayList<>(List.of("sh", checkout.resolve("tls").toString()));
        command.addAll(List.of(arguments));
        return Cli.run("", prepared(failure, command));
    }

    private ProcessBuilder prepared(String failure, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(directory.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("MVN_FAILS", failure);
        builder.environment().put("BUILDS", directory.resolve("builds").toString());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, first) -> first + ":" + path);
        return builder;
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

    @Test
    void itIsFoundThroughLinksAndFromAnywhere() throws Exception {
        tls("", "doctor");
        Path link = Files.createSymbolicLink(directory.resolve("bin/the command"), checkout.resolve("tls"));
        Path folder = Files.createSymbolicLink(directory.resolve("elsewhere"), checkout);
        for (Path start : List.of(link, folder.resolve("tls"))) {
            ProcessBuilder builder = prepared("", List.of("sh", start.toString(), "doctor"));
            builder.environment().put("CDPATH", "/");
            Cli.Ended ended = Cli.run("", builder);
            assertEquals(7, ended.exitCode(), ended.errors());
            assertTrue(
                    ended.output().startsWith(directory + ": ")
                            && ended.output().contains(checkout.toRealPath() + "/ssl-cli/target/ssl-cli-1.jar doctor"),
                    ended.output());
        }
        assertEquals("built archived", work());
    }

    /** The second waits for the first to be done, and has nothing to do then. */
    @Test
    void ofTwoFirstStartsOneBuilds() throws Exception {
        tool(
                "mvn",
                "echo built >>\"$BUILDS\"; read -r go <\"$GATE\"; mkdir -p ssl-cli/target; : >ssl-cli/target/ssl-cli-1.jar");
        Path gate = directory.resolve("gate");
        assertEquals(
                0, Cli.run("", new ProcessBuilder("mkfifo", gate.toString())).exitCode());
        List<String> command = List.of("sh", checkout.resolve("tls").toString(), "doctor");
        ProcessBuilder first = prepared("", command);
        first.environment().put("GATE", gate.toString());
        first.redirectErrorStream(true);
        ProcessBuilder second = prepared("", command);
        second.environment().put("GATE", "/nowhere");
        second.redirectErrorStream(true);
        try (RunningCommand builds = Cli.start(first)) {
            assertEquals("building the tls command ...", builds.nextLine());
            try (RunningCommand waits = Cli.start(second)) {
                assertEquals("waiting for another start that builds the tls command ...", waits.nextLine());
                Cli.run("", new ProcessBuilder("sh", "-c", "echo go >'" + gate + "'"));
                assertEquals(7, builds.await().exitCode());
                assertEquals(7, waits.await().exitCode());
            }
        }
        assertTrue(work().startsWith("built archived"));
    }

    /** What Java opens next would have the number of what is closed. */
    @Test
    void closedStreamsAreThereForJavaAndLocalesHaveLetters() throws Exception {
        tool("java", "(: 3<&0) && (: 3>&1) && (: 3>&2) && echo \"$LC_ALL\" >\"$BUILDS.locale\"");
        String start = "LC_ALL= LC_CTYPE= LANG=C sh '" + checkout.resolve("tls") + "' doctor <&- >&- 2>&-";
        assertEquals(0, Cli.run("", prepared("", List.of("sh", "-c", start))).exitCode());
        assertEquals("C.UTF-8\n", Files.readString(directory.resolve("builds.locale")));
    }

    @Test
    void withoutJavaThereIsALine() throws Exception {
        ProcessBuilder builder =
                prepared("", List.of("sh", checkout.resolve("tls").toString(), "doctor"));
        builder.environment().put("JAVA_HOME", directory.resolve("none").toString());
        Cli.Ended ended = Cli.run("", builder);
        assertEquals(1, ended.exitCode());
        Cli.assertOneLine(ended, "there is no " + directory.resolve("none/bin/java"));
    }

    /** Another user's checkout, for instance, where no archive can be made. */
    @Test
    void whatCannotBeWrittenIsDoneWithout() throws Exception {
        tls("", "doctor");
        work();
        Path target = checkout.resolve("ssl-cli/target");
        try (var files = Files.list(target)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jsa")).toList()) {
                Files.delete(file);
            }
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            Cli.Ended ended = tls("", "doctor");
            assertEquals(7, ended.exitCode(), ended.errors());
            assertEquals("", ended.errors());
        } finally {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
