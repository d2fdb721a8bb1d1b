package io.omnitls.testkit.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.testkit.Contract;
import io.omnitls.testkit.ProviderContracts;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contracts are tested: each defect is caught by the rule that is there to catch it, in words that help. */
class BrokenProviderTest {
    private static final List<Class<? extends Annotation>> KINDS =
            List.of(Test.class, ParameterizedTest.class, TestFactory.class, Property.class);

    @AfterEach
    void hide() throws Exception {
        BrokenProvider.with(Defect.NOT_IN_USE);
        Defect.cleanUp();
    }

    @ParameterizedTest
    @EnumSource(
            value = Defect.class,
            mode = Mode.EXCLUDE,
            names = {"NOT_IN_USE", "NONE"})
    void aDefectIsCaughtWithAReadableMessage(Defect defect) {
        Map<String, Throwable> complaints = complaints(defect, defect.rules());
        assertEquals(Set.copyOf(defect.rules()), complaints.keySet(), "the rules that noticed");
        complaints.forEach((rule, complaint) -> assertTrue(
                String.valueOf(complaint.getMessage()).contains(defect.message()),
                () -> rule + " should speak of '" + defect.message() + "', but says: " + complaint));
    }

    /** Without this a provider that never works would look like a good test. One rule of each contract will do. */
    @Test
    @Timeout(600)
    void withoutADefectNoRuleComplains() {
        Map<Class<?>, String> rules = new LinkedHashMap<>();
        Arrays.stream(Defect.values())
                .flatMap(defect -> defect.rules().stream())
                .forEach(rule -> rules.putIfAbsent(method(rule).getDeclaringClass(), rule));
        assertEquals(Map.of(), complaints(Defect.NONE, List.copyOf(rules.values())));
    }

    private static Stream<Method> methods(Class<?> contract) {
        return Arrays.stream(contract.getMethods())
                .filter(method -> Contract.class.isAssignableFrom(method.getDeclaringClass()))
                .filter(method -> KINDS.stream().anyMatch(method::isAnnotationPresent));
    }

    private static Method method(String rule) {
        return methods(ProviderContracts.class)
                .filter(method -> method.getName().startsWith(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no contract method begins with " + rule));
    }

    /** What the rules say of a provider with this defect, by rule; a rule that says nothing is absent. */
    private static Map<String, Throwable> complaints(Defect defect, List<String> rules) {
        BrokenProvider.with(defect);
        Map<String, Throwable> complaints = new LinkedHashMap<>();
        for (String rule : rules) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectMethod(BrokenProviderContracts.class, method(rule)))
                    .build();
            Listener listener = new Listener(rule, complaints);
            LauncherFactory.create().execute(request, listener);
            assertTrue(listener.executed > 0, rule);
        }
        return complaints;
    }

    private static final class Listener implements TestExecutionListener {
        private final String rule;
        private final Map<String, Throwable> complaints;
        private int executed;

        Listener(String rule, Map<String, Throwable> complaints) {
            this.rule = rule;
            this.complaints = complaints;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                executed++;
            }
            result.getThrowable().ifPresent(complaint -> complaints.putIfAbsent(rule, complaint));
        }
    }
}
