package io.omnitls.forge.oracle;

import java.util.ArrayList;
import java.util.List;

/** Runs a command that judges us, or makes something for us to read. */
public final class OpenSsl {
    private static final int TIMEOUT_SECONDS = 30;

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
        try (RunningCommand running = new RunningCommand(command, TIMEOUT_SECONDS)) {
            running.endInput();
            RunningCommand.Ended ended = running.await();
            return new Result(ended.exitCode(), ended.output());
        }
    }

    /** Runs {@code openssl}, which has to succeed. */
    public static void make(String... arguments) throws Exception {
        Result result = run(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError(String.join(" ", arguments) + ": " + result.output());
        }
    }
}
