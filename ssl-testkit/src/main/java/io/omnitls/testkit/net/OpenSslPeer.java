package io.omnitls.testkit.net;

import io.omnitls.forge.oracle.RunningCommand;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The {@code openssl} command as the other end of a connection. Whatever it is waited for has a limit of 20 seconds. */
public final class OpenSslPeer implements Closeable {
    private final RunningCommand command;

    private OpenSslPeer(RunningCommand command) {
        this.command = command;
    }

    /** {@code openssl s_client} with these arguments. */
    public static OpenSslPeer client(int port, String... arguments) throws IOException {
        List<String> command = command("s_client", arguments);
        command.addAll(List.of("-connect", "127.0.0.1:" + port));
        return new OpenSslPeer(new RunningCommand(command));
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
        List<String> words = command("s_server", arguments);
        words.addAll(List.of("-accept", "127.0.0.1:0"));
        RunningCommand command = new RunningCommand(words);
        try {
            String accepting = command.awaitLine("ACCEPT ");
            int port = Integer.parseInt(accepting.substring(accepting.lastIndexOf(':') + 1));
            return new Server(new OpenSslPeer(command), port);
        } catch (IOException | RuntimeException e) {
            command.close();
            throw e;
        }
    }

    private static List<String> command(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl", name));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs another of the commands to its end, which has to be a success; returns what it printed. */
    public static String run(String name, String... arguments) throws IOException, InterruptedException {
        try (RunningCommand command = new RunningCommand(command(name, arguments))) {
            command.endInput();
            return command.awaitSuccess();
        }
    }

    /** Runs another of the commands to its end, whatever that is; returns what it printed. */
    public static String output(String name, String... arguments) throws IOException, InterruptedException {
        try (RunningCommand command = new RunningCommand(command(name, arguments))) {
            command.endInput();
            return command.awaitEnd();
        }
    }

    /** Types into the command. */
    public void type(String text) {
        command.type(text);
    }

    /** Ends the command's standard input, which makes a client close the connection. */
    public void endInput() throws IOException {
        command.endInput();
    }

    /** Waits until the command has printed a line that starts with {@code prefix}; returns that line. */
    public String awaitLine(String prefix) throws IOException {
        return command.awaitLine(prefix);
    }

    /** Waits for the command to end and returns all that it has printed. */
    public String awaitOutput() throws InterruptedException {
        return command.awaitEnd();
    }

    @Override
    public void close() {
        command.close();
    }
}
