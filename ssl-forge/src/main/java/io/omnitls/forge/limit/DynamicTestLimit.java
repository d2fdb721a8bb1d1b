package io.omnitls.forge.limit;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;

/** Ends each dynamic test that takes too long: JUnit's time-outs are for the factory alone. JUnit finds it by itself. */
public final class DynamicTestLimit implements InvocationInterceptor {
    /** For {@link java.util.ServiceLoader}. */
    public DynamicTestLimit() {}

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) {
        assertTimeoutPreemptively(Limit.now(), invocation::proceed, context::getDisplayName);
    }
}
