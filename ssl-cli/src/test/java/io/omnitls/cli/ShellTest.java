package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.issue.CertificateDraft;
import io.omnitls.forge.oracle.OpenSsl;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the command is to a shell and a terminal. */
@Timeout(60)
class ShellTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "tls con, connect",
        "tls sc, scan",
        "tls connect --showc, --showcerts",
        "tls verify --hostn, --hostname",
        "tls ca --key-type E, EC ED25519",
        "tls completion z, zsh"
    })
    void bashCompletesWordsByTheScript(String typed, String expected) throws Exception {
        Path script = Files.writeString(
                directory.resolve("completion"), Cli.here("completion", "bash").output());
        OpenSsl.Result completed = OpenSsl.runCommand(List.of(
                "bash",
                "-c",
                "compopt() { :; }; source " + script + "; COMP_WORDS=(" + typed
                        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                        + " _complete_tls tls \"${COMP_WORDS[COMP_CWORD]}\"; echo \"${COMPREPLY[@]}\""));
        assertEquals(expected, completed.output().trim());
    }

    @Test
    void zshIsToldOfEveryCommandAndOption() {
        String script = Cli.here("completion", "zsh").output();
        assertTrue(script.startsWith("#compdef tls\n"), script);
        CommandSpec root = Main.specification();
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            String name = command.getKey();
            assertTrue(script.contains("\n      '" + name + ":"), name);
            String part = script.substring(script.indexOf("\n    " + name + ")\n"));
            part = part.substring(0, part.indexOf("\n      ;;\n"));
            for (OptionSpec option : command.getValue().getCommandSpec().options()) {
                for (String word : option.names()) {
                    assertEquals(!option.hidden(), part.contains(word), name + " " + word);
                }
            }
        }
        assertTrue(script.contains("'--key-type=[The keys\\: EC, RSA, ED25519 (default\\: EC).]:T:(EC RSA ED25519)'"));
        assertTrue(script.contains("'--cafile=[Trust the certificates in this file, and nobody else.]:F:_files'"));
        assertTrue(script.contains("'1:DIR:_files -/'"), script);
        assertTrue(script.contains("'*:FILE:_files'"), script);
    }

    /** The readers of a pipe may leave when they have had enough; a disk that is full is another matter. */
    @ParameterizedTest
    @CsvSource({"| head -n 1, 0, 0", "> /dev/full, 1, 1", "'', 0, 0"})
    void outputThatNobodyTakesIsAFailureUnlessItsReaderHasGone(String redirection, int exitCode, int lines)
            throws Exception {
        Path many = Files.writeString(
                directory.resolve("many.pem"),
                CertificateDraft.client("a").selfSigned().certificatePem().repeat(1000));
        Cli.Ended ended = Cli.run("", shell("cert '" + many + "' " + redirection + "; exit ${PIPESTATUS[0]}"));
        assertEquals(exitCode, ended.exitCode(), ended.errors());
        assertEquals(lines, ended.errors().lines().count(), ended.errors());
        if (lines > 0) {
            Cli.assertOneLine(ended, "standard output cannot be written: No space left on device");
        }
    }

    @Test
    void connectEndsWhenItsReaderHasGone() throws Exception {
        Path trust = directory.resolve("trust.pem");
        try (Server server = Server.selfSigned("--cert-out", trust.toString())) {
            Cli.Ended ended = Cli.run(
                    "",
                    shell("connect localhost:" + server.port() + " --cafile '" + trust
                            + "' < <(yes) | head -n 1; exit ${PIPESTATUS[0]}"));
            assertEquals("y\n", ended.output());
            assertEquals(0, ended.exitCode(), ended.errors());
            assertFalse(ended.errors().contains("tls: "), ended.errors());
        }
    }

    /** The command with its words, in bash. */
    private static ProcessBuilder shell(String words) {
        String command = Cli.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return new ProcessBuilder("bash", "-c", command + " " + words);
    }

    @Test
    void progressIsShownOnATerminalAloneAndTakenAway() {
        StringWriter nowhere = new StringWriter();
        try (ProgressBar bar = new ProgressBar(new PrintWriter(nowhere), "scanning", 2)) {
            bar.step();
        }
        assertEquals("", nowhere.toString());
        StringWriter terminal = new StringWriter();
        System.setProperty(ProgressBar.PROPERTY, "true");
        try (ProgressBar bar = new ProgressBar(new PrintWriter(terminal), "scanning", 2)) {
            bar.step();
        } finally {
            System.clearProperty(ProgressBar.PROPERTY);
        }
        String[] drawn = terminal.toString().split("\r", -1);
        assertEquals("scanning [" + " ".repeat(30) + "] 0/2", drawn[1]);
        assertEquals("scanning [" + "#".repeat(15) + " ".repeat(15) + "] 1/2", drawn[2]);
        assertTrue(drawn[3].isBlank() && drawn[3].length() >= drawn[2].length(), "it is written over");
        assertEquals("", drawn[4]);
    }
}
