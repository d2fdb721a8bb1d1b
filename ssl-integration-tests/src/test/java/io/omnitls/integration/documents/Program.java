package io.omnitls.integration.documents;

import io.omnitls.forge.oracle.RunningCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program of a document in a process of its own. */
final class Program implements AutoCloseable {
    /** A new virtual machine, on which BC-FIPS tests itself, perhaps beside others. */
    private static final int SECONDS = 60;

    private final RunningCommand running;

    /**
     * Starts it.
     *
     * @param options of the virtual machine
     */
    Program(
            CompiledDocument document,
            String name,
            Map<String, String> environment,
            List<String> options,
            List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", document.classes() + ":" + System.getProperty("java.class.path"), name));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        running = new RunningCommand(builder, SECONDS);
    }

    /** Waits until it has printed {@code text} and the rest of that line, which it returns. */
    String awaitLine(String text) throws IOException {
        String line = running.awaitLineWith(text);
        return line.substring(line.indexOf(text) + text.length());
    }

    /** Waits for its end with this status, and returns what it has printed. */
    String await(int status) throws InterruptedException {
        RunningCommand.Ended ended = running.await();
        if (ended.exitCode() != status) {
            throw new AssertionError("it ended with " + ended.exitCode() + ": " + ended.output());
        }
        return ended.output();
    }

    @Override
    public void close() {
        running.close();
    }
}
