package io.omnitls.cli;

import io.omnitls.TlsProviders;
import io.omnitls.forge.issue.IssuedCertificate;
import io.omnitls.spi.TlsProvider;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final ProviderOption provider = new ProviderOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        IssuedCertificate identity = Checkup.identity();
        List<TlsProvider> patients = provider.namedInAnyState().map(List::of).orElseGet(TlsProviders::all);
        List<Checkup> checkups =
                patients.parallelStream().map(patient -> Checkup.begin(patient, identity)).toList().stream()
                        .map(Supplier::get)
                        .toList();
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
