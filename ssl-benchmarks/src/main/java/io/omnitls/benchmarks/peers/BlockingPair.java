package io.omnitls.benchmarks.peers;

import io.omnitls.ConnectionOptions;
import io.omnitls.benchmarks.measure.Contender;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;

/**
 * Two ends on loopback: the client's thread is that of the measurement, the server has one of its own. In bulk the client
 * writes and the server counts; in round trips the server sends back.
 */
public final class BlockingPair implements Contender {
    private final String name;
    private final BlockingEnd client;
    private final BlockingEnd server;
    private final int message;
    private final boolean bulk;
    private final AtomicLong wanted = new AtomicLong(Long.MAX_VALUE);
    private final Semaphore arrived = new Semaphore(0);
    private final Thread thread;
    private long sent;
    private volatile IOException failure;

    private BlockingPair(String name, BlockingEnd client, BlockingEnd server, Traffic traffic) throws IOException {
        this.name = name;
        this.client = client;
        this.server = server;
        this.message = traffic.message();
        this.bulk = traffic.bulk();
        this.thread = new Thread(this::serve, name);
        thread.setDaemon(true);
        thread.start();
        client.handshake();
    }

    /** The backend's own SSLSocket. */
    public static Contender bare(String name, BareContexts contexts, Traffic traffic) throws IOException {
        Socket[] sockets = Loopback.sockets();
        SSLSocket client =
                (SSLSocket) contexts.client().getSocketFactory().createSocket(sockets[0], Identity.HOST, 443, true);
        client.setSSLParameters(contexts.clientParameters());
        SSLSocket server =
                (SSLSocket) contexts.server().getSocketFactory().createSocket(sockets[1], Identity.HOST, 0, true);
        server.setUseClientMode(false);
        server.setSSLParameters(contexts.serverParameters());
        return new BlockingPair(
                name, BlockingEnd.of(client, traffic.message()), BlockingEnd.of(server, traffic.message()), traffic);
    }

    /** OmniTLS's sockets. */
    public static Contender ours(String name, OurContexts contexts, Traffic traffic) throws IOException {
        Socket[] sockets = Loopback.sockets();
        return new BlockingPair(
                name,
                BlockingEnd.of(contexts.client().wrap(sockets[0], Identity.HOST), traffic.message()),
                BlockingEnd.of(contexts.server().wrap(sockets[1]), traffic.message()),
                traffic);
    }

    /** OmniTLS's channels. */
    public static Contender ourChannels(String name, OurContexts contexts, Traffic traffic, boolean direct)
            throws IOException {
        SocketChannel[] channels = Loopback.channels(true);
        return new BlockingPair(
                name,
                BlockingEnd.of(
                        contexts.client().wrap(channels[0], ConnectionOptions.serverName(Identity.HOST)),
                        traffic.message(),
                        direct),
                BlockingEnd.of(contexts.server().wrap(channels[1]), traffic.message(), direct),
                traffic);
    }

    private void serve() {
        try {
            server.handshake();
            long received = 0;
            for (int count = server.read(); count >= 0; count = server.read()) {
                received += count;
                if (!bulk) {
                    server.write(count);
                } else if (received >= wanted.get()) {
                    wanted.set(Long.MAX_VALUE);
                    arrived.release();
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(int times) throws IOException, InterruptedException {
        try {
            if (bulk) {
                bulk(times);
            } else {
                roundTrips(times);
            }
        } catch (IOException e) {
            if (failure != null) {
                e.addSuppressed(failure);
            }
            throw e;
        }
    }

    private void bulk(int times) throws IOException, InterruptedException {
        sent += (long) times * message;
        wanted.set(sent);
        for (int i = 0; i < times; i++) {
            client.write(message);
        }
        if (!arrived.tryAcquire(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IOException(name + ": what was sent did not arrive");
        }
    }

    private void roundTrips(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            client.write(message);
            for (int count = 0; count < message; ) {
                int read = client.read();
                if (read < 0) {
                    throw new IOException(name + ": the server is gone");
                }
                count += read;
            }
        }
    }

    /** The client's close ends the server's reading, and with it the thread. */
    @Override
    public void close() throws IOException, InterruptedException {
        client.close();
        thread.join(Loopback.TIMEOUT_MILLIS);
        server.close();
    }
}
