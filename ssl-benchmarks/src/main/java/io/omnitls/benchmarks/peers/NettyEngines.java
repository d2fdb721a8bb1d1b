package io.omnitls.benchmarks.peers;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** The engines under Netty's handler. */
public interface NettyEngines {
    SslHandler client(ByteBufAllocator allocator);

    SslHandler server(ByteBufAllocator allocator);

    /** The backend's bare ones. */
    static NettyEngines of(BareContexts contexts) {
        return new NettyEngines() {
            @Override
            public SslHandler client(ByteBufAllocator allocator) {
                return new SslHandler(contexts.clientEngine());
            }

            @Override
            public SslHandler server(ByteBufAllocator allocator) {
                return new SslHandler(contexts.serverEngine());
            }
        };
    }

    /** Whether Netty's OpenSSL engine can be had on this machine. */
    static boolean hasOpenSsl() {
        return OpenSsl.isAvailable();
    }

    /** Netty's own, over BoringSSL, in TLS 1.3 with the suite that this prefers. */
    static NettyEngines openSsl(Identity identity) throws SSLException {
        SslContext client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(identity.root())
                .protocols(Suite.TLS13_AES128.protocol())
                .build();
        SslContext server = SslContextBuilder.forServer(
                        identity.key(), identity.chain().toArray(new X509Certificate[0]))
                .sslProvider(SslProvider.OPENSSL)
                .protocols(Suite.TLS13_AES128.protocol())
                .build();
        return new NettyEngines() {
            @Override
            public SslHandler client(ByteBufAllocator allocator) {
                return client.newHandler(allocator, Identity.HOST, 443);
            }

            @Override
            public SslHandler server(ByteBufAllocator allocator) {
                return server.newHandler(allocator);
            }
        };
    }
}
