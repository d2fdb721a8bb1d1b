package io.omnitls.android;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionInfo;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback.Decision.Proceed;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSession;
import io.omnitls.TlsSocket;
import io.omnitls.cert.Credentials;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Talks with itself over TLS and prints what was agreed. */
public final class Application {
    private static final int TIMEOUT_MILLIS = 20_000;

    private Application() {}

    /** Takes a PKCS#12 file with a certificate for localhost, its password, and the certificate in a PEM file. */
    public static void main(String[] arguments) throws IOException {
        for (TlsVersion version : new TlsVersion[] {TlsVersion.TLS_1_2, TlsVersion.TLS_1_3}) {
            ServerContext server = ServerContext.builder()
                    .certificateChain(Credentials.pkcs12(Paths.get(arguments[0]), arguments[1]::toCharArray))
                    .alpnProtocols("h3", "h2")
                    .serverNameCallback(hello -> {
                        System.out.println("asked for " + hello.serverName().orElse("nobody"));
                        return new Proceed();
                    })
                    .build();
            ClientContext client = ClientContext.builder()
                    .verifyLocations(Paths.get(arguments[2]))
                    .alpnProtocols("h2", "http/1.1")
                    .groups(NamedGroup.SECP384R1)
                    .maximumVersion(version)
                    .build();
            try (TlsServerSocket listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                Optional<TlsSession> session = talk(listener, client, ConnectionOptions.serverName("localhost"));
                talk(listener, client, ConnectionOptions.serverName("localhost").resuming(session.get()));
            }
        }
    }

    private static Optional<TlsSession> talk(TlsServerSocket listener, ClientContext client, ConnectionOptions options)
            throws IOException {
        CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listener));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        try (TlsSocket socket = client.connect(address, options, Duration.ofMillis(TIMEOUT_MILLIS))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            int said = socket.getInputStream().read();
            ConnectionInfo info = socket.info();
            System.out.println(info.provider() + ", " + info.version()
                    + info.namedGroup().map(group -> ", " + group.name()).orElse("") + ", "
                    + info.applicationProtocol().orElse("no protocol")
                    + (info.sessionReused() ? ", resumed, " : ", ") + said);
            served.join();
            return socket.session();
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
