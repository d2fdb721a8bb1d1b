package io.omnitls.internal.transport;

import io.omnitls.internal.engine.ByteQueue;
import io.omnitls.internal.engine.Couriers;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.engine.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records over a blocking socket. Nothing ends a write to a socket whose peer does not read, short of closing it; so what
 * has to be sent within a limit is handed to a courier, a thread that waits in its caller's place.
 *
 * <p>What a courier has taken is sent before anything else is, so records stay in their order.
 */
public final class SocketTransport implements Transport {
    /** Room for some records: what one system call brings at best. */
    private static final int READ_AHEAD = 32 * 1024;

    private final Socket socket;
    private final Optional<InputStream> consumed;
    private final boolean autoClose;
    private final int ownTimeoutMillis;
    private Optional<InputStream> input = Optional.empty(); // once the socket is connected; for who receives

    private final ReentrantLock turn = new ReentrantLock();
    private final Condition delivered = turn.newCondition();
    private volatile boolean courierOut; // set by who sends, cleared under turn by the courier
    private volatile Optional<IOException> undelivered = Optional.empty();

    /** Reads and sends through {@code socket}, whose time-out is changed as operations need it. */
    public SocketTransport(Socket socket) throws SocketException {
        this(socket, Optional.empty(), true);
    }

    /**
     * The same, where {@code consumed} was read from the socket before.
     *
     * @param autoClose whether the end of the connection is the socket's too
     */
    public SocketTransport(Socket socket, Optional<InputStream> consumed, boolean autoClose) throws SocketException {
        this.socket = socket;
        this.consumed = consumed;
        this.autoClose = autoClose;
        this.ownTimeoutMillis = socket.getSoTimeout();
    }

    /** The time-out that the socket had before records were read from it. */
    public int ownTimeoutMillis() {
        return ownTimeoutMillis;
    }

    /** Gives the socket back as it came, with nothing of ours still to be sent. */
    public void restore(Deadline deadline) throws IOException {
        settle(deadline);
        socket.setSoTimeout(ownTimeoutMillis);
    }

    @Override
    public void send(ByteBuffer records, Deadline deadline) throws IOException {
        settle(deadline);
        if (deadline.limited()) {
            sendOut(records);
            settle(deadline);
        } else {
            write(records.array(), records.arrayOffset() + records.position(), records.remaining());
            ((Buffer) records).position(records.limit());
        }
    }

    @Override
    public void offer(ByteBuffer records) throws IOException {
        if (!courierOut) {
            requireDelivered();
            sendOut(records);
        }
    }

    private void sendOut(ByteBuffer records) {
        byte[] load = new byte[records.remaining()];
        records.get(load);
        courierOut = true;
        try {
            Couriers.execute(() -> deliver(load));
        } catch (Throwable noThread) {
            courierOut = false;
            throw noThread;
        }
    }

    private void deliver(byte[] load) {
        try {
            write(load, 0, load.length);
        } catch (IOException e) {
            undelivered = Optional.of(e);
        } finally {
            turn.lock();
            try {
                courierOut = false;
                delivered.signalAll();
            } finally {
                turn.unlock();
            }
        }
    }

    @Override
    public void settle(Deadline deadline) throws IOException {
        if (courierOut) {
            turn.lock();
            try {
                while (courierOut) {
                    deadline.await(delivered);
                }
            } finally {
                turn.unlock();
            }
        }
        requireDelivered();
    }

    private void requireDelivered() throws IOException {
        Optional<IOException> failure = undelivered;
        if (failure.isPresent()) {
            throw new IOException("records could not be sent: " + failure.get(), failure.get());
        }
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        socket.getOutputStream().write(bytes, offset, length);
    }

    @Override
    public boolean blocking() {
        return true;
    }

    @Override
    public int receive(ByteQueue inbound, int missing, Deadline deadline) throws IOException {
        socket.setSoTimeout(deadline.remainingMillis());
        // Who keeps the socket reads on from it behind close_notify, which nobody recognizes before it was read.
        int wanted = autoClose ? Math.max(missing, READ_AHEAD) : missing;
        ByteBuffer room = inbound.back(wanted);
        int most = autoClose ? room.remaining() : wanted;
        int received;
        try {
            received = input().read(room.array(), room.arrayOffset() + room.position(), most);
        } catch (SocketTimeoutException e) {
            throw deadline.expired();
        }
        if (received > 0) {
            ((Buffer) room).position(room.position() + received);
            inbound.added();
        }
        return received < 0 ? END : received;
    }

    private InputStream input() throws IOException {
        if (consumed.isEmpty()) {
            return socket.getInputStream();
        }
        if (input.isEmpty()) {
            input = Optional.of(new SequenceInputStream(consumed.get(), socket.getInputStream()));
        }
        return input.get();
    }

    @Override
    public void close() throws IOException {
        if (autoClose) {
            socket.close();
        }
    }
}
