package io.omnitls.integration.databases;

import io.omnitls.integration.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A database's program. As root it is run as a user of its own, since databases refuse root. */
final class ServerProcess {
    private final List<String> command;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** @param user who runs it, if root would */
    ServerProcess(String user, String... command) throws IOException {
        this.command = asUser(user, command);
        this.process =
                new ProcessBuilder(this.command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        Thread reader = new Thread(this::read, "database-output");
        reader.setDaemon(true);
        reader.start();
    }

    private static List<String> asUser(String user, String... command) {
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
        }
        words.addAll(List.of(command));
        return words;
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException ended) {
            // Whoever waits for a line hears of it by the time-out.
        }
    }

    /** Waits until a line with {@code text} is printed. */
    void awaitLine(String text) throws Exception {
        List<String> printed = new ArrayList<>();
        for (; ; ) {
            String line = lines.poll(Deadline.SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException(command + " did not print " + text + ", but: " + String.join("\n", printed));
            }
            printed.add(line);
            if (line.contains(text)) {
                return;
            }
        }
    }

    /** Waits for the program's end, which has to be a success. */
    void awaitSuccess() throws Exception {
        if (!process.waitFor(3L * Deadline.SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end: " + command);
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " failed: " + String.join("\n", lines));
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(Deadline.SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
