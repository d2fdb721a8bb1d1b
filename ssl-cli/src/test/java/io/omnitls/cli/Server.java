package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A running {@code tls serve}, which is ended with the test.
 *
 * @param output what it says after its first line
 */
record Server(Process process, int port, BufferedReader output) implements AutoCloseable {
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
        return of(new ProcessBuilder(shell).start());
    }

    private static String[] words(List<String> certificate, String... arguments) {
        List<String> all = new ArrayList<>(List.of("serve", "0"));
        all.addAll(certificate);
        all.addAll(List.of(arguments));
        return all.toArray(new String[0]);
    }

    private static Server of(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        String[] words = String.valueOf(line).split(" ", -1);
        assertEquals("listening", words[0], line);
        return new Server(process, Integer.parseInt(words[3]), output);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
