package io.omnitls.integration.management;

import io.omnitls.ClientContext;
import io.omnitls.integration.Deadline;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.Socket;
import java.rmi.server.RMIClientSocketFactory;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where stubs get their sockets from. They carry it from the server to the client, so it holds nothing, and there is one context
 * at a time; and no two of them are equal, or connections of an earlier context were used.
 */
@SuppressWarnings("serial") // it is never stored
final class RmiSockets implements RMIClientSocketFactory, Serializable {
    private static final AtomicReference<ClientContext> CONTEXT = new AtomicReference<>();

    /** The context of all connections from now on. */
    static void use(ClientContext context) {
        CONTEXT.set(context);
    }

    /** A stub says an address; who has to be there is known here. */
    @Override
    public Socket createSocket(String address, int port) throws IOException {
        Socket socket = CONTEXT.get()
                .sslSocketFactory()
                .createSocket(new Socket(InetAddress.getLoopbackAddress(), port), "localhost", port, true);
        socket.setSoTimeout(Deadline.MILLIS);
        return socket;
    }
}
