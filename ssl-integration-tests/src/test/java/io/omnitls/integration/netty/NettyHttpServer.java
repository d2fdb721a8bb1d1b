package io.omnitls.integration.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.omnitls.ServerContext;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;

/**
 * HTTP/2, HTTP/1.1 and WebSocket by Netty: whatever the client asks for, the answer is who the client is.
 *
 * @param tls what makes the TLS handlers of a context
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits in a pipeline
public record NettyHttpServer(ServerTls tls) implements ServerUse {
    @Override
    public Running start(ServerContext context) throws Exception {
        ServerTls.Handlers handlers = tls.handlers(context);
        Channel server = new ServerBootstrap()
                .group(Loops.SHARED)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers.next(channel), new ByProtocol());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        return new Running(
                ((InetSocketAddress) server.localAddress()).getPort(),
                () -> server.close().await(1, TimeUnit.SECONDS));
    }

    /**
     * Goes by the engine's word, since {@code SslHandler.applicationProtocol()} knows nothing of an engine that Netty did
     * not make.
     */
    private static final class ByProtocol extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
                SSLEngine engine = context.pipeline().get(SslHandler.class).engine();
                context.pipeline().remove(this);
                speak(engine.getApplicationProtocol(), Peers.name(engine.getSession()), context.pipeline());
            }
        }

        private static void speak(String protocol, String peer, ChannelPipeline pipeline) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                pipeline.addLast(
                        Http2FrameCodecBuilder.forServer().build(),
                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel stream) {
                                stream.pipeline()
                                        .addLast(
                                                new Http2StreamFrameToHttpObjectCodec(true),
                                                new HttpObjectAggregator(LIMIT),
                                                new HttpAnswer(peer));
                            }
                        }));
            } else {
                pipeline.addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(LIMIT),
                        new WebSocketServerProtocolHandler("/socket", null, false, LIMIT),
                        new WebSocketFrameAggregator(LIMIT),
                        new WebSocketAnswer(peer),
                        new HttpAnswer(peer));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        private static final int LIMIT = 1 << 20;
    }
}
