package io.omnitls.integration.databases;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For databases, which take no zero for a port of the system's choice. */
final class FreePort {
    private FreePort() {}

    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
