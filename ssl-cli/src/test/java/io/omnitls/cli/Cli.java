package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.oracle.RunningCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command, as a user does or in this process. */
final class Cli {
    private static final int TIMEOUT_SECONDS = 60; // a shell of the start script or a scan takes its time

    private Cli() {}

    /** How it ended. */
    record Ended(int exitCode, String output, String errors) {}

    /** In this process, where it has no input. */
    static Ended here(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int exitCode = Main.run(new PrintWriter(output), new PrintWriter(errors), arguments);
        return new Ended(exitCode, output.toString(), errors.toString());
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) { // which ./tls says in the manifest of its jar
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("tls.classpath"), "io.omnitls.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    static RunningCommand start(String... arguments) {
        return start(new ProcessBuilder(command(arguments)));
    }

    static RunningCommand start(ProcessBuilder builder) {
        return new RunningCommand(builder, TIMEOUT_SECONDS);
    }

    /** In a process of its own. */
    static Ended run(String input, String... arguments) throws Exception {
        return run(input, new ProcessBuilder(command(arguments)));
    }

    /** Gives a process its input and waits for its end. */
    static Ended run(String input, ProcessBuilder builder) throws Exception {
        try (RunningCommand running = start(builder)) {
            running.type(input);
            running.endInput();
            RunningCommand.Ended ended = running.await();
            return new Ended(ended.exitCode(), ended.output(), ended.errors());
        }
    }

    /** It failed, and said why in one line. */
    static void assertOneLine(Ended ended, String expected) {
        assertTrue(ended.exitCode() != 0);
        assertEquals(1, ended.errors().lines().count(), ended.errors());
        assertTrue(ended.errors().startsWith("tls: ") && ended.errors().contains(expected), ended.errors());
    }
}
