package io.omnitls.cli;

import io.omnitls.TlsSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Connects a TLS connection to two streams until the peer closes; the end of the input ends only that direction. */
final class Pipe {
    private Pipe() {}

    static void join(TlsSocket socket, InputStream input, OutputStream output) throws IOException {
        AtomicReference<@Nullable IOException> trouble = new AtomicReference<>();
        Thread sender = new Thread(() -> send(socket, input, trouble), "tls-connect-input");
        // Reading standard input cannot be interrupted, and must not keep the process alive.
        sender.setDaemon(true);
        sender.start();
        byte[] buffer = new byte[16 * 1024];
        InputStream fromPeer = socket.getInputStream();
        for (int n = fromPeer.read(buffer); n >= 0; n = fromPeer.read(buffer)) {
            try {
                output.write(buffer, 0, n);
                output.flush();
            } catch (IOException e) {
                throw new OutputFailure(e);
            }
        }
        IOException failure = trouble.get();
        if (failure != null) {
            throw failure;
        }
    }

    private static void send(TlsSocket socket, InputStream input, AtomicReference<@Nullable IOException> trouble) {
        byte[] buffer = new byte[16 * 1024];
        try {
            OutputStream toPeer = socket.getOutputStream();
            for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
                toPeer.write(buffer, 0, n);
            }
            socket.shutdownOutput();
        } catch (IOException e) {
            trouble.set(e);
        }
    }
}
