package io.omnitls.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The examples in a page: in blocks of {@code sh}, a line that begins with {@code $} is a command, those behind it are
 * what it prints, and {@code # exits with 1} is its exit code where that is not 0.
 */
final class Examples {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String EXIT = "# exits with ";
    private static final String OTHERS = "...";

    private Examples() {}

    /** @param lines how the lines of the output begin; {@code ...} stands for any number of others */
    record Example(String command, List<String> lines, int exitCode) {

        /** Fails when the output is another one. */
        void compare(String output) {
            List<String> actual = output.lines().toList();
            int at = 0;
            boolean others = false;
            for (String line : lines) {
                if (line.equals(OTHERS)) {
                    others = true;
                    continue;
                }
                while (others && at < actual.size() && !actual.get(at).startsWith(line)) {
                    at++;
                }
                if (at == actual.size() || !actual.get(at).startsWith(line)) {
                    throw new AssertionError(
                            "'" + command + "' did not print '" + line + "' in its place, but:\n" + output);
                }
                at++;
                others = false;
            }
            if (!others && at < actual.size()) {
                throw new AssertionError("'" + command + "' printed more than '" + lines + "':\n" + output);
            }
        }
    }

    static List<Example> of(String page) {
        List<Example> examples = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            String command = "";
            List<String> lines = new ArrayList<>();
            int exitCode = 0;
            for (String line : (block.group(1) + "$ ").lines().toList()) {
                if (line.startsWith("$ ")) {
                    if (!command.isEmpty()) {
                        examples.add(new Example(command, List.copyOf(lines), exitCode));
                    }
                    command = line.substring(2);
                    lines.clear();
                    exitCode = 0;
                } else if (line.startsWith(EXIT)) {
                    exitCode = Integer.parseInt(line.substring(EXIT.length()));
                } else {
                    lines.add(line);
                }
            }
        }
        return examples;
    }
}
