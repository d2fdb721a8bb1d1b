package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Pem;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyResult;
import io.omnitls.oracle.OpenSsl;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small random hierarchies with random defects get the verdict and the code of {@code openssl verify}. */
class ChainVerifierTest {
    private static final int CASES = 250;
    private static final Pattern ERROR = Pattern.compile("error (\\d+) at (\\d+) depth lookup");

    @TempDir
    static Path directory;

    @Test
    @Timeout(180)
    void randomHierarchiesGetOpenSslsVerdict() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path root = Files.createFile(directory.resolve("root"));
        Path untrusted = Files.createFile(directory.resolve("untrusted"));
        Path leafFile = Files.createFile(directory.resolve("leaf"));
        int failures = 0;
        for (int i = 0; i < CASES; i++) {
            List<X509Certificate> chain = hierarchy(random);
            X509Certificate trusted = random.nextInt(8) == 0 ? stranger() : chain.get(chain.size() - 1);
            List<X509Certificate> sent = new ArrayList<>(chain.subList(1, chain.size()));
            if (random.nextInt(8) == 0 && !sent.isEmpty()) {
                sent.remove(random.nextInt(sent.size()));
            }
            Collections.shuffle(sent, random);
            int level = random.nextInt(4) == 0 ? 3 : 1;
            String name = random.nextInt(6) == 0 ? "other.example" : "server.example";
            Files.writeString(root, Pem.encodeCertificate(trusted));
            Files.writeString(leafFile, Pem.encodeCertificate(chain.get(0)));
            StringBuilder pem = new StringBuilder();
            sent.forEach(certificate -> pem.append(Pem.encodeCertificate(certificate)));
            Files.writeString(untrusted, pem);

            List<String> command = new ArrayList<>(List.of(
                    "verify",
                    "-no-CApath",
                    "-no-CAstore",
                    "-CAfile",
                    root.toString(),
                    "-purpose",
                    "sslserver",
                    "-auth_level",
                    Integer.toString(level),
                    "-verify_hostname",
                    name));
            if (!sent.isEmpty()) {
                command.addAll(List.of("-untrusted", untrusted.toString()));
            }
            command.add(leafFile.toString());
            OpenSsl.Result judge = OpenSsl.run(command.toArray(new String[0]));
            Matcher error = ERROR.matcher(judge.output());
            String expected = error.find() ? error.group(1) + " at " + error.group(2) : "0 at 0";

            List<X509Certificate> presented = new ArrayList<>(List.of(chain.get(0)));
            presented.addAll(sent);
            VerifyResult ours = verify(presented, trusted, name, level);
            String actual = ours.code().number() + " at " + ours.depth();
            failures += ours.ok() ? 0 : 1;
            assertEquals(
                    expected,
                    actual,
                    "case " + i + ", seed " + seed + ": " + ours.explanation() + "\n" + judge.output());
        }
        assertTrue(failures > CASES / 5 && failures < CASES, "the cases are mixed: " + failures + " failures");
    }

    private static VerifyResult verify(
            List<X509Certificate> presented, X509Certificate trusted, String name, int level) {
        int[] bits = {0, 80, 112, 128};
        return new ChainVerifier(TrustAnchors.of(List.of(trusted)), CryptoServices.ofPlatform())
                .verify(
                        presented,
                        new VerifyRequest(
                                Purpose.SERVER,
                                Optional.of(PeerName.of(name)),
                                Instant.now(),
                                Set.of(),
                                bits[level],
                                VerifyRequest.DEFAULT_MAX_DEPTH));
    }

    /** The leaf first, the root last; each certificate has a defect now and then. */
    private static List<X509Certificate> hierarchy(Random random) throws Exception {
        X509Bundle issuer = authority("CN=root", random).buildSelfSigned();
        List<X509Certificate> chain = new ArrayList<>(List.of(issuer.getCertificate()));
        int intermediates = random.nextInt(4);
        for (int i = 0; i < intermediates; i++) {
            issuer = authority("CN=intermediate " + i, random).buildIssuedBy(issuer);
            chain.add(0, issuer.getCertificate());
        }
        CertificateBuilder leaf = valid(new CertificateBuilder(), random)
                .subject("CN=leaf")
                .addSanDnsName("server.example")
                .algorithm(random.nextInt(3) == 0 ? Algorithm.rsa2048 : Algorithm.ecp256);
        switch (random.nextInt(8)) {
            case 0 -> leaf.addExtendedKeyUsageClientAuth();
            case 1 -> leaf.setKeyUsage(true, KeyUsage.cRLSign);
            case 2 -> leaf.addExtensionOctetString("1.3.6.1.4.1.32473.1", true, new byte[] {1});
            case 3 -> leaf.setKeyUsage(true, KeyUsage.keyEncipherment);
            default -> leaf.setKeyUsage(true, KeyUsage.digitalSignature).addExtendedKeyUsageServerAuth();
        }
        chain.add(0, leaf.buildIssuedBy(issuer).getCertificate());
        return chain;
    }

    private static CertificateBuilder authority(String subject, Random random) {
        CertificateBuilder builder = valid(new CertificateBuilder(), random)
                .subject(subject)
                .algorithm(Algorithm.ecp256)
                .setIsCertificateAuthority(true)
                .setKeyUsage(true, KeyUsage.keyCertSign);
        switch (random.nextInt(10)) {
            case 0 -> builder.setPathLengthConstraint(OptionalInt.of(0));
            case 1 -> builder.setPathLengthConstraint(OptionalInt.of(1));
            case 2 -> builder.addExtendedKeyUsageClientAuth();
            case 3 -> builder.addExtendedKeyUsageServerAuth();
            case 4 -> builder.addExtensionOctetString("1.3.6.1.4.1.32473.1", random.nextBoolean(), new byte[] {1});
            default -> {
                // A sound one.
            }
        }
        return builder;
    }

    private static CertificateBuilder valid(CertificateBuilder builder, Random random) {
        Instant now = Instant.now();
        return switch (random.nextInt(14)) {
            case 0 -> builder.notBefore(now.minus(Duration.ofDays(9))).notAfter(now.minus(Duration.ofDays(1)));
            case 1 -> builder.notBefore(now.plus(Duration.ofDays(1))).notAfter(now.plus(Duration.ofDays(9)));
            default -> builder.notBefore(now.minus(Duration.ofDays(1))).notAfter(now.plus(Duration.ofDays(9)));
        };
    }

    private static X509Certificate stranger() throws Exception {
        return authority("CN=root", new Random(99)).buildSelfSigned().getCertificate();
    }

    @Test
    @Timeout(20)
    void aHundredSameNamedIntermediatesEndAtOnce() throws Exception {
        X509Bundle root = new CertificateBuilder()
                .subject("CN=same")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
        List<X509Certificate> presented = new ArrayList<>();
        X509Bundle issuer = root;
        for (int i = 0; i < 100; i++) {
            issuer = new CertificateBuilder()
                    .subject("CN=same")
                    .setIsCertificateAuthority(true)
                    .ecp256()
                    .buildIssuedBy(issuer);
            presented.add(0, issuer.getCertificate());
        }
        X509Bundle leaf = new CertificateBuilder().subject("CN=leaf").ecp256().buildIssuedBy(issuer);
        presented.add(0, leaf.getCertificate());
        long start = System.nanoTime();
        VerifyResult result = verify(presented, stranger(), "server.example", 1);
        assertTrue(!result.ok());
        assertTrue(System.nanoTime() - start < 5_000_000_000L, "bounded work");
    }
}
