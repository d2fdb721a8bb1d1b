package io.omnitls.testkit.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The tests are tested: a mistake in ssl-api is noticed by the test of the rule that it breaks. */
@Tag("mutants")
class MutantTest {
    private static final String CONTRACTS = "io.omnitls.testkit.JsseContractTest";

    /** How long those wait who wait for what a mutant does not do; a mutant's own classes of the testkit ask for it. */
    private static final String PATIENCE = "omnitls.patience.millis";

    @TempDir
    private Path directory;

    @BeforeEach
    void hurry() {
        System.setProperty(PATIENCE, "3000");
    }

    @AfterEach
    void takeTime() {
        System.clearProperty(PATIENCE);
    }

    /** The system property {@code mutants.rules}, as in {@code 6.12,14.3}, asks for those of some rules alone. */
    static List<Mutant> mutants() {
        String rules = System.getProperty("mutants.rules", "");
        List<String> wanted = List.of(rules.split(","));
        return Mutant.all().stream()
                .filter(mutant -> rules.isEmpty() || wanted.contains(mutant.rule()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void aMistakeIsNoticed(Mutant mutant) throws Exception {
        Outcome outcome = run(mutant);
        assertTrue(outcome.tests > 0, "no test ran");
        assertFalse(
                outcome.complaints.isEmpty(),
                () -> "rule " + mutant.rule() + " does not notice that " + mutant.file() + " has '" + mutant.replaced()
                        + "'");
        outcome.complaints.forEach(complaint -> {
            assertFalse(complaint instanceof LinkageError, complaint::toString);
            assertFalse(
                    complaint instanceof TimeoutException,
                    () -> "a test that takes too long proves nothing, and lasts: "
                            + "choose a mistake that is noticed sooner: " + complaint);
        });
    }

    /** Without this a loader that cannot load would look like a test that notices. */
    @Test
    void withoutAMistakeNoTestComplains() throws Exception {
        Mutant first = Mutant.all().get(0);
        Mutant good = new Mutant("2.14", first.file(), "", first.found(), first.found());
        Outcome outcome = run(good);
        assertEquals(1, outcome.tests);
        assertEquals(List.of(), outcome.complaints);
    }

    private Outcome run(Mutant mutant) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (MutantLoader loader = MutantLoader.of(mutant, directory)) {
            thread.setContextClassLoader(loader);
            Outcome outcome = new Outcome();
            LauncherFactory.create()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(tests(mutant, loader))
                            .configurationParameter("junit.jupiter.execution.timeout.default", "20 s")
                            .configurationParameter("jqwik.database", "")
                            .forExecution()
                            .listeners(outcome)
                            .cancellationToken(outcome.enough)
                            .build());
            return outcome;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<DiscoverySelector> tests(Mutant mutant, ClassLoader loader) throws ClassNotFoundException {
        if (!mutant.test().isEmpty()) {
            String[] test = ("io.omnitls." + mutant.test()).split("#", -1);
            Class<?> tests = Class.forName(test[0], false, loader);
            return List.of(
                    test.length == 1
                            ? DiscoverySelectors.selectClass(tests)
                            : DiscoverySelectors.selectMethod(tests, test[1]));
        }
        Class<?> contracts = Class.forName(CONTRACTS, false, loader);
        String prefix = "rule" + mutant.rule().replace('.', '_') + "_";
        return Arrays.stream(contracts.getMethods())
                .filter(method -> method.getName().startsWith(prefix))
                .<DiscoverySelector>map(method -> DiscoverySelectors.selectMethod(contracts, method))
                .toList();
    }

    private static final class Outcome implements TestExecutionListener {
        private final List<Throwable> complaints = new ArrayList<>();
        /** One complaint will do: what has not begun yet need not begin. */
        private final CancellationToken enough = CancellationToken.create();

        private int tests;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                tests++;
            }
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                result.getThrowable().ifPresent(complaints::add);
                enough.cancel();
            }
        }
    }
}
