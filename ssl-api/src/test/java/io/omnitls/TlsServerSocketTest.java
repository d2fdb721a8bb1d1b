package io.omnitls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class TlsServerSocketTest {

    /** Linux takes options for the socket of a client that has gone; others answer "Invalid argument". */
    @Test
    void aClientThatIsSeenToBeGoneIsPassedOver() throws Exception {
        Socket gone = new Socket() {
            @Override
            public void setTcpNoDelay(boolean on) throws SocketException {
                throw new SocketException("Invalid argument");
            }
        };
        assertFalse(TlsServerSocket.present(gone));
        assertTrue(gone.isClosed());
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket there = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            assertTrue(TlsServerSocket.present(there));
            assertTrue(there.getTcpNoDelay());
        }
    }
}
