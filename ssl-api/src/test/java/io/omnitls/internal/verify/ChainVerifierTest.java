package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsException;
import io.omnitls.forge.differential.Differential;
import io.omnitls.forge.differential.RandomCase;
import io.omnitls.forge.oracle.OpenSslVerify.Verdict;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random hierarchies with random defects, flags and revocation lists get the verdict, the code and the depth of {@code
 * openssl verify}: the quick form, with the JDK alone, of the testkit's VerifyDifferentialTest. The system property
 * {@code verify.cases} says how many.
 */
class ChainVerifierTest {
    private static final int CASES = Integer.getInteger("verify.cases", 1_000);
    private static final int[] BITS = {0, 80, 112, 128};

    @TempDir
    static Path directory;

    @Test
    @Timeout(300)
    void randomHierarchiesGetOpenSslsVerdict() throws Exception {
        long seed = RandomCase.firstSeed();
        Differential.Report report = new Differential(directory, one -> Map.of("jsse", verdict(one))).run(seed, CASES);
        System.out.println("verdicts by code: " + report.codes() + ", first seed " + seed);
        assertEquals(List.of(), report.mismatches());
        assertTrue(
                CASES == 1 || report.codes().getOrDefault(0, 0) > CASES / 50,
                () -> "the cases are mixed: " + report.codes());
    }

    private static Verdict verdict(RandomCase one) throws Exception {
        CryptoServices crypto = CryptoServices.ofPlatform();
        TrustAnchors anchors;
        try {
            anchors = TrustStore.builder().pem(one.tree().store()).build().load(crypto);
        } catch (TlsException unreadable) {
            return Verdict.unreadable(unreadable);
        }
        Set<VerifyFlag> flags = one.options().stream()
                .map(option -> VerifyFlag.valueOf(option.name()))
                .collect(Collectors.toSet());
        VerifyResult ours = new ChainVerifier(anchors, crypto)
                .verify(
                        one.tree().presented(crypto.certificateFactory()),
                        new VerifyRequest(
                                Purpose.valueOf(one.purpose().name()),
                                Optional.of(PeerName.of(one.host())),
                                Instant.now(),
                                new VerifyRules(
                                        flags, BITS[one.level()], one.maxDepth(), true, VerifyProfile.OPENSSL, false)));
        return new Verdict(ours.code().number(), ours.depth(), ours.explanation());
    }
}
