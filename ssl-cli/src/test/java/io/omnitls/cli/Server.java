package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.forge.oracle.RunningCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A running {@code tls serve}, which is ended with the test.
 *
 * @param command after its first line
 */
record Server(RunningCommand command, int port) implements AutoCloseable {
    static Server start(Path certificate, String... arguments) throws IOException {
        return of(Cli.start(words(List.of("--cert", certificate.toString()), arguments)));
    }

    static Server selfSigned(String... arguments) throws IOException {
        return of(Cli.start(words(List.of("--self-signed"), arguments)));
    }

    /** In a process that may have so many files and sockets open at a time. */
    static Server startWithFiles(int limit, Path certificate) throws IOException {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + limit + " && exec \"$@\"", "serve"));
        shell.addAll(Cli.command(words(List.of("--cert", certificate.toString()))));
        return of(Cli.start(new ProcessBuilder(shell)));
    }

    private static String[] words(List<String> certificate, String... arguments) {
        List<String> all = new ArrayList<>(List.of("serve", "0"));
        all.addAll(certificate);
        all.addAll(List.of(arguments));
        return all.toArray(new String[0]);
    }

    private static Server of(RunningCommand command) throws IOException {
        try {
            String line = command.nextLine();
            String[] words = line.split(" ", -1);
            assertEquals("listening", words[0], line);
            return new Server(command, Integer.parseInt(words[3]));
        } catch (IOException | RuntimeException | Error e) {
            command.close();
            throw e;
        }
    }

    @Override
    public void close() {
        command.close();
    }
}
