package io.omnitls.testkit.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.testkit.broken.Proven;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every MUST of SPEC.md is broken on purpose somewhere, by a defect of a provider or by a mutant of ssl-api, so that its test
 * is known to be able to fail; or it stands in {@code unproven.txt} with the reason why not.
 */
class ProofTest {
    private static final Pattern RULE =
            Pattern.compile("^\\*\\*(\\d+\\.\\d+)\\*\\*(.*?)\\n\\n", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Path UNPROVEN =
            Path.of("src", "test", "resources", "io", "omnitls", "testkit", "mutant", "unproven.txt");

    @Test
    void everyMustIsBrokenSomewhere() throws IOException {
        Set<String> proven = new TreeSet<>(Proven.rules());
        Mutant.all().forEach(mutant -> proven.add(mutant.rule()));
        Set<String> unproven = musts();
        unproven.removeAll(proven);
        assertEquals(
                String.join("\n", excused()),
                String.join("\n", unproven),
                "the rules without a Defect or a line in mutants.txt are those of unproven.txt, each with its reason");
    }

    /** Else the mistake was lost when its line was changed, and only the long run of MutantTest would say so. */
    @Test
    void everyMutantHasItsLine() throws IOException {
        for (Mutant mutant : Mutant.all()) {
            mutant.source();
        }
    }

    private static Set<String> musts() throws IOException {
        Set<String> musts = new TreeSet<>();
        Matcher rules = RULE.matcher(Files.readString(Path.of("..", "SPEC.md")) + "\n\n");
        while (rules.find()) {
            if (rules.group(2).contains("MUST")) {
                musts.add(rules.group(1));
            }
        }
        return musts;
    }

    /** The first word of each line is a rule, the others say why. */
    private static Set<String> excused() throws IOException {
        return Files.readAllLines(UNPROVEN).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .map(words -> words[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
