package io.omnitls.integration.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of a document in a process of its own. */
final class Program implements AutoCloseable {
    /** A new virtual machine, on which BC-FIPS tests itself, perhaps beside others. */
    private static final int SECONDS = 60;

    private final Process process;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream(); // guarded by this
    private boolean ended; // no more output will come; guarded by this
    private final Thread reader;

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
            List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", document.classes() + ":" + System.getProperty("java.class.path"), name));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        reader = new Thread(this::drain, name);
        reader.setDaemon(true);
        reader.start();
    }

    private void drain() {
        byte[] buffer = new byte[4096];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (this) {
                    output.write(buffer, 0, n);
                    notifyAll();
                }
            }
        } catch (IOException closed) {
            // The process was ended.
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    /** Waits until it has printed {@code text} and the rest of that line, which it returns. */
    synchronized String awaitLine(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (; ; ) {
            String printed = printed();
            int from = printed.indexOf(text);
            int to = printed.indexOf('\n', Math.max(from, 0));
            if (from >= 0 && to >= 0) {
                return printed.substring(from + text.length(), to);
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError("no '" + text + "' in: " + printed);
            }
            wait(left);
        }
    }

    /** Waits for its end with this status, and returns what it has printed. */
    String await(int status) throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + printed());
        }
        reader.join(TimeUnit.SECONDS.toMillis(SECONDS));
        String printed = printed();
        if (process.exitValue() != status) {
            throw new AssertionError("it ended with " + process.exitValue() + ": " + printed);
        }
        return printed;
    }

    private synchronized String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
