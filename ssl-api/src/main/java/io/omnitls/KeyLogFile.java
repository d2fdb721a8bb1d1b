package io.omnitls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;

/** A key log in a file, opened for each line: contexts have no end at which it could be closed. */
final class KeyLogFile implements KeyLog {
    /** Not every system appends in one piece, so the threads of this process take turns. */
    private static final ReentrantLock TURN = new ReentrantLock();

    private final Path file;

    KeyLogFile(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Makes sure that the file can be written to. */
    void touch() throws IOException {
        append(ByteBuffer.allocate(0));
    }

    @Override
    public void line(String line) throws IOException {
        append(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private FileChannel open() throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.APPEND);
        } catch (NoSuchFileException first) { // or it was taken away since
            create();
            return FileChannel.open(file, StandardOpenOption.APPEND);
        }
    }

    private void create() throws IOException {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException expected) {
            // Another process was faster.
        }
    }

    private void append(ByteBuffer bytes) throws IOException {
        TURN.lock();
        try (FileChannel channel = open()) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            TURN.unlock();
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
