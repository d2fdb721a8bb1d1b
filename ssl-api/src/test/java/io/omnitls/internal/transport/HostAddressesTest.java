package io.omnitls.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.internal.engine.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All of 127.0.0.0/8 is this machine, so a name can have as many addresses as a test likes. */
@Timeout(60)
class HostAddressesTest {

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress("host.example", new byte[] {127, 0, 0, (byte) last});
    }

    private static ServerSocket listen(int last, int backlog) throws IOException {
        return new ServerSocket(0, backlog, address(last));
    }

    @Test
    void theFirstAddressThatAcceptsIsTheOne() throws Exception {
        try (ServerSocket server = listen(3, 5)) {
            HostAddresses host = new HostAddresses(
                    "host.example", List.of(address(1), address(2), address(3), address(4)), server.getLocalPort());
            try (Socket socket = host.connect(Deadline.in(20_000))) {
                assertEquals(address(3), socket.getInetAddress());
                assertTrue(socket.getTcpNoDelay());
            }
            try (Socket socket = host.connect(Deadline.in(0))) {
                assertEquals(address(3), socket.getInetAddress());
            }
        }
    }

    @Test
    void aNegativeTimeOutIsNoTimeThatHasPassed() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Timeouts.millis(Duration.ofMillis(-1)));
        assertEquals("a time-out is not negative: PT-0.001S", refusal.getMessage());
    }

    @Test
    void whenNoneAcceptsTheMessageSaysWhatEachAnswered() throws Exception {
        int port;
        try (ServerSocket server = listen(1, 5)) {
            port = server.getLocalPort();
        }
        HostAddresses host = new HostAddresses("host.example", List.of(address(1), address(2)), port);
        ConnectException failure = assertThrows(ConnectException.class, () -> host.connect(Deadline.in(20_000)));
        assertEquals(
                "cannot connect to host.example:" + port
                        + " (127.0.0.1: Connection refused; 127.0.0.2: Connection refused)",
                failure.getMessage());
        assertInstanceOf(ConnectException.class, failure.getCause());
        assertEquals(1, failure.getSuppressed().length);
    }

    /** A listener whose queue is full lets a SYN go unanswered, as a machine that is down does. */
    @Test
    void aSilentAddressLeavesTimeForTheNextAndTheWholeHasALimit() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket silent = listen(1, 1)) {
            int port = silent.getLocalPort();
            fill(silent, waiting);
            HostAddresses alone = new HostAddresses("host.example", List.of(address(1), address(1)), port);
            long begin = System.nanoTime();
            SocketTimeoutException failure =
                    assertThrows(SocketTimeoutException.class, () -> alone.connect(Deadline.in(1000)));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(millis >= 900 && millis < 1900, millis + " ms for two addresses and a limit of 1000 ms");
            assertTrue(String.valueOf(failure.getMessage()).contains("127.0.0.1: "), failure.getMessage());
            try (ServerSocket answers = new ServerSocket()) {
                answers.bind(new InetSocketAddress(address(2), port));
                HostAddresses host = new HostAddresses("host.example", List.of(address(1), address(2)), port);
                try (Socket socket = host.connect(Deadline.in(2000))) {
                    assertEquals(address(2), socket.getInetAddress());
                }
            }
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static void fill(ServerSocket silent, List<Socket> waiting) throws IOException {
        for (int i = 0; i < 100; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(silent.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new AssertionError("the queue of a listener has no end here");
    }

    @Test
    void anUnknownHostIsCalledSo() {
        assertThrows(UnknownHostException.class, () -> HostAddresses.of("nobody.invalid", 1));
    }
}
