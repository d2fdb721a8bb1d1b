package io.omnitls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to a key log stands there whole, and is for its owner's eyes. */
@Timeout(60)
class KeyLogFileTest {
    private static final int LINES = 500;

    @TempDir
    Path directory;

    @Test
    void linesOfSeveralThreadsAndLogsDoNotMix() throws Exception {
        Path file = directory.resolve("keys");
        KeyLog.appendingTo(file);
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
        Path file = directory.resolve("keys");
        KeyLog log = KeyLog.appendingTo(file);
        assertEquals("rw-------", permissions(file));
        Files.delete(file); // as log rotation does
        log.line("CLIENT_RANDOM 00 00");
        assertEquals("rw-------", permissions(file));
        assertEquals(List.of("CLIENT_RANDOM 00 00"), Files.readAllLines(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx", "rw-rw-rw-"})
    void aFileThatOthersMayUseIsRefusedAtOnceAndLater(String permissions) throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), "");
        KeyLog before = KeyLog.appendingTo(Files.setPosixFilePermissions(file, permissions("rw-------")));
        Files.setPosixFilePermissions(file, permissions(permissions));
        assertRefused(file, "chmod 600");
        assertThrows(IOException.class, () -> before.line("CLIENT_RANDOM 00 00"));
        assertEquals("", Files.readString(file), "not one secret was written");
        assertEquals(permissions, permissions(file), "and the file is as it was");
    }

    @Test
    void aLinkIsRefusedWhereverItLeads() throws Exception {
        Path mine = Files.createFile(
                directory.resolve("mine"), PosixFilePermissions.asFileAttribute(permissions("rw-------")));
        Path worlds = Files.createFile(directory.resolve("worlds"));
        Files.setPosixFilePermissions(worlds, permissions("rw-rw-rw-"));
        Path link = directory.resolve("keys");
        for (Path target : List.of(mine, worlds, directory.resolve("nothing"), directory)) {
            Files.createSymbolicLink(link, target);
            assertRefused(link, "symbolic link");
            Files.delete(link);
        }
        KeyLog log = KeyLog.appendingTo(link);
        Files.delete(link);
        Files.createSymbolicLink(link, worlds); // while connections go on
        assertThrows(IOException.class, () -> log.line("CLIENT_RANDOM 00 00"));
        assertEquals(0, Files.size(worlds));
        assertTrue(Files.notExists(directory.resolve("nothing")));
    }

    @Test
    void aFileWithTwoNamesIsRefused() throws Exception {
        Path file = directory.resolve("keys");
        KeyLog.appendingTo(file);
        Files.createLink(directory.resolve("other"), file);
        assertRefused(file, "hard link");
    }

    @Test
    void linksAmongTheFoldersAreFollowed() throws Exception {
        Path folder =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("d")));
        KeyLog.appendingTo(folder.resolve("keys")).line("x");
        assertEquals(List.of("x"), Files.readAllLines(directory.resolve("d/keys")));
    }

    @Test
    void aPipeIsRefusedAndDoesNotHoldTheCaller() throws Exception {
        Path pipe = directory.resolve("keys");
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start();
        assertTrue(mkfifo.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, mkfifo.exitValue());
        assertRefused(pipe, "not a regular file");
        assertRefused(Path.of("/dev/null"), "not a regular file");
    }

    @Test
    void whatIsNoFileIsRefusedAtOnce() {
        assertRefused(directory, "not a regular file");
        assertRefused(directory.resolve("no/such/directory"), "no such folder");
    }

    private static void assertRefused(Path file, String why) {
        TlsException refusal = assertThrows(TlsException.class, () -> KeyLog.appendingTo(file));
        assertEquals(ErrorReason.SYSCALL, refusal.reason());
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(why) && message.contains(file.toString()), message);
    }

    private static Set<PosixFilePermission> permissions(String text) {
        return PosixFilePermissions.fromString(text);
    }

    private static String line(int writer, int number) {
        return "SECRET " + writer + " " + "0".repeat(writer * 50) + number;
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
