package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.forge.RandomTree;
import io.omnitls.oracle.OpenSslVerify;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random hierarchies with random defects, flags and revocation lists get the verdict, the code and the depth of {@code
 * openssl verify}. The system property {@code verify.cases} says how many.
 */
class ChainVerifierTest {
    private static final int CASES = Integer.getInteger("verify.cases", 2_000);
    private static final int[] BITS = {0, 80, 112, 128};

    @TempDir
    static Path directory;

    private record Case(
            long seed, RandomTree tree, Set<VerifyFlag> flags, int level, int maxDepth, Purpose purpose, String name) {

        static Case of(long seed) throws Exception {
            Random random = new Random(seed);
            Set<VerifyFlag> flags = EnumSet.noneOf(VerifyFlag.class);
            for (VerifyFlag flag : VerifyFlag.values()) {
                if (flag != VerifyFlag.X509_TRUSTED_FIRST && random.nextInt(4) == 0) {
                    flags.add(flag);
                }
            }
            return new Case(
                    seed,
                    new RandomTree(random),
                    flags,
                    random.nextInt(4),
                    random.nextInt(6) == 0 ? random.nextInt(4) : VerifyRequest.DEFAULT_MAX_DEPTH,
                    List.of(Purpose.SERVER, Purpose.CLIENT, Purpose.ANY).get(random.nextInt(3)),
                    random.nextInt(12) == 0 ? "other.example" : "server.example");
        }

        VerifyResult ours() {
            return new ChainVerifier(TrustAnchors.of(tree.trusted(), tree.crls()), CryptoServices.ofPlatform())
                    .verify(
                            tree.presented(),
                            new VerifyRequest(
                                    purpose,
                                    Optional.of(PeerName.of(name)),
                                    Instant.now(),
                                    flags,
                                    BITS[level],
                                    maxDepth));
        }

        OpenSslVerify openSsls() {
            return new OpenSslVerify(
                    tree.presented(), tree.trusted(), tree.crls(), flags, level, maxDepth, purpose, Optional.of(name));
        }
    }

    @Test
    @Timeout(300)
    void randomHierarchiesGetOpenSslsVerdict() throws Exception {
        long seed = Long.getLong("verify.seed", System.nanoTime());
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<Integer>> verdicts = new ArrayList<>();
            for (int i = 0; i < CASES; i++) {
                long own = seed + i;
                verdicts.add(workers.submit((Callable<Integer>) () -> compare(Case.of(own))));
            }
            Map<Integer, Integer> codes = new TreeMap<>();
            List<String> mismatches = new ArrayList<>();
            for (Future<Integer> verdict : verdicts) {
                try {
                    codes.merge(verdict.get(), 1, Integer::sum);
                } catch (ExecutionException e) {
                    mismatches.add(e.getCause().getMessage());
                }
            }
            System.out.println("verdicts by code: " + codes + ", first seed " + seed);
            assertEquals(List.of(), mismatches);
            assertTrue(
                    codes.size() > 15 && codes.getOrDefault(0, 0) > CASES / 50, () -> "the cases are mixed: " + codes);
        } finally {
            workers.shutdownNow();
        }
    }

    private static int compare(Case one) throws Exception {
        OpenSslVerify.Verdict judge = one.openSsls().run(directory);
        String expected = judge.toString();
        VerifyResult ours = one.ours();
        assertEquals(
                expected,
                ours.code().number() + " at " + ours.depth(),
                () -> "-Dverify.cases=1 -Dverify.seed=" + one.seed() + ", flags " + one.flags() + ", "
                        + ours.explanation() + "\n" + judge.output());
        return ours.code().number();
    }
}
