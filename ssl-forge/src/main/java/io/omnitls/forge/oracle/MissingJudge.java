package io.omnitls.forge.oracle;

import java.io.IOException;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * What becomes of a test whose judge ({@code openssl}, {@code python3}, {@code tshark}) is not on this machine: it fails,
 * since a test that is skipped could not fail. Only {@code -Dtests.without=tshark,python3} skips what the commands named
 * there would have judged.
 */
public final class MissingJudge {
    private static final String PROPERTY = "tests.without";

    private MissingJudge() {}

    /** Fails or skips the running test because {@code command} could not be started; never returns. */
    public static AssertionError of(String command, IOException cause) {
        if (List.of(System.getProperty(PROPERTY, "").split(",", -1)).contains(command)) {
            throw new TestAbortedException("NOT TESTED, " + PROPERTY + " has " + command, cause);
        }
        throw new AssertionError(
                command
                        + " is not on this machine, and it judges this test: install it, or give up what it judges by -D"
                        + PROPERTY + "=" + command,
                cause);
    }
}
