package io.omnitls.cli;

import io.omnitls.TlsProviders;
import io.omnitls.forge.issue.IssuedCertificate;
import io.omnitls.spi.TlsProvider;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tls doctor}: what each backend can do on this machine, tried out and not just claimed. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Show the crypto backends of this machine, what they can do, and try each with a handshake and an echo.",
            "Exits with 1 when the provider that was named, or every provider, does not work."
        })
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--provider", paramLabel = "P", description = "Examine this provider alone.")
    private @Nullable String provider;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        IssuedCertificate identity = Checkup.identity();
        List<Checkup> checkups = new ArrayList<>();
        for (TlsProvider candidate : TlsProviders.all()) {
            if (provider == null || provider.equals(candidate.name())) {
                checkups.add(Checkup.of(candidate, identity));
            }
        }
        if (provider != null && checkups.isEmpty()) {
            TlsProviders.named(provider);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(DoctorReport.json(checkups));
        } else {
            DoctorReport.print(checkups, out);
        }
        out.flush();
        return checkups.stream().anyMatch(checkup -> checkup.trouble().isEmpty()) ? 0 : 1;
    }
}
