package io.omnitls.cli;

import io.omnitls.ReloadOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.cert.Credentials;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.forge.issue.IssuedCertificate;
import io.omnitls.protocol.VerifyMode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tls serve}: what {@code openssl s_server} is for. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serve TLS connections until interrupted: send back what comes in, or serve files over HTTP/1.1.")
final class ServeCommand implements Callable<Integer> {
    /** No connection may keep a thread longer than this without a byte. */
    private static final int IDLE_MILLIS = 60_000;

    @Parameters(paramLabel = "PORT", description = "The port to listen on; 0 for any free one.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String port;

    @Mixin
    private final ContextOptions options = new ContextOptions();

    @Option(
            names = "--client-ca",
            paramLabel = "F",
            description = "Ask clients for a certificate, and accept those that these authorities issued.")
    private @Nullable Path clientAuthorities;

    @Option(names = "--dhparam", paramLabel = "F", description = "Diffie-Hellman parameters for TLS 1.2 (PEM).")
    private @Nullable Path dhParameters;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many clients are served at a time (default: ${DEFAULT-VALUE}).")
    private int maxConnections;

    @Mixin
    private final SelfSigned selfSigned = new SelfSigned();

    @Mixin
    private final ServedContexts contexts = new ServedContexts();

    @Option(names = "--json", description = "Print what happens as JSON, a line for each event.")
    private boolean json;

    @ArgGroup // one of them
    private final Content content = new Content();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** What is served. */
    private static final class Content {
        @Option(names = "--echo", description = "Send back what comes in; this is the default.")
        @SuppressWarnings("UnusedVariable") // to be said aloud, and to exclude --www
        private boolean echo;

        @Option(names = "--www", paramLabel = "DIR", description = "Serve the files of this directory.")
        private @Nullable Path www;
    }

    /** Talks with one client until it has had enough. */
    interface Handler {
        void serve(Guest guest) throws IOException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (maxConnections < 1) {
            throw new IllegalArgumentException("--max-connections: at least one client has to be served");
        }
        int wantedPort = Target.portToListenOn(port);
        Optional<IssuedCertificate> ownCertificate = ownCertificate();
        ServerContext.Builder builder = ServerContext.builder();
        options.apply(builder);
        ownCertificate.ifPresent(own -> builder.certificateChain(Credentials.pem(own.chainPem(), own.privateKeyPem())));
        if (clientAuthorities != null) {
            builder.verifyLocations(clientAuthorities).verifyMode(VerifyMode.REQUIRED);
        }
        if (dhParameters != null) {
            builder.dhParameters(dhParameters);
        }
        Handler handler = handler();
        ServerLog log = new ServerLog(spec.commandLine().getOut(), json);
        ReloadOptions reloading =
                ReloadOptions.defaults().withListener(log::reloaded).withAlsoWatching(options.otherFiles());
        try (contexts;
                TlsServerSocket server = contexts.listen(builder, reloading, wantedPort)) {
            if (ownCertificate.isPresent()) {
                selfSigned.write(ownCertificate.get()); // before anybody is told that there is a server
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            log.listening(server.getLocalPort(), server.context().provider().name());
            ownCertificate.ifPresent(own -> selfSigned.explain(own, server.getLocalPort(), log));
            new Reception(server, new Guests(places(log), IDLE_MILLIS), guest -> serve(guest, handler, log), log::note)
                    .run();
        }
        return 0;
    }

    private Optional<IssuedCertificate> ownCertificate() {
        Optional<IssuedCertificate> own = selfSigned.certificate();
        if (own.isPresent() && options.hasCertificate()) {
            throw new IllegalArgumentException("--self-signed and --cert: one certificate is served");
        }
        if (own.isEmpty() && !options.hasCertificate()) {
            throw new IllegalArgumentException("a server needs a certificate: --cert, or --self-signed");
        }
        if (own.isPresent() && contexts.reload()) {
            throw new IllegalArgumentException("--reload reads files again, and --self-signed has none: use --cert");
        }
        return own;
    }

    private int places(ServerLog log) {
        int places = Descriptors.connections(maxConnections);
        if (places < maxConnections) {
            log.note("serves " + places + " clients at a time and not " + maxConnections
                    + ": the process may not open more files (ulimit -n)");
        }
        return places;
    }

    private Handler handler() {
        if (content.www == null) {
            return guest -> guest.input().transferTo(guest.output());
        }
        if (!Files.isDirectory(content.www)) {
            throw new IllegalArgumentException("--www: " + content.www + " is not a directory");
        }
        return new FileServer(content.www)::serve;
    }

    private static void close(TlsServerSocket server) {
        try {
            server.close();
        } catch (IOException atTheEnd) {
            // The process goes away, and the socket with it.
        }
    }

    private static void serve(Guest guest, Handler handler, ServerLog log) {
        TlsSocket socket = guest.socket();
        String peer = socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
        try (socket) {
            socket.setSoTimeout(IDLE_MILLIS);
            socket.handshake();
            guest.progress();
            log.connected(peer, socket);
            handler.serve(guest);
            guest.sayGoodbye();
        } catch (TlsEofException e) {
            log.trouble(peer, "closed without close_notify");
        } catch (SocketTimeoutException e) {
            log.trouble(peer, "said nothing for " + IDLE_MILLIS / 1000 + " seconds");
        } catch (TlsException e) {
            log.trouble(peer, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            log.trouble(peer, Failures.describe(e));
        }
    }
}
