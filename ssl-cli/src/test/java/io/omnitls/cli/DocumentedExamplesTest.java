package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.omnitls.cli.Examples.Example;
import io.omnitls.forge.oracle.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/command.md shows, in a shell, from the first example to the last. */
@Timeout(300)
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "command.md");

    @TempDir
    Path directory;

    private final Map<String, String> ports = new HashMap<>();
    private final List<RunningCommand> servers = new ArrayList<>();

    @Test
    void theExamplesDoWhatThePageSays() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        String java = Cli.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path command = Files.writeString(bin.resolve("tls"), "#!/bin/sh\nexec " + java + " \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        List<Example> examples = Examples.of(Files.readString(PAGE));
        assertTrue(examples.size() > 25, "found " + examples.size());
        try {
            for (Example example : examples) {
                if (example.command().endsWith(" &")) {
                    serve(example);
                } else {
                    run(example);
                }
            }
        } finally {
            servers.forEach(RunningCommand::close);
        }
    }

    @Test
    void everyCommandHasAnExample() throws Exception {
        String shown = Examples.of(Files.readString(PAGE)).stream()
                .map(Example::command)
                .collect(Collectors.joining("\n"));
        String commands = Cli.here("no-such-command").errors() + Cli.here().errors();
        String list = commands.substring(commands.indexOf("which command? ") + 15, commands.lastIndexOf(';'));
        for (String name : new TreeSet<>(List.of(list.split(", ", -1)))) {
            assertTrue(shown.contains("tls " + name), name + " is not shown");
        }
    }

    private ProcessBuilder shell(String line) {
        String actual = line;
        for (Map.Entry<String, String> port : ports.entrySet()) {
            actual = actual.replace(port.getKey(), port.getValue());
        }
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", actual)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, first) -> first + ":" + path);
        return builder;
    }

    /** A server takes any free port, which stands for the page's from then on. */
    private void serve(Example example) throws IOException {
        String port = example.command().replaceAll(".* serve ([0-9]+) .*", "$1");
        String line =
                example.command().replace(" serve " + port + " ", " serve 0 ").replaceAll(" &$", "");
        RunningCommand server = Cli.start(shell("exec " + line));
        servers.add(server);
        String first = server.nextLine();
        String actual = first.replaceAll(".* port ([0-9]+) .*", "$1");
        ports.put(port, actual);
        example.compare(first.replace(actual, port));
    }

    private void run(Example example) throws Exception {
        Cli.Ended ended = Cli.run("", shell(example.command()));
        String output = ended.output();
        for (Map.Entry<String, String> port : ports.entrySet()) {
            output = output.replace(port.getValue(), port.getKey());
        }
        assertEquals(example.exitCode(), ended.exitCode(), example.command() + "\n" + output);
        example.compare(output);
    }

    /** The comparison itself can fail. */
    @Test
    void whatThePageDoesNotSayIsNoticed() {
        Example example =
                Examples.of("```sh\n$ x\none\n...\nthree\n# exits with 3\n```").get(0);
        assertEquals(3, example.exitCode());
        example.compare("one and more\ntwo\nthree\n");
        for (String other : List.of("", "two\none\nthree", "one\ntwo", "one\nthree\nfour", "zero\none\nthree")) {
            try {
                example.compare(other);
            } catch (AssertionError noticed) {
                continue;
            }
            fail("not noticed: " + other);
        }
    }
}
