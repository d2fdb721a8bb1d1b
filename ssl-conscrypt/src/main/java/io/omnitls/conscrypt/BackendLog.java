package io.omnitls.conscrypt;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the backend tells {@code java.util.logging}: stack traces for keys that no provider takes, of which the application
 * hears by an exception. The JDK prints them on standard error unless told otherwise, so they are kept back unless
 * somebody asked for them: by a level for this logger, or for one above or below it but the root.
 */
final class BackendLog {
    /** Held, because the log manager lets go of a logger that nobody holds, and of its level with it. */
    private static final Logger LOGGER = Logger.getLogger("org.conscrypt");

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
