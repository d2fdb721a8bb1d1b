package io.omnitls.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * OpenSSL's {@code -sess_out} and {@code -sess_in}: known here so that whoever looks for them is told why there are none.
 * A session's secrets stay with the backend that made them, and none of the backends hands them out.
 */
final class SessionFiles {
    @Option(names = "--session-out", paramLabel = "F", hidden = true)
    private @Nullable Path out;

    @Option(names = "--session-in", paramLabel = "F", hidden = true)
    private @Nullable Path in;

    /** @throws UnsupportedOperationException when a file was named */
    void refuse() {
        if (out != null || in != null) {
            throw new UnsupportedOperationException((out != null ? "--session-out" : "--session-in")
                    + ": no provider lets a session out of its process; --reconnect resumes one within it");
        }
    }
}
