package io.omnitls.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Standard output takes no more. */
final class OutputFailure extends IOException {
    private static final long serialVersionUID = 1;

    OutputFailure(IOException cause) {
        super("standard output cannot be written: " + cause.getMessage(), cause);
    }

    /** Whether its reader has gone, as {@code head} does when it has had enough: nothing that is wrong. */
    boolean readerHasGone() {
        return String.valueOf(getMessage()).contains("Broken pipe");
    }

    /** Why {@link System#out}, which says no more than that something was wrong, cannot be written. */
    static OutputFailure ofSystemOut() {
        try {
            // Not closed: it is the system's.
            new FileOutputStream(FileDescriptor.out).write('\n');
        } catch (IOException e) {
            return new OutputFailure(e);
        }
        return new OutputFailure(new IOException("something was lost"));
    }
}
