package io.omnitls;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Takes the secrets of connections, line by line in the format of RFC 9850, which Wireshark and its like read as
 * {@code SSLKEYLOGFILE}. Whoever has them can read the connections, so this is for finding faults and for nothing else.
 * Called for several connections at a time. What it throws makes the connection's handshake fail with CALLBACK_FAILED.
 */
@FunctionalInterface
public interface KeyLog {

    /**
     * Takes one line, for instance {@code CLIENT_TRAFFIC_SECRET_0 <client random> <secret>}.
     *
     * @param line without its end
     * @throws IOException when it cannot be written, which fails the handshake: nobody misses a line later
     */
    void line(String line) throws IOException;

    /**
     * Appends to {@code file}, each line with one write, so that several contexts and processes may share it. A new file
     * is for its owner's eyes only, where the file system knows owners.
     *
     * <p>Whoever reads the file reads the connections, and whoever chooses the path may want another file destroyed. So
     * each time it is opened, which is for every line, these are refused:
     *
     * <ul>
     *   <li>a symbolic link, wherever it leads; links among the folders of the path are followed,
     *   <li>what is no regular file: a folder, a pipe, a device,
     *   <li>a file that its group or others may read or write: {@code chmod 600} helps,
     *   <li>a file of another user,
     *   <li>a file with a second name (a hard link).
     * </ul>
     *
     * <p>The last three are checked where the file system has POSIX permissions. Java cannot ask an open file who may
     * read it, so its path is asked before and after; only who may rename files in the folder could come in between.
     *
     * @throws TlsException SYSCALL when the file cannot be opened for writing or is one of those
     */
    static KeyLog appendingTo(Path file) throws TlsException {
        Objects.requireNonNull(file, "file");
        KeyLogFile log = new KeyLogFile(file);
        try {
            log.touch();
        } catch (IOException e) {
            throw new TlsException(ErrorReason.SYSCALL, "the key log " + file + " cannot be written: " + why(e), e);
        }
        return log;
    }

    private static String why(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such folder"; // the file itself would be made
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = failure instanceof FileSystemException refused ? refused.getReason() : null;
        if (reason == null) {
            return failure.toString();
        }
        // What is ours goes on with the sentence; what is the system's begins with a capital.
        return Character.isLowerCase(reason.charAt(0)) ? "it " + reason : reason;
    }
}
