package io.omnitls.integration.vertx;

import io.netty.handler.ssl.SslContext;
import io.omnitls.TlsContext;
import io.omnitls.integration.netty.JdkContexts;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;

/** The engines of a context, in the place of those that Vert.x would make of keys and authorities. */
final class VertxTls extends JdkSSLEngineOptions {
    /** The threads of all clients and servers in this process. */
    static final Vertx VERTX = Vertx.vertx();

    private final TlsContext context;

    VertxTls(TlsContext context) {
        this.context = context;
    }

    /** Vert.x copies all options that it is given. */
    @Override
    public JdkSSLEngineOptions copy() {
        return this;
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new Contexts();
    }

    private final class Contexts implements SslContextFactory {
        private List<String> protocols = List.of();

        @Override
        public SslContextFactory applicationProtocols(List<String> names) {
            protocols = List.copyOf(names);
            return this;
        }

        @Override
        public SslContext create() {
            return JdkContexts.of(context, protocols.toArray(String[]::new));
        }
    }
}
