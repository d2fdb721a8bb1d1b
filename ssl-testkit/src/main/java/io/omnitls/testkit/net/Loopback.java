package io.omnitls.testkit.net;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server on a free loopback port, for one connection or a given number of them, one after the other, with a limit for
 * everything that could wait.
 */
public final class Loopback implements Closeable {
    /** The limit in milliseconds for each operation of either end; {@code -Domnitls.patience.millis} changes it. */
    public static final int TIMEOUT_MILLIS = Integer.getInteger("omnitls.patience.millis", 20_000);

    /** The same. */
    public static final Duration TIMEOUT = Duration.ofMillis(TIMEOUT_MILLIS);

    private final TlsServerSocket listener;
    private final CompletableFuture<Void> served;

    /** What the server does with its connection. */
    public interface Service {
        void serve(TlsSocket socket) throws Exception;
    }

    /** Listens, and serves the first connection with {@code service} on a thread of its own. */
    public Loopback(ServerContext context, Service service) throws IOException {
        this(context, 1, service);
    }

    /** Listens, and serves so many connections with {@code service} on a thread of its own. */
    public Loopback(ServerContext context, int connections, Service service) throws IOException {
        listener = context.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.setSoTimeout(TIMEOUT_MILLIS);
        served = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(connections, service), "loopback-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(int connections, Service service) {
        try {
            for (int i = 0; i < connections; i++) {
                try (TlsSocket socket = listener.accept()) {
                    socket.setSoTimeout(TIMEOUT_MILLIS);
                    service.serve(socket);
                }
            }
            served.complete(null);
        } catch (Throwable e) {
            served.completeExceptionally(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** A connected client on which no byte was exchanged. */
    public TlsSocket connect(ClientContext context, ConnectionOptions options) throws IOException {
        return connect(port(), context, options);
    }

    /** A client that is connected to this port of this machine, whoever listens there. */
    public static TlsSocket connect(int port, ClientContext context, ConnectionOptions options) throws IOException {
        TlsSocket socket = context.wrap(new Socket(InetAddress.getLoopbackAddress(), port), options);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** A connected plain socket. */
    public Socket connectPlain() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Waits for the service to end; throws what it threw. */
    public void await() throws Exception {
        try {
            served.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        } catch (TimeoutException e) {
            throw new AssertionError("the server did not end within " + TIMEOUT_MILLIS + " ms", e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
