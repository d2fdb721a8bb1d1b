package io.omnitls.integration.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.omnitls.ServerContext;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The ways to give a context to a server of Netty. */
public enum ServerTls {
    /** Netty makes engines of an {@code SSLContext}, and chooses the protocol. */
    JDK_SSL_CONTEXT {
        @Override
        Handlers handlers(ServerContext context) {
            SslContext netty = JdkContexts.of(context, "h2", "http/1.1");
            return channel -> netty.newHandler(channel.alloc());
        }
    },

    /** An engine for each channel, whose tasks run on other threads than the channel's. */
    SSL_HANDLER {
        @Override
        Handlers handlers(ServerContext context) {
            Executor tasks = ForkJoinPool.commonPool();
            return channel -> {
                SSLEngine engine = context.sslEngine();
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
                engine.setSSLParameters(parameters);
                return new SslHandler(engine, tasks);
            };
        }
    };

    abstract Handlers handlers(ServerContext context);

    /** Makes the handler of each new channel. */
    interface Handlers {
        ChannelHandler next(Channel channel);
    }
}
