package io.omnitls.integration.spring;

import io.omnitls.TlsContext;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/** A context as Spring Boot's bundle: it has no stores, and its {@code SSLContext} is the context's. */
record ContextBundle(TlsContext context) implements SslBundle {
    @Override
    public SSLContext createSslContext() {
        return context.sslContext();
    }

    @Override
    public SslManagerBundle getManagers() {
        return SslManagerBundle.from(context.trustManager());
    }

    @Override
    public SslStoreBundle getStores() {
        return SslStoreBundle.NONE;
    }

    @Override
    public SslBundleKey getKey() {
        return SslBundleKey.NONE;
    }

    @Override
    public SslOptions getOptions() {
        return SslOptions.NONE;
    }

    @Override
    public String getProtocol() {
        return DEFAULT_PROTOCOL;
    }
}
