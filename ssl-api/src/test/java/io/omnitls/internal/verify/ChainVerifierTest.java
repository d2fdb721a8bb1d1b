package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Pem;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.forge.RandomTree;
import io.omnitls.oracle.OpenSsl;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random hierarchies with random defects, flags and revocation lists get the verdict, the code and the depth of {@code
 * openssl verify}. The system property {@code verify.cases} says how many.
 */
class ChainVerifierTest {
    private static final int CASES = Integer.getInteger("verify.cases", 2_000);
    private static final Pattern ERROR = Pattern.compile("error (\\d+) at (\\d+) depth lookup");
    private static final int[] BITS = {0, 80, 112, 128};
    private static final Map<VerifyFlag, String> OPTIONS = Map.of(
            VerifyFlag.CRL_CHECK_LEAF, "-crl_check",
            VerifyFlag.CRL_CHECK_CHAIN, "-crl_check_all",
            VerifyFlag.X509_STRICT, "-x509_strict",
            VerifyFlag.ALLOW_PROXY_CERTS, "-allow_proxy_certs",
            VerifyFlag.X509_PARTIAL_CHAIN, "-partial_chain");

    @TempDir
    static Path directory;

    private record Case(long seed, RandomTree tree, Set<VerifyFlag> flags, int level, Purpose purpose, String name) {

        static Case of(long seed) throws Exception {
            Random random = new Random(seed);
            Set<VerifyFlag> flags = EnumSet.noneOf(VerifyFlag.class);
            for (VerifyFlag flag : VerifyFlag.values()) {
                if (OPTIONS.containsKey(flag) && random.nextInt(4) == 0) {
                    flags.add(flag);
                }
            }
            return new Case(
                    seed,
                    new RandomTree(random),
                    flags,
                    random.nextInt(4),
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
                                    VerifyRequest.DEFAULT_MAX_DEPTH));
        }

        OpenSsl.Result openSsls() throws Exception {
            Path files = Files.createTempDirectory(directory, "case");
            List<String> command = new ArrayList<>(List.of("verify", "-no-CApath", "-no-CAstore"));
            StringBuilder store = new StringBuilder();
            tree.trusted().forEach(certificate -> store.append(Pem.encodeCertificate(certificate)));
            for (X509CRL crl : tree.crls()) {
                store.append(pem("X509 CRL", crl.getEncoded()));
            }
            command.addAll(List.of("-CAfile", write(files, "store", store.toString())));
            if (purpose != Purpose.ANY) {
                command.addAll(List.of("-purpose", purpose == Purpose.SERVER ? "sslserver" : "sslclient"));
            }
            command.addAll(List.of("-auth_level", Integer.toString(level), "-verify_hostname", name));
            flags.forEach(flag -> command.add(OPTIONS.get(flag)));
            List<X509Certificate> presented = tree.presented();
            StringBuilder untrusted = new StringBuilder();
            presented
                    .subList(1, presented.size())
                    .forEach(certificate -> untrusted.append(Pem.encodeCertificate(certificate)));
            if (untrusted.length() > 0) {
                command.addAll(List.of("-untrusted", write(files, "untrusted", untrusted.toString())));
            }
            command.add(write(files, "leaf", Pem.encodeCertificate(presented.get(0))));
            return OpenSsl.run(command.toArray(new String[0]));
        }

        private static String write(Path files, String name, String content) throws Exception {
            return Files.writeString(files.resolve(name), content).toString();
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
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
        OpenSsl.Result judge = one.openSsls();
        Matcher error = ERROR.matcher(judge.output());
        String expected = error.find() ? error.group(1) + " at " + error.group(2) : "0 at 0";
        VerifyResult ours = one.ours();
        assertEquals(
                expected,
                ours.code().number() + " at " + ours.depth(),
                () -> "-Dverify.cases=1 -Dverify.seed=" + one.seed() + ", flags " + one.flags() + ", "
                        + ours.explanation() + "\n" + judge.output());
        return ours.code().number();
    }
}
