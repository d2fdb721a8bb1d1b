package io.omnitls.benchmarks;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A full handshake of both ends in memory, and a mebibyte through an open connection. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HandshakeBenchmark {
    private static final byte[] DATA = new byte[1 << 20];

    /** The backend of both ends. */
    @Param({"jsse", "conscrypt", "bcfips"})
    public String provider;

    /** The version. */
    @Param({"TLSv1.2", "TLSv1.3"})
    public String version;

    /** Whether both ends keep what exporters start from; on JSSE the observer looks on then. */
    @Param({"false", "true"})
    public boolean exporters;

    private ClientContext client;
    private ServerContext server;
    private BioPair open;

    /** Builds the contexts. */
    @Setup
    public void build() throws Exception {
        TestAuthority authority = TestAuthority.create("Benchmark Root");
        client = ClientContext.builder()
                .provider(provider)
                .verifyLocations(authority.trust())
                .maximumVersion(TlsVersion.of(version))
                .exporters(exporters)
                .build();
        server = ServerContext.builder()
                .provider(provider)
                .certificateChain(authority.server(KeyKind.EC).credentials())
                .exporters(exporters)
                .build();
        open = handshake();
    }

    /** Closes what is open. */
    @TearDown
    public void close() {
        open.close();
    }

    private BioPair handshake() throws Exception {
        BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none());
        BioPair.Outcome outcome = pair.handshake();
        if (!outcome.completed()) {
            throw new AssertionError(outcome);
        }
        return pair;
    }

    /** Contexts are shared, the session is new, and the chain is verified. */
    @Benchmark
    public void fullHandshake() throws Exception {
        handshake().close();
    }

    /** Encrypted by one end and decrypted by the other, on one thread. */
    @Benchmark
    public byte[] mebibyte() throws Exception {
        return open.send(open.client(), open.server(), DATA);
    }
}
