package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.CertificateVerifier;
import io.omnitls.TlsProviders;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsException;
import io.omnitls.forge.differential.Differential;
import io.omnitls.forge.differential.RandomCase;
import io.omnitls.forge.oracle.OpenSslVerify.Verdict;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every provider gives every backend's certificate objects the verdict, the code and the depth of {@code openssl verify}.
 * {@code -Dverify.cases=20000} asks for more of it, {@code -Dverify.seed=...} repeats a run.
 */
class VerifyDifferentialTest {
    private static final int CASES = Integer.getInteger("verify.cases", 1_500);
    private static final List<String> PROVIDERS = List.of("jsse", "conscrypt", "bcfips");

    /** Codes that a run has to meet: else the generator draws no more what it is for. */
    private static final Set<Integer> WANTED = Set.of(
            -1, 0, 2, 3, 7, 9, 10, 12, 13, 14, 18, 19, 20, 22, 23, 25, 26, 28, 34, 36, 40, 47, 48, 62, 66, 79, 94);

    @TempDir
    static Path directory;

    @Test
    @Timeout(900)
    void everyProviderGivesOpenSslsVerdict() throws Exception {
        long seed = Long.getLong("verify.seed", System.nanoTime());
        Differential.Report report = new Differential(directory, verifiers()).run(seed, CASES);
        System.out.println("verdicts by code: " + report.codes() + ", first seed " + seed + ", known differences "
                + report.known());
        assertEquals(List.of(), report.mismatches());
        Set<Integer> missing = new TreeSet<>(WANTED);
        missing.removeAll(report.codes().keySet());
        assertTrue(CASES < 1_000 || missing.isEmpty(), () -> "no case has the codes " + missing);
    }

    private static Map<String, Differential.Verifier> verifiers() throws Exception {
        Map<String, Differential.Verifier> verifiers = new HashMap<>();
        for (String provider : PROVIDERS) {
            for (String maker : PROVIDERS) {
                CertificateFactory factory = TlsProviders.named(maker).crypto().certificateFactory();
                verifiers.put(provider + " with certificates of " + maker, one -> verdict(one, provider, factory));
            }
        }
        return verifiers;
    }

    private static Verdict verdict(RandomCase one, String provider, CertificateFactory factory) {
        CertificateVerifier verifier;
        try {
            verifier = CertificateVerifier.builder()
                    .provider(provider)
                    .verifyLocations(
                            TrustStore.builder().pem(one.tree().store()).build())
                    .purpose(Purpose.valueOf(one.purpose().name()))
                    .verifyFlags(one.options().stream()
                            .map(option -> VerifyFlag.valueOf(option.name()))
                            .toArray(VerifyFlag[]::new))
                    .securityLevel(one.level())
                    .maxChainDepth(one.maxDepth())
                    .hostnameChecksCommonName(true)
                    .build();
        } catch (TlsException unreadable) {
            return new Verdict(Verdict.UNREADABLE, 0, unreadable.getMessage());
        }
        VerifyResult ours = verifier.verify(one.tree().presented(factory), PeerName.of(one.host()));
        return new Verdict(ours.code().number(), ours.depth(), ours.explanation());
    }
}
