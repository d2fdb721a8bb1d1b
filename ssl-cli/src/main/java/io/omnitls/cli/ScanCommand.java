package io.omnitls.cli;

import io.omnitls.CertificateVerifier;
import io.omnitls.ClientContext;
import io.omnitls.TlsProviders;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.spi.TlsProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tls scan}: what a server takes, found out by asking it. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = {
            "Find out which versions, cipher suites, groups, application protocols and certificates a server has, by",
            "handshakes of every provider. What no provider here can do is not found."
        })
final class ScanCommand implements Callable<Integer> {
    private static final int AT_A_TIME = 4;

    @Parameters(paramLabel = "HOST:PORT", description = "The server; an IPv6 address in brackets.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String address;

    @Mixin
    private final ProviderOption provider = new ProviderOption();

    @Mixin
    private final Dialing dialing = new Dialing();

    @Option(
            names = "--alpn",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "h2,http/1.1",
            description = "The application protocols to ask for (default: ${DEFAULT-VALUE}).")
    private List<String> protocols = List.of();

    @Option(names = "--cafile", paramLabel = "F", description = "Judge its certificates by those in this file.")
    private @Nullable Path cafile;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "End after so long, with what was found until then (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit: at least one second, not " + limit);
        }
        requireNames(protocols);
        Target target = Target.of(address);
        CertificateVerifier verifier = verifier();
        PeerName name = PeerName.of(dialing.nameOf(target));
        ScanFindings findings = new ScanFindings();
        dialing.open(target).close(); // so that a wrong address is said once
        boolean complete = scan(target, findings);
        ScanReport report = new ScanReport(target, findings, chain -> verifier.verify(chain, name), complete);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(report.json()));
        } else {
            report.print(out);
        }
        out.flush();
        return findings.versions().all().isEmpty() ? 1 : 0;
    }

    /** What a backend cannot ask for is not found; what nobody can is a mistake. */
    private static void requireNames(List<String> protocols) throws IOException {
        try {
            ClientContext.builder()
                    .verifyLocations(TrustStore.builder().build())
                    .alpnProtocols(protocols.toArray(new String[0]))
                    .build();
        } catch (UnsupportedFeatureException ofOneBackend) {
            // Others are asked too.
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--alpn: " + e.getMessage(), e);
        }
    }

    private CertificateVerifier verifier() throws IOException {
        CertificateVerifier.Builder builder = CertificateVerifier.builder().purpose(Purpose.SERVER);
        provider.named().ifPresent(found -> builder.provider(found.name()));
        TrustStore.Builder trust = TrustStore.builder();
        return builder.verifyLocations((cafile == null ? trust.systemDefault() : trust.file(cafile)).build())
                .build();
    }

    /** Whether there was time for all of it. */
    private boolean scan(Target target, ScanFindings findings) throws IOException, InterruptedException {
        List<TlsProvider> providers = provider.named().map(List::of).orElseGet(TlsProviders::available);
        List<Callable<Void>> first = new ArrayList<>();
        List<Callable<Void>> second = new ArrayList<>();
        for (TlsProvider each : providers) {
            Scan scan = new Scan(each, new Probe(each.name(), target, dialing), findings, protocols);
            first.addAll(scan.versions());
            second.addAll(scan.details());
        }
        long end = System.nanoTime() + Duration.ofSeconds(limit).toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try (ProgressBar progress =
                new ProgressBar(spec.commandLine().getErr(), "scanning " + target, first.size() + second.size())) {
            return run(first, threads, end, progress) && run(second, threads, end, progress);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean run(List<Callable<Void>> steps, ExecutorService threads, long end, ProgressBar progress)
            throws IOException, InterruptedException {
        List<Callable<Void>> counted = new ArrayList<>();
        for (Callable<Void> step : steps) {
            counted.add(() -> {
                step.call();
                progress.step();
                return null;
            });
        }
        for (Future<Void> future : threads.invokeAll(counted, end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            try {
                future.get();
            } catch (CancellationException late) {
                return false;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException trouble) {
                    throw trouble;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        return true;
    }
}
