package io.omnitls;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.io.IOException;
import java.nio.file.Path;

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
     */
    void line(String line) throws IOException;

    /**
     * Appends to {@code file}, each line with one write, so that several contexts and processes may share it. A new file
     * is for its owner's eyes only, where the file system knows owners.
     *
     * @throws TlsException SYSCALL when the file cannot be opened for writing
     */
    static KeyLog appendingTo(Path file) throws TlsException {
        KeyLogFile log = new KeyLogFile(file);
        try {
            log.touch();
        } catch (IOException e) {
            throw new TlsException(ErrorReason.SYSCALL, "the key log " + file + " cannot be written: " + e, e);
        }
        return log;
    }
}
