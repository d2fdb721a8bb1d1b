package io.omnitls.testkit.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One small mistake in ssl-api, and the rule of SPEC.md that it breaks. {@code mutants.txt} has them all: a line with the
 * rule, the source file and, where it is not the contracts, the test class that keeps the rule; a line with what stands
 * there once, and one with what is put in its place.
 *
 * @param test a class, or nothing for the contract's method
 */
record Mutant(String rule, String file, String test, String found, String replaced) {
    private static final Path SOURCES = Path.of("..", "ssl-api", "src", "main", "java", "io", "omnitls");

    static List<Mutant> all() {
        List<Mutant> all = new ArrayList<>();
        List<String> lines = text().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        for (int i = 0; i < lines.size(); i += 3) {
            String[] head = lines.get(i).split(" +", -1);
            all.add(new Mutant(
                    head[0],
                    head[1],
                    head.length > 2 ? head[2] : "",
                    after("- ", lines.get(i + 1)),
                    after("+ ", lines.get(i + 2))));
        }
        return all;
    }

    private static String after(String mark, String line) {
        if (!(line + " ").startsWith(mark)) {
            throw new AssertionError("mutants.txt has '" + line + "' where '" + mark + "' should begin a line");
        }
        return line.length() < mark.length() ? "" : line.substring(mark.length());
    }

    private static String text() {
        try (InputStream in = Mutant.class.getResourceAsStream("mutants.txt")) {
            if (in == null) {
                throw new AssertionError("mutants.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The path of the source below the root of its packages. */
    String path() {
        return "io/omnitls/" + file;
    }

    /** The source with the mistake. */
    String source() throws IOException {
        String source = Files.readString(SOURCES.resolve(file));
        int at = source.indexOf(found);
        if (at < 0 || source.indexOf(found, at + 1) >= 0) {
            throw new AssertionError("'" + found + "' has to stand once in " + file + ", and stands "
                    + (at < 0 ? "nowhere" : "there more often") + ": choose another mistake for rule " + rule
                    + " in mutants.txt");
        }
        return source.substring(0, at) + replaced + source.substring(at + found.length());
    }

    @Override
    public String toString() {
        return rule + " " + file;
    }
}
