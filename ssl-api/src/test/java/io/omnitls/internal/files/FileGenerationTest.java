package io.omnitls.internal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileGenerationTest {
    private static FileGeneration reading(Path... files) {
        return FileGeneration.record(List.of(), () -> {
                    for (Path file : files) {
                        FileGeneration.reading(file);
                    }
                    return "read";
                })
                .files();
    }

    @Test
    void eachKindOfChangeIsSeen(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "abc");
        FileGeneration read = reading(file);
        assertTrue(read.stands());
        Files.writeString(file, "abcd");
        assertFalse(read.stands(), "another size");

        read = reading(file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertFalse(read.stands(), "another time");

        read = reading(file);
        Path twin = Files.writeString(directory.resolve("twin"), "abcd");
        Files.setLastModifiedTime(twin, FileTime.from(Instant.EPOCH));
        Files.move(twin, file, StandardCopyOption.ATOMIC_MOVE);
        assertFalse(read.stands(), "another file of the same size and time");

        read = reading(file);
        Files.delete(file);
        assertFalse(read.stands(), "no file");
        read = reading(file);
        assertTrue(read.stands(), "none that is still none");
        Files.writeString(file, "");
        assertFalse(read.stands(), "one where there was none");
    }

    @Test
    void aLinkThatIsTurnedIsAChangeAlthoughTheFileIsTheSame(@TempDir Path directory) throws IOException {
        Path one = Files.createDirectory(directory.resolve("one"));
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(one.resolve("file"), "abc");
        Files.createLink(other.resolve("file"), one.resolve("file"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), one);
        FileGeneration read = reading(link.resolve("file"));
        assertTrue(read.stands());
        Path next = Files.createSymbolicLink(directory.resolve("next"), other);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        assertFalse(read.stands());
    }

    @Test
    void aFolderHasChangedWhenAFileInItHas(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "abc");
        FileGeneration read = reading(directory);
        assertTrue(read.stands());
        Files.writeString(file, "abcd");
        assertFalse(read.stands());
        read = reading(directory);
        Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));
        assertFalse(read.stands(), "the folder's own time");
        assertTrue(reading(directory).stands());
    }

    @Test
    void theFirstReadingOfAFileCounts(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "abc");
        FileGeneration read = FileGeneration.record(List.of(), () -> {
                    FileGeneration.reading(file);
                    write(file, "abcd");
                    FileGeneration.reading(file);
                    return "read";
                })
                .files();
        assertFalse(read.stands());
        assertTrue(read.now().stands());
        assertFalse(read.same(read.now()));
        assertTrue(read.now().same(reading(file)));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsReadForAPartIsReadForTheWholeAndNothingElse() {
        Path a = Path.of("a").toAbsolutePath();
        Path b = Path.of("b").toAbsolutePath();
        Path c = Path.of("c").toAbsolutePath();
        FileGeneration.reading(a); // nobody asks
        FileGeneration whole = FileGeneration.record(List.of(c), () -> {
                    assertEquals(Set.of(a), reading(a).files());
                    FileGeneration.reading(b);
                    return "read";
                })
                .files();
        assertEquals(Set.of(a, b, c), whole.files());
    }
}
