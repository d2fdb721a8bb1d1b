package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every rule of SPEC.md is tested by the contract method that carries its number, and the other way round; those of the
 * profile WEBPKI by the tests of ssl-api that name it.
 */
class SpecTest {
    private static final Pattern RULE = Pattern.compile("^\\*\\*(\\d+\\.\\d+)\\*\\*", Pattern.MULTILINE);
    private static final Pattern PROFILE_RULE = Pattern.compile("\\b5\\.[678]\\d\\b(?!\\.)");
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
        tested.addAll(testedOnceForAll());
        assertEquals(written, tested);
    }

    /** The rules of {@code VerifyProfile.WEBPKI}: no provider has a part in them, so they are tested where they are kept. */
    private static Set<String> testedOnceForAll() throws IOException {
        Set<String> tested = new TreeSet<>();
        Path verify = Path.of("..", "ssl-api", "src", "test", "java", "io", "omnitls", "internal", "verify");
        try (Stream<Path> files = Files.walk(verify)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher numbers = PROFILE_RULE.matcher(Files.readString(file));
                while (numbers.find()) {
                    tested.add(numbers.group());
                }
            }
        }
        return tested;
    }
}
