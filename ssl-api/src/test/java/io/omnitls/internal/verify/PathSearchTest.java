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
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.internal.verify.webpki.WebCertificate;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import io.omnitls.spi.CryptoServices;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Rule 5.87: a path that is good is found wherever there is one: random graphs of few names with several keys each, cross-signed,
 * with wrong and expired twins, against the brute force that tries every path by itself.
 */
class PathSearchTest {
    private static final int CASES = Integer.getInteger("search.cases", 400);
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final int MAX_PATH = 5;

    /** A certificate of the graph, by name and key of both ends. */
    private record Edge(String subject, int key, String issuer, X509Certificate certificate) {}

    private static final class Graph {
        private final Random random;
        private final List<Edge> edges = new ArrayList<>();
        private final List<Edge> anchors = new ArrayList<>();
        private final Edge leaf;

        Graph(long seed) throws GeneralSecurityException {
            this.random = new Random(seed);
            int names = 2 + random.nextInt(3);
            int count = 3 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                edges.add(authority(random.nextInt(names), random.nextInt(names)));
            }
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                int name = random.nextInt(names);
                Edge anchor = random.nextInt(3) == 0 ? authority(name, random.nextInt(names)) : authority(name, name);
                anchors.add(anchor);
                if (random.nextInt(3) == 0) {
                    edges.add(anchor);
                }
            }
            Collections.shuffle(edges, random);
            this.leaf = leaf(random.nextInt(names));
        }

        /** Few keys for each name, so that many certificates fit. */
        private int keyOf(int name) {
            return name + (random.nextInt(4) == 0 ? 4 : 0);
        }

        private Edge authority(int subject, int issuer) throws GeneralSecurityException {
            int key = keyOf(subject);
            int signer = subject == issuer && random.nextInt(3) > 0 ? key : keyOf(issuer);
            int defect = random.nextInt(16);
            Forge forge = start("CN=CA" + subject, "CN=CA" + issuer, signer, defect)
                    .extension(
                            Extensions.BASIC_CONSTRAINTS,
                            true,
                            Extensions.basicConstraints(defect != 1, defect == 2 ? 0 : -1))
                    .extension(
                            Extensions.KEY_USAGE,
                            true,
                            Extensions.keyUsage(Extensions.KEY_CERT_SIGN | Extensions.CRL_SIGN))
                    .extension(
                            Extensions.SUBJECT_KEY_IDENTIFIER,
                            false,
                            Extensions.subjectKeyIdentifier(Keys.identifier(Keys.p256(key))));
            if (defect == 3) {
                forge.extension(Extensions.EXTENDED_KEY_USAGE, false, Extensions.extendedKeyUsage("1.3.6.1.5.5.7.3.4"));
            }
            if (defect == 4) {
                forge.extension(Extensions.NAME_CONSTRAINTS, true, Extensions.nameConstraints(1, "server.example"));
            }
            X509Certificate certificate =
                    forge.certificate(Keys.p256(key), Keys.p256(defect == 5 ? (signer + 1) % 8 : signer));
            return new Edge("CN=CA" + subject, key, "CN=CA" + issuer, certificate);
        }

        private Edge leaf(int issuer) throws GeneralSecurityException {
            int signer = keyOf(issuer);
            X509Certificate certificate = start("CN=server.example", "CN=CA" + issuer, signer, 11)
                    .extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames("server.example"))
                    .extension(Extensions.EXTENDED_KEY_USAGE, false, Extensions.extendedKeyUsage("1.3.6.1.5.5.7.3.1"))
                    .certificate(Keys.p256(7), Keys.p256(signer));
            return new Edge("CN=server.example", 7, "CN=CA" + issuer, certificate);
        }

        private Forge start(String subject, String issuer, int signer, int defect) {
            Instant from = NOW.minus(Duration.ofDays(10));
            Forge forge = new Forge()
                    .subject(subject)
                    .issuer(issuer)
                    .serial(1 + random.nextInt(1_000_000))
                    .valid(from, defect == 0 ? from.plusSeconds(60) : NOW.plus(Duration.ofDays(10)));
            return forge.extension(
                    Extensions.AUTHORITY_KEY_IDENTIFIER,
                    false,
                    Extensions.authorityKeyIdentifier(Keys.identifier(Keys.p256(signer))));
        }

        List<X509Certificate> presented() {
            List<X509Certificate> presented = new ArrayList<>(List.of(leaf.certificate()));
            edges.forEach(edge -> presented.add(edge.certificate()));
            return presented;
        }

        List<X509Certificate> trusted() {
            return anchors.stream().map(Edge::certificate).toList();
        }

        /** Whether one of all paths is good by itself, its last certificate being all that is trusted. */
        boolean hasGoodPath(VerifyRequest request) {
            return from(new ArrayList<>(List.of(leaf)), request);
        }

        private boolean from(List<Edge> path, VerifyRequest request) {
            Edge last = path.get(path.size() - 1);
            if (path.size() > MAX_PATH) {
                return false;
            }
            for (Edge anchor : anchors) {
                if (anchor.subject().equals(last.issuer()) && !path.contains(anchor)) {
                    List<X509Certificate> alone = new ArrayList<>();
                    path.forEach(edge -> alone.add(edge.certificate()));
                    if (verdict(alone, List.of(anchor.certificate()), request).ok()) {
                        return true;
                    }
                }
            }
            for (Edge next : edges) {
                if (next.subject().equals(last.issuer()) && !path.contains(next)) {
                    path.add(next);
                    if (from(path, request)) {
                        return true;
                    }
                    path.remove(path.size() - 1);
                }
            }
            return false;
        }
    }

    private static VerifyResult verdict(
            List<X509Certificate> presented, List<X509Certificate> trusted, VerifyRequest request) {
        return new ChainVerifier(TrustAnchors.of(trusted), CryptoServices.ofPlatform()).verify(presented, request);
    }

    private static VerifyRequest openSsl() {
        return Requests.withDepth(
                Requests.openSsl(
                        Purpose.SERVER,
                        Optional.of(PeerName.of("server.example")),
                        NOW,
                        Set.of(VerifyFlag.X509_PARTIAL_CHAIN),
                        112),
                MAX_PATH - 1);
    }

    @Test
    @Timeout(300)
    void aGoodPathIsFoundWhereThereIsOne() throws Exception {
        long seed = Long.getLong("search.seed", System.nanoTime());
        int[] found = new int[3];
        for (int i = 0; i < CASES; i++) {
            Graph graph = new Graph(seed + i);
            String repeat = "-Dsearch.cases=1 -Dsearch.seed=" + (seed + i);
            VerifyRequest plain = openSsl();
            VerifyResult first = verdict(graph.presented(), graph.trusted(), plain);
            for (VerifyProfile profile : VerifyProfile.values()) {
                VerifyRequest request = Requests.under(plain, profile, true);
                VerifyResult result = verdict(graph.presented(), graph.trusted(), request);
                assertEquals(
                        graph.hasGoodPath(Requests.under(plain, profile, false)),
                        result.ok(),
                        () -> profile + ", " + repeat + ": " + result.explanation());
                if (result.ok()) {
                    List<X509Certificate> path = result.chain();
                    int top = path.size() - 1;
                    assertTrue(
                            verdict(path.subList(0, Math.max(1, top)), List.of(path.get(top)), request)
                                    .ok(),
                            repeat);
                } else if (profile == VerifyProfile.OPENSSL) {
                    assertEquals(first.code(), result.code(), repeat);
                    assertEquals(first.depth(), result.depth(), repeat);
                }
            }
            VerifyResult searched =
                    verdict(graph.presented(), graph.trusted(), Requests.under(plain, VerifyProfile.OPENSSL, true));
            found[first.ok() ? 0 : searched.ok() ? 1 : 2]++;
        }
        System.out.println("at once " + found[0] + ", by another path " + found[1] + ", never " + found[2]
                + ", first seed " + seed);
        assertTrue(CASES < 100 || found[0] > 10 && found[1] > 4 && found[2] > 10, "the graphs are mixed");
    }

    private static X509Certificate authority(String subject, int key, String issuer, int signer)
            throws GeneralSecurityException {
        return new Forge()
                .subject(subject)
                .issuer(issuer)
                .serial(System.nanoTime())
                .valid(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)))
                .extension(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, -1))
                .certificate(Keys.p256(key), Keys.p256(signer));
    }

    private static X509Certificate leaf(String issuer, int signer) throws GeneralSecurityException {
        return new Forge()
                .subject("CN=server.example")
                .issuer(issuer)
                .valid(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)))
                .extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames("server.example"))
                .certificate(Keys.p256(7), Keys.p256(signer));
    }

    /** Every authority has certified every other, several times: more paths than anybody wants to try. */
    @Test
    @Timeout(60)
    void aMeshThatLeadsNowhereCostsLittle() throws Exception {
        List<WebCertificate> authorities = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            authorities.add(WebCertificate.root("CN=CA" + i, i));
        }
        List<X509Certificate> presented = new ArrayList<>(
                List.of(WebCertificate.leaf(7, authorities.get(0)).certificate()));
        for (WebCertificate issuer : authorities) {
            for (int subject = 0; subject < 6; subject++) {
                for (int twin = 0; twin < 5 && authorities.get(subject) != issuer; twin++) {
                    presented.add(WebCertificate.intermediate("CN=CA" + subject, subject, issuer)
                            .certificate());
                }
            }
        }
        X509Certificate root = WebCertificate.root("CN=root", 6).certificate();
        for (VerifyProfile profile : VerifyProfile.values()) {
            VerifyRequest request = Requests.under(
                    Requests.openSsl(Purpose.SERVER, Optional.empty(), NOW, Set.of(), 112), profile, true);
            ChainVerifier verifier = new ChainVerifier(TrustAnchors.of(List.of(root)), CryptoServices.ofPlatform());
            verifier.verify(presented, request); // loads classes and warms up
            long start = System.nanoTime();
            VerifyResult result = verifier.verify(presented, request);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            System.out.println(profile + " gives up after " + taken.toMillis() + " ms: " + result.explanation());
            assertEquals(first(presented, root, request).code(), result.code());
            assertTrue(result.explanation().contains("more paths"), result::explanation);
            assertTrue(taken.toMillis() < 3_000, () -> "a hostile mesh took " + taken);
        }
    }

    private static VerifyResult first(List<X509Certificate> presented, X509Certificate root, VerifyRequest request) {
        return verdict(presented, List.of(root), Requests.under(request, VerifyProfile.OPENSSL, false));
    }

    /** A wrong twin in front of the right intermediate: OpenSSL's answer, and the one that finds the way. */
    @Test
    void theSwitchDecides() throws Exception {
        X509Certificate root = authority("CN=root", 0, "CN=root", 0);
        List<X509Certificate> presented =
                List.of(leaf("CN=CA", 1), authority("CN=CA", 2, "CN=root", 0), authority("CN=CA", 1, "CN=root", 0));
        VerifyRequest request = openSsl();
        assertEquals(7, verdict(presented, List.of(root), request).code().number());
        VerifyResult found = verdict(presented, List.of(root), Requests.under(request, VerifyProfile.OPENSSL, true));
        assertTrue(found.ok(), found::explanation);
        assertEquals(List.of(presented.get(0), presented.get(2), root), found.chain());
    }

    /** An anchor that is not trusted for servers, and a certificate of the same authority by one that is. */
    @Test
    void aDistrustedTwinIsGoneAround() throws Exception {
        X509Certificate distrusted = authority("CN=CA", 1, "CN=CA", 1);
        X509Certificate root = authority("CN=root", 0, "CN=root", 0);
        List<X509Certificate> presented = List.of(leaf("CN=CA", 1), authority("CN=CA", 1, "CN=root", 0));
        byte[] purposes = Extensions.extendedKeyUsage("1.3.6.1.5.5.7.3.1");
        byte[] rejected = DerWriter.sequence(
                DerWriter.element(DerReader.context(0), Arrays.copyOfRange(purposes, 2, purposes.length)));
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(distrusted.getEncoded());
        block.write(rejected);
        String store = pem("TRUSTED CERTIFICATE", block.toByteArray()) + pem("CERTIFICATE", root.getEncoded());
        CryptoServices crypto = CryptoServices.ofPlatform();
        ChainVerifier verifier =
                new ChainVerifier(TrustStore.builder().pem(store).build().load(crypto), crypto);
        assertEquals(28, verifier.verify(presented, openSsl()).code().number());
        VerifyResult found = verifier.verify(presented, Requests.under(openSsl(), VerifyProfile.OPENSSL, true));
        assertTrue(found.ok(), found::explanation);
        // The distrusted certificate itself is no way to anywhere, whoever sends it.
        List<X509Certificate> sent = List.of(presented.get(0), distrusted);
        assertEquals(
                28,
                verifier.verify(sent, Requests.under(openSsl(), VerifyProfile.OPENSSL, true))
                        .code()
                        .number());
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }
}
