package io.omnitls.testkit.net;

import io.omnitls.forge.oracle.MissingJudge;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command that runs beside a test: what it prints is collected, and every wait for it has an end. */
final class RunningCommand implements Closeable {
    private static final int TIMEOUT_SECONDS = 20;

    private final String name;
    private final int timeoutSeconds;
    private final Process process;
    private final Thread reader;

    // Guarded by this, which is notified when it changes.
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private boolean outputEnded; // the process may have ended before all that it printed was read

    /** Starts {@code command}; its standard error goes the way of its standard output. */
    RunningCommand(List<String> command) {
        this(command, TIMEOUT_SECONDS);
    }

    /** The same, where every wait has so many seconds. */
    RunningCommand(List<String> command, int timeoutSeconds) {
        name = command.get(0);
        this.timeoutSeconds = timeoutSeconds;
        process = start(command);
        reader = new Thread(this::drain, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw MissingJudge.of(command.get(0), missing);
        }
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
            outputEnded = true;
            notifyAll();
        }
    }

    /** Waits until the command has printed a line that starts with {@code prefix}, and returns the first of them. */
    synchronized String awaitLine(String prefix) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        for (; ; ) {
            Optional<String> found =
                    completeLines().filter(line -> line.startsWith(prefix)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (outputEnded || left <= 0) {
                throw new IOException(name + " did not print " + prefix + ", but: " + output());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while " + name + " was running");
            }
        }
    }

    private Stream<String> completeLines() {
        String printed = output();
        return printed.substring(0, printed.lastIndexOf('\n') + 1).lines();
    }

    /** What was printed so far. */
    synchronized String output() {
        return output.toString(StandardCharsets.ISO_8859_1);
    }

    /** Types into the command. One that has ended takes nothing: whoever waits for its answer hears what it printed instead. */
    void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException ended) {
            // Which may be now or in a moment, so nobody may depend on it.
        }
    }

    /** Ends the command's standard input. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for the command to end and returns all that it has printed. */
    String awaitEnd() throws InterruptedException {
        if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " did not end, it has printed: " + output());
        }
        reader.join(TimeUnit.SECONDS.toMillis(timeoutSeconds));
        return output();
    }

    /** Waits for the command to end, which has to be a success, and returns all that it has printed. */
    String awaitSuccess() throws InterruptedException {
        String printed = awaitEnd();
        if (process.exitValue() != 0) {
            throw new AssertionError(name + " failed: " + printed);
        }
        return printed;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
