package io.omnitls.benchmarks.scenes;

import io.omnitls.ClientContext;
import io.omnitls.benchmarks.measure.Clock;
import io.omnitls.benchmarks.measure.Contender;
import io.omnitls.benchmarks.measure.Interleaved;
import io.omnitls.benchmarks.measure.Measured;
import io.omnitls.benchmarks.measure.Plan;
import io.omnitls.benchmarks.measure.Ratio;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.BareContexts;
import io.omnitls.benchmarks.peers.Identity;
import io.omnitls.benchmarks.peers.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** What comes before the first byte: contexts, and the first handshake of a process. */
final class ContextScenes {
    /** As many as systems have. */
    private static final int ROOTS = 140;

    private ContextScenes() {}

    static List<Scene> all() {
        return List.of(
                Scene.speed("context", "client context from a bundle of 140 roots", 1.00, ContextScenes::building),
                Scene.speed("first-handshake", "first handshake in a new JVM", Double.NaN, ContextScenes::first));
    }

    private static List<Measured> building(Backend backend, Plan plan) throws Exception {
        Path bundle = Files.createTempFile("roots", ".pem");
        try {
            Files.writeString(bundle, Identity.bundle(ROOTS));
            return new Interleaved(
                            List.of(
                                    Contender.of(Names.BARE, () -> BareContexts.trusting(backend, read(bundle))),
                                    Contender.of(
                                            Names.OURS,
                                            () -> ClientContext.builder()
                                                    .provider(backend.id())
                                                    .verifyLocations(bundle)
                                                    .build())),
                            Clock.THREAD,
                            plan)
                    .speeds();
        } finally {
            Files.delete(bundle);
        }
    }

    private static List<X509Certificate> read(Path bundle) throws Exception {
        try (InputStream in = Files.newInputStream(bundle)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    /** Processor time, the compiler's and the collector's too, from the first line of a program on. */
    private static List<Measured> first(Backend backend, Plan plan) throws IOException, InterruptedException {
        try (FirstHandshake.Material material = FirstHandshake.Material.write()) {
            double[] ratios = new double[plan.count(3, 11)];
            for (int turn = 0; turn < ratios.length; turn++) {
                double bare = FirstHandshake.inNewProcess(backend, false, material);
                ratios[turn] = bare / FirstHandshake.inNewProcess(backend, true, material);
            }
            return List.of(new Measured(Names.OURS, Ratio.of(ratios)));
        }
    }
}
