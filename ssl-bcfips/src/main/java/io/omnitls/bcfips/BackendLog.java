package io.omnitls.bcfips;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the backend tells {@code java.util.logging}: forty lines with a stack trace for every handshake that fails, of which
 * the application hears by an exception, and some at the start about entries of {@code jdk.tls.disabledAlgorithms}. The
 * JDK prints them on standard error unless told otherwise, so they are kept back unless somebody asked for them: by a
 * level for this logger, or for one above or below it but the root, in {@code logging.properties} or by a call.
 */
final class BackendLog {
    /** Held, because the log manager lets go of a logger that nobody holds, and of its level with it. */
    private static final Logger LOGGER = Logger.getLogger("org.bouncycastle.jsse");

    private BackendLog() {}

    /** Keeps the backend quiet, unless a level was set. */
    static void keepQuiet() {
        for (Logger logger = LOGGER; logger != null && !logger.getName().isEmpty(); logger = logger.getParent()) {
            if (logger.getLevel() != null) {
                return;
            }
        }
        LOGGER.setLevel(Level.OFF);
    }
}
