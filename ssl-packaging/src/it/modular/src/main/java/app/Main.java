package app;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.cert.Credentials;
import io.omnitls.error.TlsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Talks with itself over TLS, by the provider named first, and prints by which and whom it met. */
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
        try (TlsServerSocket listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listener));
            try (TlsSocket socket = client.connect("localhost", listener.getLocalPort())) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                int said = socket.getInputStream().read();
                System.out.println(client.provider().name() + " met "
                        + socket.getSession().getPeerPrincipal() + ", who says " + said);
            }
            served.join();
        } catch (TlsException e) {
            throw new IllegalStateException(e.reason().toString(), e);
        }
    }

    private static void serve(TlsServerSocket listener) {
        try (TlsSocket socket = listener.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(42);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
