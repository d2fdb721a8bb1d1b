package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/** SPEC.md part 14: what code that knows {@code javax.net} expects of sockets. */
public interface SocketContract extends Contract {

    private static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    @Test
    default void rule14_20_certificatesComeInArraysOfX509Certificates() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = fixture()
                    .clientBuilder()
                    .maximumVersion(version)
                    .certificateChain(fixture().authority().client(KeyKind.EC).credentials())
                    .build();
            ServerContext server = fixture()
                    .serverBuilder()
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.OPTIONAL)
                    .build();
            CompletableFuture<SSLSession> served = new CompletableFuture<>();
            try (Loopback loopback = new Loopback(server, socket -> {
                        socket.handshake();
                        served.complete(socket.getSession());
                        socket.getOutputStream().write(1);
                    });
                    TlsSocket socket = loopback.connect(client, options())) {
                CompletableFuture<SSLSession> heard = new CompletableFuture<>();
                socket.addHandshakeCompletedListener(event -> heard.complete(event.getSession()));
                assertEquals(1, socket.getInputStream().read());
                loopback.await();
                SSLSession theirs = served.get(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
                assertDoesNotThrow(theirs::getPeerCertificates, "with OPTIONAL the client shows its certificate");
                for (SSLSession mine :
                        List.of(socket.getSession(), heard.get(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))) {
                    assertArrayEquals(x509(theirs.getLocalCertificates()), x509(mine.getPeerCertificates()));
                    assertArrayEquals(x509(theirs.getPeerCertificates()), x509(mine.getLocalCertificates()));
                }
            }
        }
    }

    /** The cast that pgjdbc does. */
    private static X509Certificate[] x509(Certificate[] chain) {
        return (X509Certificate[]) chain;
    }

    /** What clients do to servers before there is a connection. */
    private static void misbehave(int turn, InetSocketAddress server, List<Closeable> silent) throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        switch (turn % 5) {
            case 0 -> socket.close();
            case 1 -> reset(socket);
            case 2 -> {
                socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1}); // the beginning of a ClientHello
                reset(socket);
            }
            case 3 -> {
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.close();
            }
            default -> silent.add(socket);
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Test
    default void rule14_21_clientsThatAreGoneAlreadyDoNotStopAServer() throws Exception {
        List<Closeable> silent = new ArrayList<>();
        try (TlsServerSocket server =
                fixture().serverBuilder().build().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            server.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            int strangers = 20;
            for (int turn = 0; turn < strangers; turn++) {
                misbehave(turn, address, silent); // all of them before anybody accepts
            }
            BackgroundTask<Integer> answer = BackgroundTask.of(() -> ask(address.getPort()));
            int served = 0;
            for (int turn = 0; turn <= strangers; turn++) {
                TlsSocket socket = server.accept(); // it throws for no stranger
                try (socket) {
                    socket.setSoTimeout(turn == strangers ? Loopback.TIMEOUT_MILLIS : 200);
                    socket.getOutputStream().write(42);
                    served++;
                } catch (IOException gone) {
                    // A failure of this connection, and of no other.
                }
            }
            assertEquals(1, served);
            assertEquals(42, answer.get());
        } finally {
            for (Closeable socket : silent) {
                socket.close();
            }
        }
    }

    private int ask(int port) throws IOException {
        try (TlsSocket socket = Loopback.connect(port, fixture().clientBuilder().build(), options())) {
            return socket.getInputStream().read();
        }
    }

    @Test
    default void rule14_22_aHostIsReachedByAnyOfItsAddressesOrItsAnswersAreTold() throws Exception {
        ClientContext client = fixture().clientBuilder().build();
        for (boolean byName : new boolean[] {true, false}) {
            try (Loopback loopback = new Loopback(fixture().serverBuilder().build(), socket -> {
                socket.getOutputStream().write(7);
            })) {
                try (TlsSocket socket = byName
                        ? client.connect("localhost", loopback.port(), options(), Loopback.TIMEOUT)
                        : client.connect(
                                InetSocketAddress.createUnresolved("localhost", loopback.port()),
                                options(),
                                Loopback.TIMEOUT)) {
                    assertEquals(7, socket.getInputStream().read());
                    assertEquals(Loopback.TIMEOUT_MILLIS, socket.getSoTimeout());
                }
                loopback.await();
            }
        }
        int closed;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = nobody.getLocalPort();
        }
        ConnectException failure = assertThrows(
                ConnectException.class, () -> client.connect("localhost", closed, options(), Loopback.TIMEOUT));
        for (InetAddress address : InetAddress.getAllByName("localhost")) {
            assertTrue(
                    String.valueOf(failure.getMessage()).contains(address.getHostAddress() + ": "),
                    failure::getMessage);
        }
    }

    @Test
    default void rule14_23_asManyClientsWaitAsTheServerWasTold() throws Exception {
        ServerContext context = fixture().serverBuilder().build();
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertThrows(IllegalArgumentException.class, () -> context.listen(anywhere, 0));
        List<Socket> waiting = new ArrayList<>();
        try (TlsServerSocket server = context.listen(anywhere);
                TlsServerSocket small = context.listen(anywhere, 2)) {
            for (int i = 0;
                    i < 120;
                    i++) { // more than twice Java's default; a refused one waits a second for its retry
                waiting.add(connected(server, 900));
            }
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 120; i++) {
                    waiting.add(connected(small, 300));
                }
            });
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static Socket connected(TlsServerSocket server, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(server.getLocalSocketAddress(), timeoutMillis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
