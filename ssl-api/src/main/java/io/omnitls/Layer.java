package io.omnitls;

import io.omnitls.internal.given.Port;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The socket below a {@link TlsSocket}.
 *
 * @param consumed what somebody else has read from it already; read to its end first
 * @param autoClose whether closing the socket above closes it
 * @param port the server's, as far as is known
 * @param fragile whether the socket above closes itself when its handshake fails, as the JDK's do, and who has made or accepted one
 *     counts on that
 */
record Layer(Socket socket, Optional<InputStream> consumed, boolean autoClose, OptionalInt port, boolean fragile) {
    /** One that somebody brings, and that belongs to the socket above from then on. */
    static Layer brought(Socket socket) {
        return own(socket, false);
    }

    /** One that was accepted. */
    static Layer accepted(Socket socket) {
        return own(socket, true);
    }

    /** One that a factory makes, to be connected later. */
    static Layer unconnected() {
        return own(new Socket(), true);
    }

    private static Layer own(Socket socket, boolean fragile) {
        return new Layer(socket, Optional.empty(), true, Port.of(socket.getPort()), fragile);
    }
}
