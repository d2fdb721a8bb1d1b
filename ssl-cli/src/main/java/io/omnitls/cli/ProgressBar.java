package io.omnitls.cli;

import java.io.PrintWriter;

/**
 * How far something that takes long has come, in one line that is written over and taken away at the end. For a terminal
 * alone: elsewhere it says nothing. Thread-safe.
 */
final class ProgressBar implements AutoCloseable {
    /** Set by {@code ./tls}, since Java does not tell whether standard error is a terminal. */
    static final String PROPERTY = "io.omnitls.cli.terminal";

    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final String what;
    private final int total;
    private final boolean shown = Boolean.getBoolean(PROPERTY);
    private int done; // guarded by this

    ProgressBar(PrintWriter out, String what, int total) {
        this.out = out;
        this.what = what;
        this.total = total;
        draw();
    }

    synchronized void step() {
        done++;
        draw();
    }

    private synchronized void draw() {
        if (shown) {
            int filled = total == 0 ? WIDTH : Math.min(WIDTH, WIDTH * done / total);
            out.print("\r" + what + " [" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + done + "/" + total);
            out.flush();
        }
    }

    /** Leaves the line as it was. */
    @Override
    public synchronized void close() {
        if (shown) {
            int length = what.length() + WIDTH + 2 * String.valueOf(total).length() + 6;
            out.print("\r" + " ".repeat(length) + "\r");
            out.flush();
        }
    }
}
