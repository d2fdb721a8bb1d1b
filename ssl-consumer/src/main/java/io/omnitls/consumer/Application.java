package io.omnitls.consumer;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.cert.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Talks with itself over TLS and prints whom it met: a client in the style of {@code javax.net.ssl}. */
public final class Application {
    private static final int TIMEOUT_MILLIS = 20_000;

    private Application() {}

    /** Takes a PKCS#12 file with a certificate for localhost, its password, and the certificate in a PEM file. */
    public static void main(String[] arguments) throws IOException {
        Path store = Path.of(arguments[0]);
        ServerContext server = ServerContext.builder()
                .certificateChain(Credentials.pkcs12(store, () -> arguments[1].toCharArray()))
                .build();
        ClientContext client =
                ClientContext.builder().verifyLocations(Path.of(arguments[2])).build();
        try (TlsServerSocket listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listener));
            try (TlsSocket socket = client.connect("localhost", listener.getLocalPort())) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                System.out.println("met " + peer(socket) + ", who says "
                        + socket.getInputStream().read());
            }
            served.join();
        }
    }

    private static void serve(TlsServerSocket listener) {
        try (TlsSocket socket = listener.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(42);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** As database drivers do it, who were written for SunJSSE's sessions. */
    private static String peer(TlsSocket socket) throws SSLPeerUnverifiedException {
        X509Certificate[] chain = (X509Certificate[]) socket.getSession().getPeerCertificates();
        return chain[0].getSubjectX500Principal().getName();
    }
}
