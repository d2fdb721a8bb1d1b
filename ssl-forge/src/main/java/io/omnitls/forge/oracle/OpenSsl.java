package io.omnitls.forge.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command that judges us, or makes something for us to read. */
public final class OpenSsl {
    private OpenSsl() {}

    /** What a command printed, standard error included, and its exit code. */
    public record Result(int exitCode, String output) {}

    /** Runs {@code openssl} with these arguments; the test fails where it is missing, see {@link MissingJudge}. */
    public static Result run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return runCommand(command);
    }

    /** Runs any command. */
    public static Result runCommand(List<String> command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw MissingJudge.of(command.get(0), missing);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + command);
        }
        return new Result(process.exitValue(), output);
    }

    /** Runs {@code openssl}, which has to succeed. */
    public static void make(String... arguments) throws Exception {
        Result result = run(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError(String.join(" ", arguments) + ": " + result.output());
        }
    }
}
