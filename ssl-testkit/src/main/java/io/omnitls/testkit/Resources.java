package io.omnitls.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param descriptors its open files, 0 where the system does not tell
 * @param heapBytes what the collector leaves of the heap
 * @param residentBytes all its memory, native memory included; 0 where the system does not tell
 */
record Resources(long descriptors, long heapBytes, long residentBytes) {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MEBIBYTE = 1 << 20;

    /** What else goes on in the process opens a file now and then. */
    private static final long SOME_DESCRIPTORS = 50;
    /** 20,000 connections that leave a kilobyte each would leave as much. */
    private static final long SOME_HEAP = 20 * MEBIBYTE;
    /** The allocator and the collector keep memory for later; an engine's native memory is some 30 kilobytes. */
    private static final long SOME_MEMORY = 300 * MEBIBYTE;

    static Resources now() throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return new Resources(openFiles(), runtime.totalMemory() - runtime.freeMemory(), resident());
    }

    private static long openFiles() throws IOException {
        if (!Files.isDirectory(OPEN_FILES)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    private static long resident() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    boolean exceeds(Resources before) {
        return descriptors > before.descriptors + SOME_DESCRIPTORS
                || heapBytes > before.heapBytes + SOME_HEAP
                || residentBytes > before.residentBytes + SOME_MEMORY;
    }

    void requireNoMoreThan(Resources before) {
        if (exceeds(before)) {
            throw new AssertionError("connections leave something behind: before " + before + ", after " + this);
        }
    }

    @Override
    public String toString() {
        return descriptors + " descriptors, " + heapBytes / MEBIBYTE + " MiB of heap, " + residentBytes / MEBIBYTE
                + " MiB in all";
    }
}
