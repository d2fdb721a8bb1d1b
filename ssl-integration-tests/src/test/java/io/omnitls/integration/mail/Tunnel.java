package io.omnitls.integration.mail;

import io.omnitls.ServerContext;
import io.omnitls.integration.Daemons;
import io.omnitls.integration.Deadline;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Server sockets of a context before a server that knows no TLS, or none but from its own key store as GreenMail.
 *
 * @param port where that server listens
 */
record Tunnel(int port) implements ServerUse {
    @Override
    public Running start(ServerContext context) throws IOException {
        ServerSocket server =
                context.sslServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newCachedThreadPool(Daemons.INSTANCE);
        threads.execute(() -> accept(server, threads));
        return new Running(server.getLocalPort(), () -> {
            server.close();
            threads.shutdownNow();
        });
    }

    private void accept(ServerSocket server, ExecutorService threads) {
        while (!server.isClosed()) {
            try {
                Socket outside = server.accept();
                outside.setSoTimeout(Deadline.MILLIS);
                threads.execute(() -> connect(outside, threads));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket outside, ExecutorService threads) {
        try (outside;
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), port)) {
            threads.execute(() -> copy(inside, outside));
            copy(outside, inside);
        } catch (IOException ended) {
            // So have both.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException ended) {
            // By either side, or by a handshake that fails.
        }
    }
}
