package io.omnitls;

import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ConnectionCore;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.engine.Transport;
import io.omnitls.internal.transport.Addresses;
import io.omnitls.internal.transport.BioTransport;
import io.omnitls.protocol.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A TLS connection without any I/O: it takes records from one {@link MemoryBio} and puts records into another, and
 * whoever owns it moves them. Python's {@code SSLObject}.
 *
 * <p>An operation that lacks input throws {@code TlsWantReadException}: send what is in the outgoing BIO, put what the
 * peer answers into the incoming one, and repeat the call; it goes on where it stopped. The end of the incoming BIO
 * without the peer's close_notify is always an error.
 *
 * <p>It takes no byte out of the incoming BIO that it does not need, so what follows the peer's close_notify stays
 * there.
 */
public final class TlsBioConnection implements OwnConnection {
    private final ContextConnection connection;
    private final ConnectionCore core;

    TlsBioConnection(ClientContext context, ConnectionOptions options, MemoryBio incoming, MemoryBio outgoing) {
        this(new ContextConnection(context, options, transport(incoming, outgoing), () -> Addresses.NONE));
    }

    TlsBioConnection(ServerContext context, MemoryBio incoming, MemoryBio outgoing) {
        this(new ContextConnection(
                context,
                ConnectionSettings.of(Role.SERVER, ConnectionOptions.none()),
                transport(incoming, outgoing),
                Addresses.NONE));
    }

    private static Transport transport(MemoryBio incoming, MemoryBio outgoing) {
        return new BioTransport(incoming.queue(), outgoing.queue());
    }

    private TlsBioConnection(ContextConnection connection) {
        this.connection = connection;
        this.core = connection.core();
    }

    ContextConnection connection() {
        return connection;
    }

    @Override
    public void handshake() throws IOException {
        core.handshake(Deadline.NONE);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        Objects.requireNonNull(target, "target");
        return core.read(target, Deadline.NONE);
    }

    /**
     * Reads up to {@code limit} decrypted bytes, at least one; none after the peer's close_notify.
     *
     * @throws io.omnitls.error.TlsWantReadException when the incoming BIO does not hold a whole record
     */
    public byte[] read(int limit) throws IOException {
        return core.read(limit, Deadline.NONE);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        Objects.requireNonNull(source, "source");
        return core.write(source, Deadline.NONE);
    }

    /** Encrypts all of {@code data} into the outgoing BIO. */
    public void write(byte[] data) throws IOException {
        Objects.requireNonNull(data, "data");
        core.write(ByteBuffer.wrap(data), Deadline.NONE);
    }

    /**
     * Ends the connection in both directions: puts close_notify into the outgoing BIO and looks for the peer's in the
     * incoming one. Once both are there it does nothing.
     *
     * @throws io.omnitls.error.TlsWantReadException when the peer's has not come yet
     * @throws TlsException SHUTDOWN_WHILE_IN_INIT before the handshake is complete; APPLICATION_DATA_AFTER_CLOSE_NOTIFY when data came that nobody read: read it and repeat
     */
    public void unwrap() throws IOException {
        core.shutdown(Deadline.NONE);
    }

    /**
     * Lets the backend's resources go; puts close_notify into the outgoing BIO if {@link #unwrap} has not. In a callback of
     * this connection it takes effect when that returns.
     */
    @Override
    public void close() {
        try {
            core.close();
        } catch (IOException impossible) {
            throw new AssertionError("there is no transport to close", impossible);
        }
    }
}
