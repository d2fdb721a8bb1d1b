package io.omnitls.integration.databases;

import io.omnitls.ClientContext;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;

/** Where MariaDB's driver gets its sockets from. It finds this by {@code ServiceLoader}, so contexts have names here. */
public final class MariaDbSockets implements TlsSocketPlugin {
    private static final Map<String, ClientContext> CONTEXTS = new ConcurrentHashMap<>();

    private String host;
    private ClientContext context;

    /** For {@link java.util.ServiceLoader}. */
    public MariaDbSockets() {}

    /** Gives {@code context} its name, which the driver is told as its {@code serverSslCert}. */
    static void register(String name, ClientContext context) {
        CONTEXTS.put(name, context);
    }

    @Override
    public String type() {
        return "omnitls";
    }

    /** The first that the driver asks for: it makes a factory with it, which {@link #createSocket} does not want. */
    @Override
    public TrustManager[] getTrustManager(Configuration settings, ExceptionFactory exceptions, HostAddress address) {
        host = address.host;
        context = CONTEXTS.get(settings.serverSslCert());
        return new TrustManager[] {context.trustManager()};
    }

    @Override
    public KeyManager[] getKeyManager(Configuration settings, ExceptionFactory exceptions) {
        return new KeyManager[0];
    }

    @Override
    public SSLSocket createSocket(Socket plain, SSLSocketFactory unwanted) throws IOException {
        return (SSLSocket) context.sslSocketFactory().createSocket(plain, host, plain.getPort(), true);
    }

    /** The context has done it. */
    @Override
    public void verify(String name, SSLSession session, long thread) {}
}
