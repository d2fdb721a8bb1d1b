package io.omnitls.integration.channels;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Daemons;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;

/** tls-channel's server: answers what it has got with the client's name and that. */
final class ChannelServer implements ServerUse {
    @Override
    public Running start(ServerContext context) throws IOException {
        ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ExecutorService threads = Executors.newCachedThreadPool(Daemons.INSTANCE);
        threads.execute(() -> {
            while (server.isOpen()) {
                try {
                    SocketChannel accepted = server.accept();
                    threads.execute(() -> serve(context, accepted));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return new Running(server.socket().getLocalPort(), () -> {
            server.close();
            threads.shutdownNow();
        });
    }

    private static void serve(ServerContext context, SocketChannel accepted) {
        try (accepted;
                TlsChannel tls = ServerTlsChannel.newBuilder(accepted, context.sslContext())
                        .build()) {
            ByteBuffer received = ByteBuffer.allocate(Cargo.TEXT.length());
            while (received.hasRemaining() && tls.read(received) >= 0) {
                // A record at a time.
            }
            String text = new String(received.array(), 0, received.position(), US_ASCII);
            tls.write(ByteBuffer.wrap(Cargo.answer(Peers.name(tls.getSslEngine().getSession()), text)
                    .getBytes(US_ASCII)));
        } catch (IOException ended) {
            // By the client, or by a handshake that fails.
        }
    }
}
