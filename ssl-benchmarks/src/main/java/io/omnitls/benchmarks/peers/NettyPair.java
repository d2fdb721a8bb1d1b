package io.omnitls.benchmarks.peers;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.omnitls.benchmarks.measure.Contender;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Two ends of Netty on loopback, an event loop for each, over NIO as OmniTLS's channels are. */
public final class NettyPair implements Contender {
    private final String name;
    private final Traffic traffic;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Semaphore finished = new Semaphore(0);
    private final AtomicLong wanted = new AtomicLong(Long.MAX_VALUE);
    private final ByteBuf message;
    private final Channel listening;
    private final Channel client;
    private final Sender sender = new Sender();
    private long sent;

    public NettyPair(String name, NettyEngines engines, Traffic traffic) throws Exception {
        this.name = name;
        this.traffic = traffic;
        this.message = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(traffic.message()).writeZero(traffic.message()));
        listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer(engines, true, traffic.bulk() ? new Counter() : new Echo()))
                .bind(Loopback.anyPort())
                .sync()
                .channel();
        client = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Loopback.TIMEOUT_MILLIS)
                .handler(initializer(engines, false, sender))
                .connect(listening.localAddress())
                .sync()
                .channel();
        if (!client.pipeline().get(SslHandler.class).handshakeFuture().await(Loopback.TIMEOUT_MILLIS)) {
            throw new IOException(name + ": the handshake does not end");
        }
        client.pipeline().get(SslHandler.class).handshakeFuture().sync();
    }

    private static ChannelInitializer<SocketChannel> initializer(
            NettyEngines engines, boolean server, ChannelHandler handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                SslHandler ssl = server ? engines.server(channel.alloc()) : engines.client(channel.alloc());
                channel.pipeline().addLast(ssl, handler);
            }
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(int times) throws IOException, InterruptedException {
        sent += (long) times * traffic.message();
        wanted.set(sent);
        client.eventLoop().execute(() -> sender.start(times));
        if (!finished.tryAcquire(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IOException(name + ": what was sent did not arrive");
        }
    }

    @Override
    public void close() throws InterruptedException {
        client.close().sync();
        listening.close().sync();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    /** The client: in bulk it writes as long as the channel takes it, else whenever an answer is there. */
    private final class Sender extends ChannelInboundHandlerAdapter {
        private ChannelHandlerContext context;
        private int left;
        private int missing;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            this.context = context;
        }

        void start(int times) {
            left = times;
            if (traffic.bulk()) {
                fill();
            } else {
                next();
            }
        }

        private void fill() {
            while (left > 0 && context.channel().isWritable()) {
                left--;
                context.write(message.duplicate());
                if (left == 0 || !context.channel().isWritable()) {
                    context.flush();
                }
            }
        }

        private void next() {
            if (left == 0) {
                finished.release();
                return;
            }
            left--;
            missing = traffic.message();
            context.writeAndFlush(message.duplicate());
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            fill();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            ByteBuf bytes = (ByteBuf) read;
            missing -= bytes.readableBytes();
            bytes.release();
            if (missing == 0 && !traffic.bulk()) {
                next();
            }
        }
    }

    /** The server in bulk. */
    private final class Counter extends ChannelInboundHandlerAdapter {
        private long received;

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            ByteBuf bytes = (ByteBuf) read;
            received += bytes.readableBytes();
            bytes.release();
            if (received >= wanted.get()) {
                wanted.set(Long.MAX_VALUE);
                finished.release();
            }
        }
    }

    /** The server of round trips. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            context.writeAndFlush(read);
        }
    }
}
