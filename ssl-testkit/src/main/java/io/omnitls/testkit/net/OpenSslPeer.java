package io.omnitls.testkit.net;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The {@code openssl} command as the other end of a connection. */
public final class OpenSslPeer implements Closeable {
    private static final int TIMEOUT_SECONDS = 20;

    private final Process process;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Thread reader;

    private OpenSslPeer(Process process, InputStream rest) {
        this.process = process;
        this.reader = new Thread(() -> drain(rest), "openssl-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void drain(InputStream in) {
        byte[] buffer = new byte[4096];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (output) {
                    output.write(buffer, 0, n);
                }
            }
        } catch (IOException closed) {
            // The process was ended.
        }
    }

    /** Whether the command is on this machine. */
    public static boolean available() {
        return Availability.PRESENT.get();
    }

    private static final class Availability {
        static final AtomicBoolean PRESENT = new AtomicBoolean(probe());

        private static boolean probe() {
            try {
                Process version = new ProcessBuilder("openssl", "version")
                        .redirectErrorStream(true)
                        .start();
                return version.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) && version.exitValue() == 0;
            } catch (IOException missing) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** {@code openssl s_client} with these arguments. */
    public static OpenSslPeer client(int port, String... arguments) throws IOException {
        List<String> command = command("s_client", arguments);
        command.addAll(List.of("-connect", "127.0.0.1:" + port));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new OpenSslPeer(process, process.getInputStream());
    }

    /** A running server and the port it listens on. */
    public record Server(OpenSslPeer peer, int port) implements Closeable {
        @Override
        public void close() {
            peer.close();
        }
    }

    /** {@code openssl s_server} with these arguments, on a free port. */
    public static Server server(String... arguments) throws IOException {
        List<String> command = command("s_server", arguments);
        command.addAll(List.of("-accept", "127.0.0.1:0"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1), 1);
        StringBuilder seen = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith("ACCEPT ")) {
                int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                return new Server(new OpenSslPeer(process, process.getInputStream()), port);
            }
        }
        throw new IOException("openssl s_server did not start: " + seen);
    }

    private static List<String> command(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl", name));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs another of the commands to its end, which has to be a success; returns what it printed. */
    public static String run(String name, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(name, arguments))
                .redirectErrorStream(true)
                .start();
        try (OpenSslPeer command = new OpenSslPeer(process, process.getInputStream())) {
            command.endInput();
            String output = command.awaitOutput();
            if (process.exitValue() != 0) {
                throw new AssertionError("openssl " + name + " failed: " + output);
            }
            return output;
        }
    }

    /** Types into the command. */
    public void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** Ends the command's standard input, which makes a client close the connection. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for the command to end and returns all that it has printed. */
    public String awaitOutput() throws InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("openssl did not end, it has printed: " + output());
        }
        reader.join(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
        return output();
    }

    private String output() {
        synchronized (output) {
            return output.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
