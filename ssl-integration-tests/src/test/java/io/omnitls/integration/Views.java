package io.omnitls.integration;

import io.omnitls.ClientContext;
import io.omnitls.TlsContext;
import io.omnitls.testkit.pki.TestIdentity;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.*;

/** Stand-in until contexts have views. */
public final class Views {
    private static final Map<TlsContext, KeyManager[]> KEYS = Collections.synchronizedMap(new WeakHashMap<>());

    static <C extends TlsContext> C with(C context, TestIdentity identity) {
        KEYS.put(context, identity.keyManagers());
        return context;
    }

    public static SSLContext sslContext(TlsContext context) {
        try {
            SSLContext jdk = SSLContext.getInstance("TLS", "SunJSSE");
            jdk.init(KEYS.get(context), new TrustManager[] {context.trustManager()}, null);
            return wrap(jdk, context);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static SSLSocketFactory sslSocketFactory(TlsContext context) {
        return sslContext(context).getSocketFactory();
    }

    public static SSLServerSocketFactory sslServerSocketFactory(TlsContext context) {
        return sslContext(context).getServerSocketFactory();
    }

    public static SSLEngine sslEngine(TlsContext context) {
        SSLEngine e = sslContext(context).createSSLEngine();
        e.setUseClientMode(context instanceof ClientContext);
        if (context.verifyMode() == io.omnitls.protocol.VerifyMode.REQUIRED) e.setNeedClientAuth(true);
        return e;
    }

    public static SSLEngine sslEngine(TlsContext context, String host, int port) {
        SSLEngine e = sslContext(context).createSSLEngine(host, port);
        e.setUseClientMode(context instanceof ClientContext);
        return e;
    }

    private static SSLContext wrap(SSLContext jdk, TlsContext context) {
        boolean need =
                context.verifyMode() == io.omnitls.protocol.VerifyMode.REQUIRED && !(context instanceof ClientContext);
        SSLContextSpi spi = new SSLContextSpi() {
            private SSLEngine asked(SSLEngine e) {
                if (need) {
                    e.setUseClientMode(false);
                    e.setNeedClientAuth(true);
                }
                return e;
            }

            @Override
            protected void engineInit(KeyManager[] k, TrustManager[] t, java.security.SecureRandom r) {}

            @Override
            protected SSLSocketFactory engineGetSocketFactory() {
                return jdk.getSocketFactory();
            }

            @Override
            protected SSLServerSocketFactory engineGetServerSocketFactory() {
                return jdk.getServerSocketFactory();
            }

            @Override
            protected SSLEngine engineCreateSSLEngine() {
                return asked(jdk.createSSLEngine());
            }

            @Override
            protected SSLEngine engineCreateSSLEngine(String h, int p) {
                return asked(jdk.createSSLEngine(h, p));
            }

            @Override
            protected SSLSessionContext engineGetServerSessionContext() {
                return jdk.getServerSessionContext();
            }

            @Override
            protected SSLSessionContext engineGetClientSessionContext() {
                return jdk.getClientSessionContext();
            }

            @Override
            protected SSLParameters engineGetDefaultSSLParameters() {
                SSLParameters p = jdk.getDefaultSSLParameters();
                if (need) p.setNeedClientAuth(true);
                return p;
            }

            @Override
            protected SSLParameters engineGetSupportedSSLParameters() {
                return jdk.getSupportedSSLParameters();
            }
        };
        return new SSLContext(spi, jdk.getProvider(), "TLS") {};
    }
}
