package io.omnitls.forge.issue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes files of which some are secret: these belong to their owner alone from the moment they exist. */
final class PemFiles {
    /** How the name of a file with a private key ends. */
    static final String KEY_SUFFIX = "-key.pem";

    private PemFiles() {}

    /** Writes texts to new files by their names; when one is there already, none. */
    static List<Path> create(Path directory, Map<String, String> texts) throws IOException {
        Files.createDirectories(directory);
        for (String name : texts.keySet()) {
            Path file = directory.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = directory.resolve(text.getKey());
            write(file, text.getValue(), isSecret(text.getKey()));
            written.add(file);
        }
        return written;
    }

    /**
     * Writes texts to files by their names; whoever reads one at the time has the old one or the new one, whole. All are written
     * before the first takes its place, so that what cannot be written changes nothing.
     */
    static List<Path> replace(Path directory, Map<String, String> texts) throws IOException {
        Files.createDirectories(directory);
        Map<Path, Path> fresh = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Path file = directory.resolve(text.getKey());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileSystemException(file.toString(), null, "is a directory");
                }
                Path written = directory.resolve("." + text.getKey() + ".new");
                Files.deleteIfExists(written);
                fresh.put(file, written);
                write(written, text.getValue(), isSecret(text.getKey()));
            }
            for (Map.Entry<Path, Path> each : fresh.entrySet()) {
                Files.move(
                        each.getValue(),
                        each.getKey(),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            for (Path left : fresh.values()) {
                Files.deleteIfExists(left);
            }
        }
        return List.copyOf(fresh.keySet());
    }

    private static boolean isSecret(String name) {
        return name.endsWith(KEY_SUFFIX);
    }

    private static void write(Path file, String text, boolean secret) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = secret && posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (SeekableByteChannel channel = Files.newByteChannel(file, fresh, attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
