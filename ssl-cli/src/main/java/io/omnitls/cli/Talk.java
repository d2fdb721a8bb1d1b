package io.omnitls.cli;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.TlsSocket;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;

/**
 * A connection after its handshake, which is closed when its use has ended.
 *
 * @param failure why the handshake failed; what the server sent before is in the socket nevertheless
 */
record Talk(TlsSocket socket, Optional<IOException> failure) {

    /** What a connection is made for. */
    interface Use<R> {
        R of(Talk talk) throws IOException;
    }

    /**
     * Reaches a server, makes a handshake and uses the connection.
     *
     * @throws IOException when TLS did not even begin, or what {@code use} throws
     */
    static <R> R with(Target target, Dialing dialing, ClientContext context, ConnectionOptions connection, Use<R> use)
            throws IOException {
        Socket plain = dialing.open(target);
        try (plain;
                TlsSocket socket = context.wrap(plain, connection)) {
            return use.of(new Talk(socket, handshake(dialing, socket, plain)));
        }
    }

    private static Optional<IOException> handshake(Dialing dialing, TlsSocket socket, Socket plain) {
        try {
            dialing.handshake(socket, plain);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    void requireSuccess() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
