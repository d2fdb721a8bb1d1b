package io.omnitls.android;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import java.util.ArrayList;
import java.util.List;

/** What D8 or R8 have to say about what they read. */
final class Diagnostics implements DiagnosticsHandler {
    private final List<String> found = new ArrayList<>();

    @Override
    public void error(Diagnostic error) {
        add("error", error);
    }

    @Override
    public void warning(Diagnostic warning) {
        add("warning", warning);
    }

    private synchronized void add(String level, Diagnostic diagnostic) {
        found.add(level + ": " + diagnostic.getDiagnosticMessage() + " (" + diagnostic.getOrigin() + ")");
    }

    synchronized void assertNone() {
        assertEquals(List.of(), found);
    }
}
