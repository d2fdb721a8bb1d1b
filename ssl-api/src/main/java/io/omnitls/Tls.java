package io.omnitls;

import io.omnitls.cert.Pem;
import io.omnitls.cert.TrustStore;
import io.omnitls.protocol.VerifyMode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** What needs no context: the functions of Python's {@code ssl} module. Thread-safe. */
public final class Tls {
    private Tls() {}

    /**
     * Random bytes from the preferred provider's generator, fit for keys: {@code RAND_bytes}. There is no place for
     * {@code RAND_pseudo_bytes}, which Python has removed, nor for {@code RAND_add}: the generators seed themselves, and
     * none of them takes its state from its caller.
     *
     * @throws IllegalArgumentException when {@code count} is negative
     * @throws IllegalStateException when no provider works in this process
     */
    public static byte[] randomBytes(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("there are no " + count + " bytes");
        }
        byte[] bytes = new byte[count];
        TlsProviders.preferred().crypto().random().nextBytes(bytes);
        return bytes;
    }

    /**
     * The certificate of the server at {@code host}, as PEM, without asking who it is: {@code get_server_certificate}.
     * Whoever answers there can show any certificate, so trust nothing for it.
     *
     * @param timeoutMillis the limit for connecting and for the handshake, each; 0 for none
     * @throws IOException when the host is not found or not reached, or the handshake fails
     */
    public static String serverCertificate(String host, int port, int timeoutMillis) throws IOException {
        return serverCertificate(
                ClientContext.builder()
                        .checkHostname(false)
                        .verifyMode(VerifyMode.NONE)
                        .build(),
                host,
                port,
                timeoutMillis);
    }

    /**
     * The same from a server that one of these authorities vouches for; its name is not checked.
     *
     * @throws io.omnitls.error.TlsCertificateVerificationException when none does
     */
    public static String serverCertificate(String host, int port, int timeoutMillis, TrustStore authorities)
            throws IOException {
        return serverCertificate(
                ClientContext.builder()
                        .checkHostname(false)
                        .verifyLocations(authorities)
                        .build(),
                host,
                port,
                timeoutMillis);
    }

    private static String serverCertificate(ClientContext context, String host, int port, int timeoutMillis)
            throws IOException {
        try (TlsSocket socket =
                context.connect(new InetSocketAddress(host, port), ConnectionOptions.serverName(host), timeoutMillis)) {
            List<X509Certificate> chain = socket.unverifiedChain();
            if (chain.isEmpty()) {
                throw new IOException(host + " showed no certificate");
            }
            return Pem.encodeCertificate(chain.get(0));
        }
    }
}
