package io.omnitls.internal.javax;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A context of ours as an {@link SSLContext}: ready when it is made. */
public final class ContextView extends SSLContext {

    /** What a context is asked for. */
    public interface Source {
        SSLEngine sslEngine();

        SSLEngine sslEngine(String host, int port);

        SSLSocketFactory socketFactory();

        /** Of a client too, which makes no sockets. */
        SSLServerSocketFactory serverSocketFactory();

        /** What a connection begins with, which is all that it can have. */
        SSLParameters parameters();

        SSLSessionContext sessions();
    }

    /** @param backend for messages */
    public ContextView(Source source, String backend) {
        super(new Spi(source), new NeverRegistered(backend), "TLS");
    }

    /** An {@code SSLContext} has a provider; this one is found by nobody who looks for one. */
    private static final class NeverRegistered extends Provider {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("deprecation") // the other constructor came after Android's API level 26
        NeverRegistered(String backend) {
            super("OmniTLS", 1.0, "a view of a context of OmniTLS over " + backend);
        }
    }

    private static final class Spi extends SSLContextSpi {
        private final Source source;

        Spi(Source source) {
            this.source = source;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException(
                    "this is a view of a context that is built: its keys and whom it trusts are"
                            + " settled; build another one with toBuilder()");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return source.socketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return source.serverSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return source.sslEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(@Nullable String host, int port) {
            return host == null ? source.sslEngine() : source.sslEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return source.sessions();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return source.sessions();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return source.parameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return source.parameters();
        }
    }
}
