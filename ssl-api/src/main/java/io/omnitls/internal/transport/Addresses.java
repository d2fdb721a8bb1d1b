package io.omnitls.internal.transport;

import io.omnitls.internal.given.Port;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the ends of a connection's transport are, as far as it has addresses. */
public record Addresses(Optional<SocketAddress> local, Optional<SocketAddress> remote) {
    public static final Addresses NONE = new Addresses(Optional.empty(), Optional.empty());

    public static Addresses of(Socket socket) {
        return new Addresses(
                Optional.ofNullable(socket.getLocalSocketAddress()),
                Optional.ofNullable(socket.getRemoteSocketAddress()));
    }

    public static Addresses of(ByteChannel channel) {
        if (!(channel instanceof SocketChannel socket)) {
            return NONE;
        }
        try {
            return new Addresses(
                    Optional.ofNullable(socket.getLocalAddress()), Optional.ofNullable(socket.getRemoteAddress()));
        } catch (IOException closed) {
            return NONE; // the handshake will say so
        }
    }

    /** The peer's port, where it has one. */
    public OptionalInt remotePort() {
        return remote.isPresent() && remote.get() instanceof InetSocketAddress address
                ? Port.of(address.getPort())
                : OptionalInt.empty();
    }
}
