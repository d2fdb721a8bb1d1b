package io.omnitls.testkit.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The JDK's own TLS as the other end, for what nobody else does on demand: {@code startHandshake()} on a connection of TLS 1.3
 * sends a KeyUpdate that wants an answer, and reads nothing.
 */
public final class KeyUpdatingPeer {
    private KeyUpdatingPeer() {}

    /** A client of TLS 1.3 that trusts everybody and has completed its handshake. */
    public static SSLSocket client(Socket transport) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new TrustsEverybody()}, null);
            SSLSocket socket = (SSLSocket)
                    context.getSocketFactory().createSocket(transport, "127.0.0.1", transport.getPort(), true);
            socket.setEnabledProtocols(new String[] {"TLSv1.3"});
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException("the JDK has no TLS", e);
        }
    }

    private static final class TrustsEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
