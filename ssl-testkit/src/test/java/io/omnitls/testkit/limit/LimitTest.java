package io.omnitls.testkit.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A test that hangs fails by itself, whatever kind of test it is: {@code .mvn/tests/junit-platform.properties}. */
class LimitTest {
    private static final String LIMIT = "omnitls.limit.seconds";
    private static final String DEFAULT = "junit.jupiter.execution.timeout.default";

    @BeforeEach
    void hurry() {
        System.setProperty(LIMIT, "1");
    }

    @AfterEach
    void takeTime() {
        System.clearProperty(LIMIT);
    }

    @Test
    void everyKindOfTestIsEnded() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(Hanging.class))
                .configurationParameter(DEFAULT, "1 s")
                .build();
        Map<String, String> failures = new TreeMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failure -> failures.put(test.getDisplayName(), failure.toString()));
            }
        });
        assertEquals(3, failures.size(), failures::toString);
        assertTrue(String.valueOf(failures.get("test()")).contains("timed out"), failures::toString);
        assertTrue(String.valueOf(failures.get("dynamic")).contains("timed out"), failures::toString);
        assertTrue(String.valueOf(failures.get("property")).contains("takes longer than"), failures::toString);
    }

    @Test
    void testsHaveALimitUnlessTheyHaveTheirOwn() {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().build();
        assertEquals("180 s", request.getConfigurationParameters().get(DEFAULT).orElse("none"));
        assertEquals(
                "SEPARATE_THREAD",
                request.getConfigurationParameters()
                        .get("junit.jupiter.execution.timeout.thread.mode.default")
                        .orElse("none"));
    }

    /** Run by the test above alone. */
    static class Hanging {
        @Test
        void test() {
            hang();
        }

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.of(DynamicTest.dynamicTest("dynamic", Hanging::hang));
        }

        @Example
        void property() {
            hang();
        }

        /** As one does who waits for a socket: an interrupt does not help. */
        private static void hang() {
            CountDownLatch never = new CountDownLatch(1);
            while (true) {
                try {
                    never.await();
                } catch (InterruptedException goOn) {
                    // Nothing here ends by that.
                }
            }
        }
    }
}
