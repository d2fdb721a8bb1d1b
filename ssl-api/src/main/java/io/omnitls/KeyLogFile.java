package io.omnitls;

import io.omnitls.internal.keylog.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** A key log in a file, opened for each line: contexts have no end at which it could be closed. */
final class KeyLogFile implements KeyLog {
    /** Not every system appends in one piece, so the threads of this process take turns. */
    private static final ReentrantLock TURN = new ReentrantLock();

    private final Path path;
    private final PrivateFile file;

    KeyLogFile(Path path) {
        this.path = path;
        this.file = new PrivateFile(path);
    }

    Path path() {
        return path;
    }

    /** Makes sure that the file can be written to. */
    void touch() throws IOException {
        append(ByteBuffer.allocate(0));
    }

    @Override
    public void line(String line) throws IOException {
        append(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private void append(ByteBuffer bytes) throws IOException {
        TURN.lock();
        try (FileChannel channel = file.append()) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            TURN.unlock();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
