package io.omnitls.testkit.net;

import io.omnitls.forge.oracle.RunningCommand;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Python's {@code ssl} module as the other end of a connection: {@code python3} runs {@code peer.py}, which stands beside
 * this class and says what its arguments are. A server sends back what it receives; a client sends a line and expects it
 * back. Whatever is waited for has a limit of 20 seconds.
 */
public final class PythonPeer implements Closeable {
    private final RunningCommand command;

    private PythonPeer(RunningCommand command) {
        this.command = command;
    }

    /** A client that connects to {@code port} of this machine. */
    public static PythonPeer client(int port, String... arguments) throws IOException {
        List<String> words = command("client", arguments);
        words.addAll(List.of("--port", Integer.toString(port)));
        return new PythonPeer(new RunningCommand(words));
    }

    /** A running server and the port it listens on. */
    public record Server(PythonPeer peer, int port) implements Closeable {
        @Override
        public void close() {
            peer.close();
        }
    }

    /** A server on a free port. */
    public static Server server(String... arguments) throws IOException {
        RunningCommand command = new RunningCommand(command("server", arguments));
        try {
            String port = command.awaitLine(PORT).replaceAll("\\D", "");
            return new Server(new PythonPeer(command), Integer.parseInt(port));
        } catch (IOException | RuntimeException e) {
            command.close();
            throw e;
        }
    }

    private static final String PORT = "{\"port\": ";

    private static List<String> command(String role, String... arguments) {
        // -I: neither the environment nor the current folder changes what is imported.
        List<String> command = new ArrayList<>(List.of("python3", "-I", "-c", Script.TEXT, role));
        command.addAll(List.of(arguments));
        return command;
    }

    private static final class Script {
        static final String TEXT = read();

        private static String read() {
            try (InputStream in = PythonPeer.class.getResourceAsStream("peer.py")) {
                if (in == null) {
                    throw new AssertionError("peer.py is missing beside PythonPeer");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Waits for the end, which has to be a success, and returns what Python says of each connection in turn. */
    public List<PythonFacts> awaitFacts() throws InterruptedException {
        return command.awaitSuccess()
                .lines()
                .filter(line -> !line.startsWith(PORT))
                .map(PythonFacts::parse)
                .toList();
    }

    @Override
    public void close() {
        command.close();
    }
}
