package io.omnitls.integration.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.omnitls.integration.Cargo;
import java.nio.charset.StandardCharsets;

/** Answers each request with the client's name, and what came with it. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits in a pipeline
final class HttpAnswer extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final String peer;

    HttpAnswer(String peer) {
        this.peer = peer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        byte[] body = Cargo.answer(peer, request.content().toString(StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        String stream = request.headers().get(ExtensionHeaderNames.STREAM_ID.text());
        if (stream != null) {
            response.headers().set(ExtensionHeaderNames.STREAM_ID.text(), stream);
        }
        context.writeAndFlush(response);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
