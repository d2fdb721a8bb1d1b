package io.omnitls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is written to a key log stands there whole, and is for its owner's eyes. */
@Timeout(60)
class KeyLogFileTest {
    private static final int LINES = 500;

    @TempDir
    Path directory;

    @Test
    void linesOfSeveralThreadsAndLogsDoNotMix() throws Exception {
        Path file = directory.resolve("keys");
        Files.writeString(file, "# before\n");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writers = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> {
                        KeyLog log = KeyLog.appendingTo(file);
                        for (int i = 0; i < LINES; i++) {
                            log.line(line(writer, i));
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdown();
        }
        Set<String> expected = new HashSet<>(Set.of("# before"));
        for (int writer = 0; writer < 4; writer++) {
            for (int i = 0; i < LINES; i++) {
                expected.add(line(writer, i));
            }
        }
        List<String> written = Files.readAllLines(file);
        assertEquals(expected.size(), written.size());
        assertEquals(expected, new HashSet<>(written));
    }

    @Test
    void itIsItsOwnersAlsoWhenItHasToBeMadeAgain() throws Exception {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = directory.resolve("keys");
        KeyLog log = KeyLog.appendingTo(file);
        assertEquals("rw-------", permissions(file));
        Files.delete(file); // as log rotation does
        log.line("CLIENT_RANDOM 00 00");
        assertEquals("rw-------", permissions(file));
        assertEquals(List.of("CLIENT_RANDOM 00 00"), Files.readAllLines(file));
    }

    @Test
    void aFileThatIsThereKeepsItsReaders() throws Exception {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = Files.writeString(directory.resolve("keys"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        KeyLog.appendingTo(file).line("x");
        assertEquals("rw-r-----", permissions(file));
    }

    @Test
    void whatIsNoFileIsRefusedAtOnce() {
        for (Path file : List.of(directory, directory.resolve("no/such/directory"))) {
            TlsException refusal = assertThrows(TlsException.class, () -> KeyLog.appendingTo(file));
            assertEquals(ErrorReason.SYSCALL, refusal.reason());
        }
    }

    private static String line(int writer, int number) {
        return "SECRET " + writer + " " + "0".repeat(writer * 50) + number;
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
