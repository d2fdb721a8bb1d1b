package io.omnitls.jsse;

import io.omnitls.spi.EngineCall;
import io.omnitls.spi.TlsEngine;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Set;

/**
 * Who asks the process for cryptography. A thread that is inside of an observed engine may be doing TLS of the
 * application's own by then: a private key whose service is reached over the JDK's TLS, a callback that reads a URL. That
 * is SunJSSE as well, and does on the same thread what the engine would do, so only the stack tells them apart: between
 * an engine of ours and what it asks for stands nothing but the JDK.
 */
final class EngineFrames {
    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    /** Where our code calls SunJSSE for a connection, or SunJCE in its name. */
    private static final Set<Class<?>> CALLERS = Set.of(
            EngineCall.class,
            TlsEngine.class,
            JsseEngine.class,
            JsseEngine.Observed.class,
            ObservedConnection.class,
            ObservedGenerator.class);

    private EngineFrames() {}

    /** Whether SunJSSE is asking for the engine that this thread works for, and not for another connection. */
    static boolean onTop() {
        return STACK.walk(frames -> frames.<Class<?>>map(StackFrame::getDeclaringClass)
                .filter(type -> !ofTheJdk(type) && !isAsked(type))
                .findFirst()
                .filter(CALLERS::contains)
                .isPresent());
    }

    /** This class, and the observer with its services. */
    private static boolean isAsked(Class<?> type) {
        return type == EngineFrames.class || type.getNestHost() == JceObserver.class;
    }

    private static boolean ofTheJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
