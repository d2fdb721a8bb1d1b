package io.omnitls.benchmarks.peers;

import io.omnitls.benchmarks.measure.Contender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A selector with both ends of so many connections; once is one message there and back on each of them. */
public final class SelectorLoop implements Contender {
    private static final int MESSAGE = 1024;

    private final String name;
    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final List<EndPair> pairs = new ArrayList<>();
    private final ByteBuffer source;
    private final ByteBuffer target;
    private int answered;

    public SelectorLoop(EndFactory factory, int connections, boolean direct) throws IOException {
        name = factory.name();
        source = Scratch.buffer(MESSAGE, direct);
        target = Scratch.buffer(1 << 15, direct);
        for (int i = 0; i < connections; i++) {
            SocketChannel[] channels = Loopback.channels(false);
            EndPair pair = EndPair.over(factory, channels[0], channels[1]);
            Client client = new Client(pair.client());
            channels[0].register(selector, SelectionKey.OP_READ, client);
            channels[1].register(selector, SelectionKey.OP_READ, new Server(pair.server()));
            clients.add(client);
            pairs.add(pair);
        }
    }

    /** What is done when bytes have come. */
    private interface Ready {
        void ready() throws IOException;
    }

    private final class Client implements Ready {
        private final End end;
        private int missing;

        Client(End end) {
            this.end = end;
        }

        void send() throws IOException {
            missing = MESSAGE;
            end.writeAndFlush(source.clear());
        }

        @Override
        public void ready() throws IOException {
            int count = 0;
            do {
                count += received(end);
            } while (end.hasPending());
            missing -= count;
            if (count > 0 && missing == 0) {
                answered++;
            }
        }
    }

    private final class Server implements Ready {
        private final End end;

        Server(End end) {
            this.end = end;
        }

        @Override
        public void ready() throws IOException {
            do {
                if (received(end) > 0) {
                    end.writeAndFlush(target.flip());
                }
            } while (end.hasPending());
        }
    }

    private int received(End end) throws IOException {
        int count = end.read(target.clear());
        if (count < 0) {
            throw new IOException(name + ": a peer is gone");
        }
        return count;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            answered = 0;
            for (Client client : clients) {
                client.send();
            }
            while (answered < clients.size()) {
                if (selector.select(SelectorLoop::ready, Loopback.TIMEOUT_MILLIS) == 0) {
                    throw new IOException(name + ": an answer did not come");
                }
            }
        }
    }

    private static void ready(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (EndPair pair : pairs) {
            pair.close();
        }
        selector.close();
    }
}
