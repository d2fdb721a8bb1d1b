package io.omnitls.cli;

import io.omnitls.TlsSocket;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** A client's connection, of which is known when the last byte went through it. */
final class Guest {
    private static final int LAST_WORDS_MILLIS = 2_000;
    private static final int MAX_LAST_WORDS = 1 << 20;

    private final TlsSocket socket;
    private volatile long lastProgress = System.nanoTime();

    Guest(TlsSocket socket) {
        this.socket = socket;
    }

    TlsSocket socket() {
        return socket;
    }

    /** For how long nothing has gone through, in either direction. */
    long stillMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastProgress);
    }

    void progress() {
        lastProgress = System.nanoTime();
    }

    /** Ends the connection, whoever waits for it. */
    void end() {
        try {
            socket.close();
        } catch (IOException | RuntimeException | LinkageError gone) {
            // So it has ended; whoever ends others must not die of it.
        }
    }

    /**
     * Says that no more comes, and takes what the client still sends: a system that closes a connection with bytes that
     * nobody has read resets it, and with that takes away from the client what it has not read itself.
     */
    void sayGoodbye() {
        byte[] buffer = new byte[8 * 1024];
        try {
            socket.shutdownOutput();
            socket.setSoTimeout(LAST_WORDS_MILLIS);
            InputStream rest = socket.getInputStream();
            for (int taken = 0; taken < MAX_LAST_WORDS; ) {
                int count = rest.read(buffer);
                if (count < 0) {
                    return;
                }
                taken += count;
            }
        } catch (IOException enough) {
            // It has gone away, or goes on without an end: it has had all of it.
        }
    }

    /** What the client sends. */
    InputStream input() throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                progress();
                return value;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                progress();
                return count;
            }
        };
    }

    /** What is sent to the client. */
    OutputStream output() throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                out.write(source, offset, length);
                progress();
            }
        };
    }
}
