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
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every provider gives every backend's certificate objects the verdict, the code and the depth of {@code openssl verify}.
 * {@code -Dverify.cases=20000} asks for more of it, {@code -Dverify.seed=...} for other cases.
 */
class VerifyDifferentialTest {
    private static final int CASES = Integer.getInteger("verify.cases", 1_000);
    private static final List<String> PROVIDERS = List.of("jsse", "conscrypt", "bcfips");

    /** More of them, and a known difference hides what is not known. */
    private static final double MOST_KNOWN = 0.1;

    /** Codes that a run has to meet: else the generator does not draw any more what it is for. */
    private static final Set<Integer> WANTED =
            Set.of(Verdict.UNREADABLE, 0, 2, 3, 19, 20, 22, 23, 25, 26, 28, 34, 36, 40, 62, 66, 67, 68, 79, 85, 94);

    @TempDir
    static Path directory;

    @Test
    @Timeout(900)
    void everyProviderGivesOpenSslsVerdict() throws Exception {
        long seed = RandomCase.firstSeed();
        Differential.Report report = new Differential(directory, VerifyDifferentialTest::verdicts).run(seed, CASES);
        System.out.println("verdicts by code: " + report.codes() + ", first seed " + seed + ", known differences "
                + report.known());
        assertEquals(List.of(), report.mismatches());
        int known = report.known().values().stream().mapToInt(Integer::intValue).sum();
        int comparisons = CASES * PROVIDERS.size() * PROVIDERS.size();
        assertTrue(
                CASES < 1_000 || known < comparisons * MOST_KNOWN,
                () -> known + " of " + comparisons + " verdicts differ as is known: " + report.known());
        Set<Integer> missing = new TreeSet<>(WANTED);
        missing.removeAll(report.codes().keySet());
        assertTrue(CASES < 1_000 || missing.isEmpty(), () -> "no case has the codes " + missing);
    }

    /** Each provider's cryptography on each backend's certificate objects. */
    private static Map<String, Verdict> verdicts(RandomCase one) throws Exception {
        Map<String, List<X509Certificate>> presented = new TreeMap<>();
        for (String maker : PROVIDERS) {
            presented.put(
                    maker,
                    one.tree().presented(TlsProviders.named(maker).crypto().certificateFactory()));
        }
        Map<String, Verdict> verdicts = new TreeMap<>();
        for (String provider : PROVIDERS) {
            try {
                CertificateVerifier verifier = verifier(one, provider);
                presented.forEach((maker, chain) ->
                        verdicts.put(provider + " with certificates of " + maker, verdict(verifier, chain, one)));
            } catch (TlsException unreadable) {
                verdicts.put(provider, Verdict.unreadable(unreadable));
            } catch (RuntimeException undeclared) {
                verdicts.put(provider, Verdict.threw(undeclared));
            }
        }
        return verdicts;
    }

    private static CertificateVerifier verifier(RandomCase one, String provider) throws TlsException {
        return CertificateVerifier.builder()
                .provider(provider)
                .verifyLocations(TrustStore.builder().pem(one.tree().store()).build())
                .purpose(Purpose.valueOf(one.purpose().name()))
                .verifyFlags(one.options().stream()
                        .map(option -> VerifyFlag.valueOf(option.name()))
                        .toArray(VerifyFlag[]::new))
                .securityLevel(one.level())
                .maxChainDepth(one.maxDepth())
                .hostnameChecksCommonName(true)
                .build();
    }

    private static Verdict verdict(CertificateVerifier verifier, List<X509Certificate> chain, RandomCase one) {
        try {
            VerifyResult ours = verifier.verify(chain, PeerName.of(one.host()));
            return new Verdict(ours.code().number(), ours.depth(), ours.explanation());
        } catch (RuntimeException | StackOverflowError undeclared) {
            return Verdict.threw(undeclared);
        }
    }
}
