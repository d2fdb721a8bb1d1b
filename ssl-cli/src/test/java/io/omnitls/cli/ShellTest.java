package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.oracle.OpenSsl;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void zshReadsTheSameScriptByItsBridge() {
        String bash = Cli.here("completion", "bash").output();
        String zsh = Cli.here("completion", "zsh").output();
        assertTrue(zsh.endsWith(bash) && zsh.startsWith("autoload "), zsh.substring(0, 100));
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
