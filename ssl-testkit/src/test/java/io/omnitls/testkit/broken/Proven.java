package io.omnitls.testkit.broken;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules of SPEC.md that a provider's defect breaks, and that {@link BrokenProviderTest} therefore tries. */
public final class Proven {
    private Proven() {}

    /** Their numbers. */
    public static Set<String> rules() {
        return Arrays.stream(Defect.values())
                .flatMap(defect -> defect.rules().stream())
                .filter(rule -> !rule.isEmpty())
                .map(rule -> rule.replaceFirst("rule(\\d+)_(\\d+)_", "$1.$2"))
                .collect(Collectors.toSet());
    }
}
