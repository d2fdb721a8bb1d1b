package io.omnitls.integration.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.omnitls.integration.Cargo;

/** Answers each text with the client's name, and that text. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits in a pipeline
final class WebSocketAnswer extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private final String peer;

    WebSocketAnswer(String peer) {
        this.peer = peer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        context.writeAndFlush(new TextWebSocketFrame(Cargo.answer(peer, frame.text())));
    }
}
