package io.omnitls.integration.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.omnitls.ClientContext;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The ways to give a context to a client of Netty. */
enum ClientTls {
    /** Netty makes engines of an {@code SSLContext}. */
    JDK_SSL_CONTEXT {
        @Override
        SslHandler handler(ClientContext context, Channel channel, int port) {
            return JdkContexts.of(context, "h2").newHandler(channel.alloc(), "localhost", port);
        }
    },

    /** An engine whose tasks run on other threads than the channel's. */
    SSL_HANDLER {
        @Override
        SslHandler handler(ClientContext context, Channel channel, int port) {
            SSLEngine engine = context.sslEngine("localhost", port);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            engine.setSSLParameters(parameters);
            return new SslHandler(engine, ForkJoinPool.commonPool());
        }
    };

    abstract SslHandler handler(ClientContext context, Channel channel, int port);
}
