package io.omnitls.internal.files;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The files that were read for one thing, each in the state that it was in before its first byte was read. */
public final class FileGeneration {
    private static final ThreadLocal<FileGeneration> RECORDING = new ThreadLocal<>();

    private final Map<Path, FileStamp> stamps = new LinkedHashMap<>();

    private FileGeneration() {}

    /** What came of reading, and the files that were read for it. */
    public record Recorded<T>(T result, FileGeneration files) {}

    /** The files that {@code reading} reads on this thread, and these others, whether it does or not. */
    public static <T> Recorded<T> record(Collection<Path> others, Supplier<T> reading) {
        FileGeneration outer = RECORDING.get();
        FileGeneration generation = of(others);
        RECORDING.set(generation);
        try {
            return new Recorded<>(reading.get(), generation);
        } finally {
            if (outer == null) {
                RECORDING.remove();
            } else {
                // What is read for a part is read for the whole.
                generation.stamps.forEach(outer.stamps::putIfAbsent);
                RECORDING.set(outer);
            }
        }
    }

    private static FileGeneration of(Collection<Path> files) {
        FileGeneration generation = new FileGeneration();
        files.forEach(generation::add);
        return generation;
    }

    /** Says that a file or a folder is going to be read. */
    public static void reading(Path path) {
        FileGeneration generation = RECORDING.get();
        if (generation != null) {
            generation.add(path);
        }
    }

    private void add(Path path) {
        stamps.computeIfAbsent(path.toAbsolutePath(), FileStamp::of);
    }

    /** Whether all are still in the state that they were read in: then they were in it together. */
    public boolean stands() {
        return stamps.entrySet().stream()
                .allMatch(entry -> FileStamp.of(entry.getKey()).equals(entry.getValue()));
    }

    /** The same files as they are now. */
    public FileGeneration now() {
        return of(files());
    }

    /** The absolute paths of all. */
    public Set<Path> files() {
        return Set.copyOf(stamps.keySet());
    }

    /** Whether these are the same files in the same state. */
    public boolean same(FileGeneration other) {
        return stamps.equals(other.stamps);
    }
}
