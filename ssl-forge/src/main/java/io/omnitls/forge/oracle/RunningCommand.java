package io.omnitls.forge.oracle;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A command that runs beside a test: what it prints is collected, so that it never waits for a reader, and every wait for it
 * has an end. It ends when this is closed, and when it was waited for in vain.
 */
public final class RunningCommand implements Closeable {
    private static final int TIMEOUT_SECONDS = 20;

    private final String name;
    private final int timeoutSeconds;
    private final Process process;
    private final Thread outputReader;
    private final Thread errorReader;

    // Guarded by this, which is notified when it changes.
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private boolean outputEnded; // the process may have ended before all that it printed was read
    private int linesTaken; // by nextLine

    /** How a command ended, and all that it has printed. */
    public record Ended(int exitCode, String output, String errors) {}

    /** Starts {@code command}; its standard error goes the way of its standard output. */
    public RunningCommand(List<String> command) {
        this(command, TIMEOUT_SECONDS);
    }

    /** The same, where every wait has so many seconds. */
    public RunningCommand(List<String> command, int timeoutSeconds) {
        this(new ProcessBuilder(command).redirectErrorStream(true), timeoutSeconds);
    }

    /** Starts what {@code builder} says, whose streams are pipes unless they go the same way or are discarded. */
    public RunningCommand(ProcessBuilder builder, int timeoutSeconds) {
        name = builder.command().get(0);
        this.timeoutSeconds = timeoutSeconds;
        process = start(builder);
        outputReader = reader("output", () -> {
            drain(process.getInputStream(), output);
            endOutput();
        });
        errorReader = reader("errors", () -> drain(process.getErrorStream(), errors));
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException missing) {
            throw MissingJudge.of(builder.command().get(0), missing);
        }
    }

    private Thread reader(String what, Runnable work) {
        Thread reader = new Thread(work, name + "-" + what);
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private void drain(InputStream from, ByteArrayOutputStream to) {
        byte[] buffer = new byte[4096];
        try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                synchronized (this) {
                    to.write(buffer, 0, n);
                    notifyAll();
                }
            }
        } catch (IOException closed) {
            // The process was ended.
        }
    }

    private synchronized void endOutput() {
        outputEnded = true;
        notifyAll();
    }

    /** Waits until the command has printed a line that starts with {@code prefix}, and returns the first of them. */
    public String awaitLine(String prefix) throws IOException {
        return awaitLine(0, line -> line.startsWith(prefix), prefix);
    }

    /** Waits until the command has printed a line that has {@code text} in it, and returns the first of them. */
    public String awaitLineWith(String text) throws IOException {
        return awaitLine(0, line -> line.contains(text), text);
    }

    /** The next line of standard output, counted from the first one at the first call. */
    public synchronized String nextLine() throws IOException {
        String line = awaitLine(linesTaken, any -> true, "another line");
        linesTaken++;
        return line;
    }

    private synchronized String awaitLine(int from, Predicate<String> wanted, String what) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        for (; ; ) {
            Optional<String> found =
                    completeLines().stream().skip(from).filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (outputEnded || left <= 0) {
                throw new IOException(name + " did not print " + what + ", but: " + printed());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while " + name + " was running");
            }
        }
    }

    private List<String> completeLines() {
        String text = output();
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private synchronized String printed() {
        return output() + errors.toString(StandardCharsets.UTF_8);
    }

    /** What was printed so far. */
    public synchronized String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Types into the command. One that has ended takes nothing: whoever waits for its answer hears what it printed instead. */
    public void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException ended) {
            // Which may be now or in a moment, so nobody may depend on it.
        }
    }

    /** Ends the command's standard input. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for the command to end, however it does. */
    public Ended await() throws InterruptedException {
        if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
            close();
            throw new AssertionError(name + " did not end, it has printed: " + printed());
        }
        outputReader.join(TimeUnit.SECONDS.toMillis(timeoutSeconds));
        errorReader.join(TimeUnit.SECONDS.toMillis(timeoutSeconds));
        synchronized (this) {
            return new Ended(process.exitValue(), output(), errors.toString(StandardCharsets.UTF_8));
        }
    }

    /** Waits for the command to end and returns what it has printed. */
    public String awaitEnd() throws InterruptedException {
        return await().output();
    }

    /** Waits for the command to end, which has to be a success, and returns what it has printed. */
    public String awaitSuccess() throws InterruptedException {
        Ended ended = await();
        if (ended.exitCode() != 0) {
            throw new AssertionError(name + " failed: " + ended.output() + ended.errors());
        }
        return ended.output();
    }

    /** Kills it, with what it has started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
