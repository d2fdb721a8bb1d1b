package app;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.cert.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Talks with itself as code does that was written for {@code javax.net.ssl}, and prints by which provider and whom it met. */
public final class Main {
    private static final int TIMEOUT_MILLIS = 20_000;

    private Main() {}

    /** Takes a provider, a PKCS#12 file with a certificate for localhost, its password, and the PEM file to trust. */
    public static void main(String[] arguments) throws IOException {
        ServerContext server = ServerContext.builder()
                .provider(arguments[0])
                .certificateChain(Credentials.pkcs12(Path.of(arguments[1]), arguments[2]::toCharArray))
                .build();
        ClientContext client = ClientContext.builder()
                .provider(arguments[0])
                .verifyLocations(Path.of(arguments[3]))
                .build();
        try (SSLServerSocket listener = (SSLServerSocket)
                server.sslServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listener));
            try (SSLSocket socket =
                    (SSLSocket) client.sslSocketFactory().createSocket("localhost", listener.getLocalPort())) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                int said = socket.getInputStream().read();
                System.out.println(client.provider().name() + " met "
                        + socket.getSession().getPeerPrincipal() + ", who says " + said);
            }
            served.join();
        }
    }

    private static void serve(SSLServerSocket listener) {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(42);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
