package io.omnitls.internal.files;

import io.omnitls.internal.given.Bystander;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** Has files read again when they have changed and come to rest. A daemon thread works for it until it is closed. */
public final class FileWatcher implements Closeable {
    private final Reader reader;
    private final Duration interval;
    private final FolderWatch folders = FolderWatch.open();

    /** Who reads the files; called by the thread that watches them. */
    public interface Reader {
        /** The files that were read last, for better or worse, as they were then. */
        FileGeneration attempted();

        /** All that are to be watched. */
        Collection<Path> files();

        /** Whether it is time to read them again, changed or not. */
        boolean retryDue();

        /** Reads them. */
        void read();
    }

    /**
     * A watch that has not begun.
     *
     * @param interval how often the files are looked at, whatever happens in their folders
     */
    public FileWatcher(Reader reader, Duration interval) {
        this.reader = reader;
        this.interval = interval;
    }

    /** Begins to watch. */
    public void start() {
        Thread thread = new Thread(this::watch, "omnitls-reload");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        boolean hint = true; // since the files were read nobody has watched them
        while (!closed()) {
            boolean changing = hint;
            Bystander.tell(() -> look(changing));
            hint = folders.await(interval);
        }
    }

    /** @param hint whether something has happened in the folders; else so much time has passed */
    private void look(boolean hint) {
        folders.watch(reader.files());
        if (hint) {
            folders.pause(QUIET); // more is coming
        }
        while (!closed() && (reader.retryDue() || !reader.attempted().stands())) {
            settle();
            if (!closed()) {
                reader.read();
            }
            // What changes before a folder is watched that was not there before, is seen by looking once more.
            folders.watch(reader.files());
        }
    }

    /** An editor writes a file in pieces, and a key comes after its certificate: waits, though not for ever. */
    private void settle() {
        FileGeneration before = reader.attempted().now();
        for (int i = 0; i < MAX_LOOKS; i++) {
            folders.pause(QUIET);
            FileGeneration now = before.now();
            if (now.same(before)) {
                return;
            }
            before = now;
        }
    }

    /** So long nothing changes before the files are read. */
    private static final Duration QUIET = Duration.ofMillis(50);

    private static final int MAX_LOOKS = 40;

    /** Whether it was closed. */
    public boolean closed() {
        return folders.closed();
    }

    @Override
    public void close() {
        folders.close();
    }
}
