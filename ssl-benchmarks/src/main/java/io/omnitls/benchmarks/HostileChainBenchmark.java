package io.omnitls.benchmarks;

import io.omnitls.CertificateVerifier;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyResult;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

/** What a peer may send before it is known; each has to cost less than 200 ms. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class HostileChainBenchmark {
    /** The kinds of chain. */
    public enum Kind {
        SAME_SUBJECT_100(Chains::sameSubject),
        LOOPS_50(Chains::loops),
        NAMES_10000(Chains::manyNames),
        CONSTRAINTS_10000(Chains::manyConstraints),
        MEBIBYTE(Chains::mebibyte);

        private final Supplier<List<X509Certificate>> chain;

        Kind(Supplier<List<X509Certificate>> chain) {
            this.chain = chain;
        }
    }

    /** The chain. */
    @Param
    public Kind kind;

    private final PeerName name = PeerName.of("server.example");
    private List<X509Certificate> chain;
    private CertificateVerifier.Builder verifier;

    /** Makes the certificates. */
    @Setup
    public void make() throws Exception {
        chain = kind.chain.get();
        verifier = CertificateVerifier.builder()
                .provider("jsse")
                .verifyLocations(TrustStore.builder()
                        .certificate(Chains.ROOT.getCertificate())
                        .build())
                .purpose(Purpose.SERVER);
    }

    /** The verdict, whatever it is, of a new verifier: nothing is remembered. */
    @Benchmark
    public VerifyResult verdict() throws Exception {
        return verifier.build().verify(chain, name);
    }
}
