package io.omnitls.testkit.net;

import io.omnitls.TlsChannel;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsWantWriteException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Drives non-blocking connections on one thread, from a selector, until each has sent and received all of its data. */
public final class SelectorExchange implements Closeable {
    private final Selector selector = Selector.open();
    private final List<End> ends = new ArrayList<>();

    /** An exchange without ends. */
    public SelectorExchange() throws IOException {}

    /**
     * Adds an end, which sends {@code source} and receives until {@code target} is full.
     *
     * @param socket what carries {@code tls}; in non-blocking mode
     */
    public void add(SocketChannel socket, TlsChannel tls, ByteBuffer source, ByteBuffer target) throws IOException {
        // Whoever has to speak first finds the socket writable; whoever does not, says so when asked.
        SelectionKey key = socket.register(selector, SelectionKey.OP_WRITE);
        End end = new End(key, tls, source, target);
        key.attach(end);
        ends.add(end);
    }

    /** Runs until all ends are done. */
    public void run() throws IOException {
        while (!ends.stream().allMatch(End::done)) {
            if (selector.select(Loopback.TIMEOUT_MILLIS) == 0) {
                throw new AssertionError("nothing has happened for " + Loopback.TIMEOUT_MILLIS + " ms");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                ((End) key.attachment()).ready();
            }
            selector.selectedKeys().clear();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }

    private static final class End {
        private final SelectionKey key;
        private final TlsChannel tls;
        private final ByteBuffer source;
        private final ByteBuffer target;
        private int interest;

        End(SelectionKey key, TlsChannel tls, ByteBuffer source, ByteBuffer target) {
            this.key = key;
            this.tls = tls;
            this.source = source;
            this.target = target;
        }

        boolean done() {
            return !source.hasRemaining() && !target.hasRemaining() && interest == 0;
        }

        void ready() throws IOException {
            interest = 0;
            untilItWaits(source, () -> tls.write(source));
            untilItWaits(target, () -> tls.read(target));
            if (!tls.flush()) {
                interest |= SelectionKey.OP_WRITE;
            }
            key.interestOps(interest);
        }

        private void untilItWaits(ByteBuffer buffer, Step step) throws IOException {
            try {
                while (buffer.hasRemaining()) {
                    if (step.run() < 0) {
                        throw new AssertionError("the data ended " + buffer.remaining() + " bytes early");
                    }
                }
            } catch (TlsWantReadException wait) {
                interest |= SelectionKey.OP_READ;
            } catch (TlsWantWriteException wait) {
                interest |= SelectionKey.OP_WRITE;
            }
        }
    }

    private interface Step {
        int run() throws IOException;
    }
}
