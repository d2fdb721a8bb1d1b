package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every rule of SPEC.md is tested by the contract method that carries its number, and the other way round. */
class SpecTest {
    private static final Pattern RULE = Pattern.compile("^\\*\\*(\\d+\\.\\d+)\\*\\*", Pattern.MULTILINE);
    private static final Pattern METHOD = Pattern.compile("rule(\\d+)_(\\d+)_\\w+");

    @Test
    void rulesAndContractMethodsCorrespond() throws Exception {
        Set<String> written = new TreeSet<>();
        Matcher rules = RULE.matcher(Files.readString(Path.of("..", "SPEC.md")));
        while (rules.find()) {
            written.add(rules.group(1));
        }
        Set<String> tested = new TreeSet<>();
        for (Method method : ProviderContracts.class.getMethods()) {
            Matcher name = METHOD.matcher(method.getName());
            if (name.matches()) {
                tested.add(name.group(1) + "." + name.group(2));
            }
        }
        assertFalse(tested.isEmpty());
        assertEquals(written, tested);
    }
}
