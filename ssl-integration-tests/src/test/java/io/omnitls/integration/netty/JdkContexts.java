package io.omnitls.integration.netty;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.omnitls.ClientContext;
import io.omnitls.TlsContext;

/** What Netty, and whatever stands upon it, takes for a context. */
public final class JdkContexts {
    private JdkContexts() {}

    /** @param protocols what may be agreed on by ALPN */
    public static SslContext of(TlsContext context, String... protocols) {
        return new JdkSslContext(
                context.sslContext(),
                context instanceof ClientContext,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                Alpn.of(protocols),
                ClientAuth.NONE, // leaves it to the engine, which asks for what the context asks for
                null,
                false);
    }
}
