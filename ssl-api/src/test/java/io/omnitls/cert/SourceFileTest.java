package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.forge.oracle.OpenSsl;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SourceFileTest {
    @TempDir
    private Path directory;

    private static TlsException refused(ErrorReason reason, Path path) {
        TlsException refused = assertThrows(TlsException.class, () -> SourceFile.read(path));
        assertEquals(reason, refused.reason(), refused.getMessage());
        return refused;
    }

    @Test
    void whatIsNoFileIsSaidToBeThat() throws Exception {
        refused(ErrorReason.IS_A_DIRECTORY, directory);
        refused(ErrorReason.NO_SUCH_FILE, directory.resolve("nothing"));
        Path file = Files.createFile(directory.resolve("file"));
        refused(ErrorReason.NO_SUCH_FILE, file.resolve("below a file"));
        refused(ErrorReason.INAPPROPRIATE_FILE_TYPE, Path.of("/dev/zero"));
    }

    @Test
    void aPipeThatNobodyWritesToIsNotWaitedFor() throws Exception {
        Path pipe = directory.resolve("pipe");
        OpenSsl.runCommand(List.of("mkfifo", pipe.toString()));
        refused(ErrorReason.INAPPROPRIATE_FILE_TYPE, pipe);
    }

    @Test
    void permissionsAreSaid() throws Exception {
        Path file = Files.createFile(directory.resolve("secret"));
        assertTrue(file.toFile().setReadable(false, false));
        // Root may read every file, but for what the kernel only takes.
        Path forNobody = Files.isReadable(file) ? Path.of("/proc/sys/vm/compact_memory") : file;
        refused(ErrorReason.PERMISSION_DENIED, forNobody);
    }

    @Test
    void sizesAreBounded() throws Exception {
        Path file = directory.resolve("large");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength((64L << 20) + 1);
        }
        refused(ErrorReason.FILE_TOO_LARGE, file);
        byte[] content = new byte[100_000];
        content[99_999] = 7;
        assertArrayEquals(content, SourceFile.read(Files.write(file, content)).content());
    }

    @Test
    void aFileInProcHasMoreThanItsSize() throws Exception {
        Path file = Path.of("/proc/self/status");
        assertTrue(SourceFile.read(file).content().length > Files.size(file));
    }

    @Test
    void aPathInAMessageStaysOnOneLine() {
        TlsException refused = refused(ErrorReason.NO_SUCH_FILE, directory.resolve("two\nlines\u001b[2J"));
        assertTrue(String.valueOf(refused.getMessage()).contains("two?lines?[2J"), refused::getMessage);
    }

    @Test
    void derIsToldFromText() {
        assertTrue(new SourceFile("short", new byte[] {0x30, 4, 0x30, 2, 5, 0}).der());
        assertTrue(new SourceFile("long", new byte[] {0x30, (byte) 0x82, 1, 0}).der());
        assertFalse(SourceFile.of("0000 -----BEGIN CERTIFICATE-----", "text").der());
        assertFalse(SourceFile.of("0 certificates", "text").der());
        assertFalse(new SourceFile("empty", new byte[0]).der());
        assertFalse(new SourceFile("marked", "\ufeff-----BEGIN".getBytes(StandardCharsets.UTF_8)).der());
    }
}
