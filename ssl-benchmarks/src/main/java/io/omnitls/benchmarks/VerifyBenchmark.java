package io.omnitls.benchmarks;

import io.omnitls.CertificateVerifier;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyResult;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
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

/** A leaf, an intermediate and a root: the verifier beside the JDK's default trust manager, which checks no name here. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VerifyBenchmark {
    private final PeerName name = PeerName.of("server.example");
    private List<X509Certificate> chain;
    private X509Certificate[] array;
    private X509TrustManager jdk;

    /** The verifier on one backend's cryptography. */
    @State(Scope.Benchmark)
    public static class Ours {
        /** The backend. */
        @Param({"jsse", "conscrypt", "bcfips"})
        public String provider;

        private CertificateVerifier verifier;
        private CertificateVerifier.Builder builder;

        /** Loads the trust anchor. */
        @Setup
        public void load() throws Exception {
            builder = CertificateVerifier.builder()
                    .provider(provider)
                    .verifyLocations(TrustStore.builder()
                            .certificate(Chains.ROOT.getCertificate())
                            .build())
                    .purpose(Purpose.SERVER);
            verifier = builder.build();
        }
    }

    /** Makes the certificates. */
    @Setup
    public void make() throws Exception {
        chain = Chains.three();
        array = chain.toArray(new X509Certificate[0]);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", Chains.ROOT.getCertificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        jdk = (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** Ours, the name included, when it sees the chain for the first time: the two signatures are checked. */
    @Benchmark
    public VerifyResult omnitlsFirstTime(Ours ours) throws Exception {
        return ours.builder.build().verify(chain, name);
    }

    /** Ours, the name included, when it has seen the chain before. */
    @Benchmark
    public VerifyResult omnitls(Ours ours) {
        VerifyResult result = ours.verifier.verify(chain, name);
        if (!result.ok()) {
            throw new AssertionError(result.explanation());
        }
        return result;
    }

    /** The JDK's, whose certificates remember that they were verified. */
    @Benchmark
    public void jdkTrustManager() throws Exception {
        jdk.checkServerTrusted(array, "ECDHE_ECDSA");
    }
}
