package io.omnitls.benchmarks;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsSession;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Handshakes in memory that each resume the session of the one before, beside those of {@link HandshakeBenchmark}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResumptionBenchmark {

    /** The backend of both ends: those that resume in both versions. */
    @Param({"jsse", "conscrypt"})
    public String provider;

    /** The version. */
    @Param({"TLSv1.2", "TLSv1.3"})
    public String version;

    private ClientContext client;
    private ServerContext server;
    private TlsSession session;

    /** Builds the contexts and begins a session. */
    @Setup
    public void begin() throws Exception {
        TestAuthority authority = TestAuthority.create("Benchmark Root");
        client = ClientContext.builder()
                .provider(provider)
                .verifyLocations(authority.trust())
                .maximumVersion(TlsVersion.of(version))
                .build();
        server = ServerContext.builder()
                .provider(provider)
                .certificateChain(authority.server(KeyKind.EC).credentials())
                .build();
        session = connect(ConnectionOptions.serverName(TestAuthority.SERVER_NAME), false);
    }

    /** The chain is verified again; a byte is read, and the ticket of TLS 1.3 with it. */
    @Benchmark
    public void resumedHandshake() throws Exception {
        session =
                connect(ConnectionOptions.serverName(TestAuthority.SERVER_NAME).resuming(session), true);
    }

    private TlsSession connect(ConnectionOptions options, boolean resuming) throws Exception {
        try (BioPair pair = new BioPair(client, server, options, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            if (!outcome.completed() || pair.client().info().sessionReused() != resuming) {
                throw new AssertionError(outcome);
            }
            pair.send(pair.server(), pair.client(), new byte[1]);
            return pair.client().session().orElseThrow();
        }
    }
}
