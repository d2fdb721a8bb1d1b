package io.omnitls.cli;

import io.omnitls.ClientContext;
import io.omnitls.cert.Pem;
import io.omnitls.protocol.VerifyMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tls cert}: what {@code openssl x509 -text} is for, and of a server too. */
@Command(
        name = "cert",
        mixinStandardHelpOptions = true,
        description = {
            "Show certificates: all those of a file, PEM or DER, or those that a server sends. Judges nothing, see tls verify."
        })
final class CertCommand implements Callable<Integer> {
    private static final int LABEL = 11;

    @Parameters(
            paramLabel = "FILE|HOST:PORT",
            description = "A file, - for standard input, or a server where there is no such file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String source;

    @Mixin
    private final ProviderOption provider = new ProviderOption();

    @Mixin
    private final Dialing dialing = new Dialing();

    @Option(names = "--pem", description = "Print PEM.")
    private boolean pem;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (pem && json) {
            throw new IllegalArgumentException("--pem and --json: one of them is printed");
        }
        List<X509Certificate> certificates = certificates();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            List<Object> facts = new ArrayList<>();
            certificates.forEach(certificate -> facts.add(new CertificateFacts(certificate).json()));
            out.println(Json.write(Map.of("certificates", facts)));
        } else if (pem) {
            certificates.forEach(certificate -> out.print(Pem.encodeCertificate(certificate)));
        } else {
            for (int i = 0; i < certificates.size(); i++) {
                if (i > 0) {
                    out.println();
                }
                print(new CertificateFacts(certificates.get(i)), out);
            }
        }
        out.flush();
        return 0;
    }

    private List<X509Certificate> certificates() throws IOException {
        InputFile file = InputFile.of(source);
        if (source.equals("-") || Files.exists(file.path()) || !Target.looksLikeOne(source)) {
            return Pem.certificates(file.path(), provider.crypto());
        }
        return sentBy(Target.of(source));
    }

    /** What a server sends, whoever it is, and even if the handshake comes to nothing afterwards. */
    private List<X509Certificate> sentBy(Target target) throws IOException {
        ClientContext.Builder builder =
                ClientContext.builder().checkHostname(false).verifyMode(VerifyMode.NONE);
        provider.named().ifPresent(found -> builder.provider(found.name()));
        return Talk.with(target, dialing, builder.build(), dialing.connectionTo(target), talk -> {
            List<X509Certificate> chain = talk.socket().unverifiedChain();
            if (chain.isEmpty()) {
                talk.requireSuccess();
            }
            return chain;
        });
    }

    private static void print(CertificateFacts facts, PrintWriter out) {
        facts.rows().forEach((label, values) -> {
            for (int i = 0; i < values.size(); i++) {
                out.println((i == 0 ? label : "")
                        + " ".repeat(LABEL - (i == 0 ? label.length() : 0))
                        + Printable.of(values.get(i)));
            }
        });
    }
}
