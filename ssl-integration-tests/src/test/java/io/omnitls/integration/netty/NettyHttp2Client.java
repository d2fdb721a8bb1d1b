package io.omnitls.integration.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslHandler;
import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/2 by Netty.
 *
 * @param tls what makes the TLS handler of a context
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits in a pipeline
record NettyHttp2Client(ClientTls tls) implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<SslHandler> made = new CompletableFuture<>();
        Channel channel = new Bootstrap()
                .group(Loops.SHARED)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = tls.handler(context, channel, port);
                        made.complete(handler);
                        channel.pipeline()
                                .addLast(
                                        handler,
                                        Http2FrameCodecBuilder.forClient().build(),
                                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                                        new Failing(answer));
                    }
                })
                .connect("localhost", port)
                .sync()
                .channel();
        try {
            SslHandler handler = made.get(Deadline.SECONDS, TimeUnit.SECONDS); // a failure takes it out of the pipeline
            handler.handshakeFuture().get(Deadline.SECONDS, TimeUnit.SECONDS);
            ask(channel, answer);
            String body = answer.get(Deadline.SECONDS, TimeUnit.SECONDS);
            return handler.engine().getApplicationProtocol() + " " + Cargo.peer(body);
        } finally {
            channel.close();
        }
    }

    private static void ask(Channel channel, CompletableFuture<String> answer) throws Exception {
        Http2StreamChannel stream = new Http2StreamChannelBootstrap(channel)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline()
                                .addLast(
                                        new Http2StreamFrameToHttpObjectCodec(false),
                                        new HttpObjectAggregator(1 << 20),
                                        new Body(answer));
                    }
                })
                .open()
                .get(Deadline.SECONDS, TimeUnit.SECONDS);
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                "/",
                Unpooled.copiedBuffer(Cargo.TEXT, StandardCharsets.US_ASCII));
        request.headers().set(HttpHeaderNames.HOST, "localhost");
        stream.writeAndFlush(request);
    }

    private static final class Body extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<String> answer;

        Body(CompletableFuture<String> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            answer.complete(response.content().toString(StandardCharsets.UTF_8));
        }
    }

    /** Whatever ends the connection ends the wait. */
    private static final class Failing extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<String> answer;

        Failing(CompletableFuture<String> answer) {
            this.answer = answer;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new java.io.IOException("the connection has ended"));
        }
    }
}
