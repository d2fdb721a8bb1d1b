package io.omnitls.integration.channels;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Daemons;
import io.omnitls.integration.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tlschannel.ClientTlsChannel;
import tlschannel.TlsChannel;

/** tls-channel's client. */
final class ChannelClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(Daemons.INSTANCE);
        try (SocketChannel socket = SocketChannel.open(new InetSocketAddress("localhost", port))) {
            return thread.submit(() -> exchange(context, port, socket)).get(Deadline.SECONDS, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
    }

    private static String exchange(ClientContext context, int port, SocketChannel socket) throws IOException {
        try (TlsChannel tls = ClientTlsChannel.newBuilder(socket, context.sslEngine("localhost", port))
                .build()) {
            tls.write(ByteBuffer.wrap(Cargo.TEXT.getBytes(US_ASCII)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer part = ByteBuffer.allocate(5000);
            while (tls.read(part) >= 0) {
                answer.write(part.array(), 0, part.position());
                part.clear();
            }
            return Cargo.peer(answer.toString(US_ASCII));
        }
    }
}
