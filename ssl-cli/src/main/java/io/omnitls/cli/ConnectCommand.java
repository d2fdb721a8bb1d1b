package io.omnitls.cli;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.Tls;
import io.omnitls.TlsSocket;
import io.omnitls.cli.starttls.Starttls;
import io.omnitls.protocol.VerifyMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tls connect}: what {@code openssl s_client} is for. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = {
            "Open a TLS connection, show what was agreed on, then connect it to standard input and output.",
            "What is shown goes to standard error, the peer's data to standard output."
        })
final class ConnectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HOST:PORT", description = "The server; an IPv6 address in brackets.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String address;

    @Mixin
    private final ContextOptions options = new ContextOptions();

    @Option(names = "--cafile", paramLabel = "F", description = "Trust the certificates in this file, and nobody else.")
    private @Nullable Path cafile;

    @Option(names = "--servername", paramLabel = "N", description = "The name to ask for and to verify, if not HOST.")
    private @Nullable String serverName;

    @Option(names = "--insecure", description = "Connect to anybody; the verdict is shown all the same.")
    private boolean insecure;

    @Option(
            names = "--msg",
            description = "Show the messages that cross in the clear, and the headers of other records.")
    private boolean messages;

    @Option(
            names = "--starttls",
            paramLabel = "PROTOCOL",
            description = "Ask for TLS in this protocol first: ${COMPLETION-CANDIDATES}.")
    private @Nullable Starttls starttls;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "The limit for connecting and for the handshake (default: ${DEFAULT-VALUE}; 0 for none).")
    private int timeout;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Target target = Target.of(address);
        ConnectionOptions connection = ConnectionOptions.serverName(serverName == null ? target.host() : serverName);
        ClientContext context = context();
        PrintWriter err = spec.commandLine().getErr();
        ConnectionReport report = new ConnectionReport(err);
        Socket plain = open(target);
        try (TlsSocket socket = context.wrap(plain, connection)) {
            socket.setSoTimeout(timeout * 1000);
            try {
                socket.handshake();
            } catch (IOException e) {
                report.failure(socket);
                throw e;
            }
            report.success(target, socket);
            socket.setSoTimeout(0);
            Pipe.join(socket, System.in, System.out);
            return 0;
        }
    }

    private ClientContext context() throws IOException {
        ClientContext.Builder builder = ClientContext.builder();
        options.apply(builder);
        if (cafile != null) {
            builder.verifyLocations(cafile);
        }
        if (insecure) {
            builder.checkHostname(false).verifyMode(VerifyMode.NONE);
        }
        if (messages) {
            builder.handshakeObserver(new MessagePrinter(spec.commandLine().getErr())::print);
        }
        return builder.build();
    }

    /** A connected socket on which the peer expects a ClientHello. */
    private Socket open(Target target) throws IOException {
        Socket socket = Tls.createConnection(target.host(), target.port(), Duration.ofSeconds(timeout));
        try {
            if (starttls != null) {
                socket.setSoTimeout(timeout * 1000);
                starttls.begin(socket, target.host());
                socket.setSoTimeout(0);
            }
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
