package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the command, as a user does or in this process. */
final class Cli {
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

    static Process start(String... arguments) throws IOException {
        return new ProcessBuilder(command(arguments)).start();
    }

    /** In a process of its own. */
    static Ended run(String input, String... arguments) throws Exception {
        return end(start(arguments), input);
    }

    /** Gives a process its input and waits for its end. */
    static Ended end(Process process, String input) throws Exception {
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it ends");
        return new Ended(process.exitValue(), output, errors);
    }

    /** It failed, and said why in one line. */
    static void assertOneLine(Ended ended, String expected) {
        assertTrue(ended.exitCode() != 0);
        assertEquals(1, ended.errors().lines().count(), ended.errors());
        assertTrue(ended.errors().startsWith("tls: ") && ended.errors().contains(expected), ended.errors());
    }
}
