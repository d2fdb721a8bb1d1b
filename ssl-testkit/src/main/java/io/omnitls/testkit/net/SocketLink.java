package io.omnitls.testkit.net;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsConnection;
import io.omnitls.TlsSocket;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Role;
import io.omnitls.testkit.net.BioPair.Segmentation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Two blocking sockets over loopback. */
final class SocketLink implements Link {
    private final PieceSocket clientTransport;
    private final PieceSocket serverTransport;
    private final TlsSocket client;
    private final TlsSocket server;

    SocketLink(ClientContext client, ServerContext server, ConnectionOptions options, Segmentation segmentation)
            throws IOException {
        PieceSocket[] sockets = PieceSocket.connect(segmentation);
        clientTransport = sockets[0];
        serverTransport = sockets[1];
        this.client = client.wrap(clientTransport, options);
        this.server = server.wrap(serverTransport);
        this.client.setSoTimeout(Loopback.TIMEOUT_MILLIS);
        this.server.setSoTimeout(Loopback.TIMEOUT_MILLIS);
    }

    @Override
    public TlsSocket end(Role role) {
        return role == Role.CLIENT ? client : server;
    }

    private PieceSocket transport(Role role) {
        return role == Role.CLIENT ? clientTransport : serverTransport;
    }

    @Override
    public BioPair.Outcome handshake() throws IOException {
        BackgroundTask<Optional<TlsException>> clients = BackgroundTask.of(() -> handshake(Role.CLIENT));
        Optional<TlsException> servers = handshake(Role.SERVER);
        return new BioPair.Outcome(await(clients), servers);
    }

    private Optional<TlsException> handshake(Role role) throws IOException {
        try {
            end(role).handshake();
            return Optional.empty();
        } catch (IOException failed) {
            TlsException failure = ofTls(failed);
            if (!transport(role).isOutputShutdown()) {
                transport(role).shutdownOutput();
            }
            return Optional.of(failure);
        }
    }

    /** A connection that is lost has its TlsException for a cause. */
    private static TlsException ofTls(IOException failed) throws IOException {
        if (failed instanceof TlsException failure) {
            return failure;
        }
        if (failed.getCause() instanceof TlsException failure) {
            return failure;
        }
        throw failed;
    }

    @Override
    public byte[] send(Role from, byte[] data) throws IOException {
        BackgroundTask<Integer> writing = BackgroundTask.of(() -> end(from).write(ByteBuffer.wrap(data)));
        byte[] arrived = end(Link.peer(from)).getInputStream().readNBytes(data.length);
        await(writing);
        return arrived;
    }

    /** A connection with a time-out keeps to it, so the task has longer. */
    private static <T> T await(BackgroundTask<T> task) throws IOException {
        try {
            return task.get(2L * Loopback.TIMEOUT_MILLIS);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void write(Role from, byte[] data) throws IOException {
        end(from).write(ByteBuffer.wrap(data));
    }

    @Override
    public byte[] read(Role to, int limit) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(limit);
        end(to).read(target);
        return Arrays.copyOf(target.array(), target.position());
    }

    @Override
    public void closeOutput(Role from) throws IOException {
        end(from).shutdownOutput();
    }

    @Override
    public void unwrap(Role role) throws IOException {
        end(role).unwrap();
    }

    @Override
    public void cutAfter(Role from, int bytes) throws IOException {
        transport(from).cutAfter(bytes);
    }

    @Override
    public boolean lost(Role from) {
        return transport(from).lost();
    }

    @Override
    public void close() throws IOException {
        for (TlsConnection end : new TlsConnection[] {client, server}) {
            end.close();
        }
        clientTransport.close(); // an unwrapped connection leaves it open
        serverTransport.close();
    }
}
