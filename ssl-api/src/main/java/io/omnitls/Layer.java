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
 * @param fragile whether the socket above closes itself when its handshake fails, as those of the JDK's factories do: who made it
 *     there may count on that
 */
record Layer(Socket socket, Optional<InputStream> consumed, boolean autoClose, OptionalInt port, boolean fragile) {
    /** One that belongs to the socket above. */
    static Layer own(Socket socket) {
        return new Layer(socket, Optional.empty(), true, Port.of(socket.getPort()), false);
    }

    /** One that a factory makes, to be connected later. */
    static Layer unconnected() {
        return new Layer(new Socket(), Optional.empty(), true, OptionalInt.empty(), true);
    }
}
