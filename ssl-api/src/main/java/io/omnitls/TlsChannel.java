package io.omnitls;

import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ConnectionCore;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.given.Given;
import io.omnitls.internal.transport.Addresses;
import io.omnitls.internal.transport.ChannelTransport;
import io.omnitls.internal.transport.ChunkedWrite;
import io.omnitls.internal.transport.GatheredBuffers;
import io.omnitls.internal.transport.UnwrappedChannel;
import io.omnitls.protocol.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TLS connection over a {@link ByteChannel}: a {@code SocketChannel} in blocking or non-blocking mode, or any other.
 * Python's non-blocking {@code SSLSocket}.
 *
 * <p>The handshake takes place with the first read or write. Where the channel underneath would have to be waited for,
 * an operation throws {@link io.omnitls.error.TlsWantReadException} or
 * {@link io.omnitls.error.TlsWantWriteException}: wait until the channel is readable or writable, then repeat the call,
 * and it goes on where it stopped. Any operation may throw either.
 *
 * <p>{@link #write} answers how many bytes were taken. Their records may not have been sent in full yet; the next
 * operation goes on sending them, and {@link #flush} says whether any are left, so that a selector has to watch for
 * {@code OP_WRITE}. A selector sees neither decrypted bytes nor records that were received ahead: read until
 * {@code TlsWantReadException} before you select, or ask {@link #hasPending}. A server that sends back what it gets:
 *
 * <pre>{@code
 * final class Echo {
 *     private final TlsChannel tls;
 *     private final SelectionKey key;
 *     private final ByteBuffer buffer = ByteBuffer.allocate(16_384).limit(0);    // what is still to be sent back
 *     private boolean ended;
 *
 *     Echo(ServerContext context, SocketChannel socket, Selector selector) throws IOException {
 *         socket.configureBlocking(false);
 *         tls = context.wrap(socket);
 *         key = socket.register(selector, SelectionKey.OP_READ, this);
 *     }
 *
 *     void ready() throws IOException {                                          // whenever the key was selected
 *         int interest = 0;
 *         try {
 *             while (!ended) {                                                   // until it wants to wait
 *                 step();
 *             }
 *         } catch (TlsWantReadException wait) {
 *             interest = SelectionKey.OP_READ;
 *         } catch (TlsWantWriteException wait) {
 *             interest = SelectionKey.OP_WRITE;
 *         }
 *         boolean sent = tls.flush();
 *         if (ended && sent) {
 *             tls.close();
 *         } else {
 *             key.interestOps(sent ? interest : interest | SelectionKey.OP_WRITE);
 *         }
 *     }
 *
 *     private void step() throws IOException {
 *         if (buffer.hasRemaining()) {
 *             tls.write(buffer);
 *             return;
 *         }
 *         buffer.clear();
 *         try {
 *             ended = tls.read(buffer) < 0;
 *         } finally {
 *             buffer.flip();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>One thread may read while another writes, and any thread may close. As with every channel, an operation on a closed
 * one throws {@link ClosedChannelException}, and one that is under way when another thread closes throws
 * {@link AsynchronousCloseException}.
 */
public final class TlsChannel implements OwnConnection, ByteChannel, GatheringByteChannel, ScatteringByteChannel {
    private final ContextConnection connection;
    private final ConnectionCore core;
    private final ByteChannel transport;
    // A scattering read and a gathering write take several steps, and no other may come between.
    private final ReentrantLock readers = new ReentrantLock();
    private final ReentrantLock writers = new ReentrantLock();
    private volatile boolean closed; // by our close(), whatever phase the connection was in
    private final ReentrantLock unwrapping = new ReentrantLock();
    private volatile Optional<ByteChannel> unwrapped = Optional.empty(); // somebody else's: closing must leave it alone

    TlsChannel(ClientContext context, ConnectionOptions options, ByteChannel transport) {
        this(
                new ContextConnection(
                        context,
                        options.reachedAt(Addresses.of(transport).remotePort()),
                        new ChannelTransport(transport),
                        () -> Addresses.of(transport)),
                transport);
    }

    TlsChannel(ServerContext context, ConnectionOptions options, ByteChannel transport) {
        this(
                new ContextConnection(
                        context,
                        ConnectionSettings.of(Role.SERVER, options),
                        new ChannelTransport(transport),
                        Addresses.of(transport)),
                transport);
    }

    private TlsChannel(ContextConnection connection, ByteChannel transport) {
        if (transport instanceof SocketChannel socket && !socket.isConnected()) {
            throw new NotYetConnectedException();
        }
        this.connection = connection;
        this.core = connection.core();
        this.transport = transport;
    }

    ContextConnection connection() {
        return connection;
    }

    @Override
    public void handshake() throws IOException {
        whileOpen(() -> {
            core.handshake(Deadline.NONE);
            return 0;
        });
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        Objects.requireNonNull(target, "target");
        readers.lock();
        try {
            requireOpen();
            return core.read(target, Deadline.NONE);
        } catch (TlsException e) {
            throw asChannel(e);
        } finally {
            readers.unlock();
        }
    }

    @Override
    public long read(ByteBuffer[] targets) throws IOException {
        return read(targets, 0, Objects.requireNonNull(targets, "targets").length);
    }

    /** Waits for the first byte at most; the other buffers get what is decrypted already. */
    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        Given.all(targets, "targets");
        requireRange(targets, offset, length);
        readers.lock();
        try {
            long total = 0;
            for (int i = offset; i < offset + length; i++) {
                while (targets[i].hasRemaining() && (total == 0 || pending() > 0)) {
                    int count = read(targets[i]);
                    if (count < 0) {
                        return total == 0 ? count : total;
                    }
                    total += count;
                }
            }
            return total;
        } finally {
            readers.unlock();
        }
    }

    /**
     * Encrypts and sends from {@code source}: all of it over a blocking channel, what can be taken without waiting over
     * a non-blocking one. An empty buffer sends what is left over from before.
     *
     * @return how many bytes were taken; some of their records may wait for {@link #flush}
     * @throws io.omnitls.error.TlsWantWriteException when not one byte was taken
     */
    @Override
    public int write(ByteBuffer source) throws IOException {
        Objects.requireNonNull(source, "source");
        writers.lock();
        try {
            requireOpen();
            return core.write(source, Deadline.NONE);
        } catch (TlsException e) {
            throw asChannel(e);
        } finally {
            writers.unlock();
        }
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, Objects.requireNonNull(sources, "sources").length);
    }

    /** As {@link #write(ByteBuffer)}; small buffers share a record. */
    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        Given.all(sources, "sources");
        requireRange(sources, offset, length);
        writers.lock();
        try {
            return new ChunkedWrite(this::write).write(new GatheredBuffers(sources, offset, length));
        } finally {
            writers.unlock();
        }
    }

    @Override
    public long sendFile(FileChannel file, long position, long count) throws IOException {
        Objects.requireNonNull(file, "file");
        writers.lock();
        try {
            return OwnConnection.super.sendFile(file, position, count);
        } finally {
            writers.unlock();
        }
    }

    private static void requireRange(ByteBuffer[] buffers, int offset, int length) {
        if (offset < 0 || length < 0 || length > buffers.length - offset) {
            throw new IndexOutOfBoundsException(
                    "offset " + offset + " and length " + length + " in an array of " + buffers.length);
        }
    }

    /**
     * Sends the records that earlier operations have left over, and after a failure the rest of the alert.
     *
     * @return whether all is sent; false when the channel has to become writable first
     */
    public boolean flush() throws IOException {
        return whileOpen(() -> core.flush() ? 1 : 0) != 0;
    }

    /**
     * Whether a read can go on although a selector may not say so: there are decrypted bytes, or a whole record that was
     * received ahead. OpenSSL's {@code SSL_has_pending}. A read may still want more, as not every record holds data.
     */
    public boolean hasPending() {
        return core.hasPending();
    }

    /** Completes the handshake if need be and sends close_notify; reading goes on. */
    public void shutdownOutput() throws IOException {
        whileOpen(() -> {
            core.handshake(Deadline.NONE);
            core.closeOutbound(Deadline.NONE);
            return 0;
        });
    }

    /**
     * Ends TLS in both directions and hands the plain channel back: sends close_notify, waits for the peer's, and returns
     * a channel whose first byte is the one that follows it; it is the channel underneath itself unless some of those
     * bytes were received ahead. This object is not open then: reading from it is at its end, and unwrapping it again returns
     * the same channel.
     *
     * @throws TlsException SHUTDOWN_WHILE_IN_INIT before the handshake is complete;
     *     APPLICATION_DATA_AFTER_CLOSE_NOTIFY when data came that nobody read: read it and repeat;
     *     {@code TlsEofException} when the peer closed the transport instead
     */
    public ByteChannel unwrap() throws IOException {
        whileOpen(() -> {
            core.shutdown(Deadline.NONE);
            return 0;
        });
        unwrapping.lock();
        try {
            if (unwrapped.isEmpty()) {
                byte[] leftover = core.leftover();
                unwrapped = Optional.of(leftover.length == 0 ? transport : new UnwrappedChannel(transport, leftover));
                core.release();
            }
            return unwrapped.get();
        } finally {
            unwrapping.unlock();
        }
    }

    /** Whether neither this channel nor the one underneath was closed, nor this one unwrapped. */
    @Override
    public boolean isOpen() {
        return !closed && unwrapped.isEmpty() && transport.isOpen();
    }

    /**
     * Sends close_notify if no writer is in the way, for which a blocking channel that takes no more has a second; closes
     * the channel underneath, which has to free the threads that wait in it, and lets the backend's resources go. Waits for
     * none of those threads. Over a non-blocking channel records that {@link #flush} did not send are lost, and the peer sees
     * a truncation. In a callback of this connection it takes effect when that returns.
     */
    @Override
    public void close() throws IOException {
        if (unwrapped.isEmpty()) {
            closed = true;
            core.close();
        }
    }

    private interface Operation {
        long run() throws IOException;
    }

    private long whileOpen(Operation operation) throws IOException {
        requireOpen();
        try {
            return operation.run();
        } catch (TlsException e) {
            throw asChannel(e);
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed || unwrapped.isEmpty() && !transport.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** What a channel throws for it: an end that another thread has brought about is no failure of TLS. */
    private IOException asChannel(TlsException e) {
        if (e.getCause() instanceof AsynchronousCloseException end) {
            return end; // or ClosedByInterruptException, which is one
        }
        // A channel that had taken some bytes before it was closed says no more than that it is.
        if (!closed && !(e.getCause() instanceof ClosedChannelException)) {
            return e;
        }
        AsynchronousCloseException end = new AsynchronousCloseException();
        end.initCause(e);
        return end;
    }

    @Override
    public String toString() {
        return "TlsChannel[" + transport + "]";
    }
}
