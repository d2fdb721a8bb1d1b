package io.omnitls.cli;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.protocol.VerifyMode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
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
            "What is shown goes to standard error, the peer's data to standard output. With --json, what is shown goes to",
            "standard output, and no data is exchanged."
        })
final class ConnectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HOST:PORT", description = "The server; an IPv6 address in brackets.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String address;

    @Mixin
    private final ContextOptions options = new ContextOptions();

    @Mixin
    private final Dialing dialing = new Dialing();

    @Option(names = "--cafile", paramLabel = "F", description = "Trust the certificates in this file, and nobody else.")
    private @Nullable Path cafile;

    @Option(names = "--insecure", description = "Connect to anybody; the verdict is shown all the same.")
    private boolean insecure;

    @Option(
            names = "--msg",
            description = "Show the messages that cross in the clear, and the headers of other records.")
    private boolean messages;

    @Option(names = "--showcerts", description = "Show the certificates that the server sends as PEM.")
    private boolean showCertificates;

    @Option(
            names = "--reconnect",
            description = "Connect twice, and resume the first session in the second connection.")
    private boolean reconnect;

    @Option(names = "--json", description = "Print what was agreed on as JSON, and exchange no data.")
    private boolean json;

    @Mixin
    private final SessionFiles sessionFiles = new SessionFiles();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        sessionFiles.refuse();
        Target target = Target.of(address);
        ClientContext context = context();
        ConnectionOptions connection = dialing.connectionTo(target);
        if (reconnect) {
            connection = connection.resuming(Resumption.sessionOf(context, target, dialing));
        }
        return Talk.with(target, dialing, context, connection, talk -> {
            if (json) {
                printJson(target, talk);
            } else {
                show(target, talk);
                // Not closed: it is the system's. And not System.out, which does not say when nobody reads any more.
                Pipe.join(talk.socket(), System.in, new FileOutputStream(FileDescriptor.out));
            }
            return 0;
        });
    }

    private void show(Target target, Talk talk) throws IOException {
        ConnectionReport report = new ConnectionReport(spec.commandLine().getErr());
        if (talk.failure().isEmpty()) {
            report.success(target, talk.socket());
        } else {
            report.failure(talk.socket());
        }
        if (showCertificates) {
            report.certificates(talk.socket());
        }
        talk.requireSuccess();
    }

    private void printJson(Target target, Talk talk) throws IOException {
        Map<String, Object> facts = ConnectionReport.json(target, talk.socket());
        if (talk.failure().isPresent()) {
            throw new HalfDone(facts, talk.failure().get());
        }
        facts.put("connection", ConnectionReport.json(talk.socket().info()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(Json.write(facts));
        out.flush();
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
}
