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
 */
record Layer(Socket socket, Optional<InputStream> consumed, boolean autoClose, OptionalInt port) {
    /** One that belongs to the socket above. */
    static Layer own(Socket socket) {
        return new Layer(socket, Optional.empty(), true, Port.of(socket.getPort()));
    }

    /** One that is connected later. */
    static Layer unconnected() {
        return own(new Socket());
    }
}
