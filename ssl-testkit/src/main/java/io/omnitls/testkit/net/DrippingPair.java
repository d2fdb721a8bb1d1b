package io.omnitls.testkit.net;

import io.omnitls.protocol.Role;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Two plain sockets and somebody between them who may hand on a byte at a time, as the slowest of networks does. */
public final class DrippingPair implements Closeable {
    /** Slow enough that a record takes seconds, and fast enough that no byte comes late. */
    private static final int MILLIS_A_BYTE = 20;

    private final SocketPair clients; // the client, and the relay that it takes for its server
    private final SocketPair servers; // the relay that the server takes for its client, and the server

    // Guarded by this, which is notified when it changes.
    private Optional<Role> slow = Optional.empty();

    private DrippingPair(SocketPair clients, SocketPair servers) throws IOException {
        this.clients = clients;
        this.servers = servers;
        for (Socket socket : List.of(clients.client(), clients.server(), servers.client(), servers.server())) {
            socket.setTcpNoDelay(true);
        }
    }

    /** Two sockets between which everything flows. */
    public static DrippingPair open() throws IOException {
        DrippingPair pair = new DrippingPair(SocketPair.open(), SocketPair.open());
        pair.relay(pair.clients.server(), pair.servers.client(), Role.SERVER);
        pair.relay(pair.servers.client(), pair.clients.server(), Role.CLIENT);
        return pair;
    }

    /** The socket of the client. */
    public Socket client() {
        return clients.client();
    }

    /** The socket of the server. */
    public Socket server() {
        return servers.server();
    }

    /** From now on this end receives a byte now and then. */
    public synchronized void dripTo(Role role) {
        slow = Optional.of(role);
    }

    /** From now on both ends receive everything at once. */
    public synchronized void flow() {
        slow = Optional.empty();
        notifyAll();
    }

    /** Waits as long as the next byte for {@code role} takes; false when it takes no time. */
    private synchronized boolean drips(Role role) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_A_BYTE);
        for (long left = MILLIS_A_BYTE; left > 0 && slow.equals(Optional.of(role)); ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return slow.equals(Optional.of(role));
    }

    private void relay(Socket from, Socket to, Role receiver) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[16_384];
                    try {
                        InputStream in = from.getInputStream();
                        OutputStream out = to.getOutputStream();
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            int sent = 0;
                            while (sent < n && drips(receiver)) {
                                out.write(buffer, sent++, 1);
                            }
                            out.write(buffer, sent, n - sent);
                        }
                        to.shutdownOutput();
                    } catch (IOException closed) {
                        // An end was closed, and the other one learns of it.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "relay-to-" + receiver);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        clients.close();
        servers.close();
    }
}
