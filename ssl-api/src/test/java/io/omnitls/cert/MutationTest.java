package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.TlsException;
import io.omnitls.forge.random.RandomTree;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.spi.CryptoServices;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Certificates, CRLs and PEM texts with a few changed, lost, doubled or moved bytes: what is thrown is declared, and what
 * can still be read can be decoded. The system property {@code mutation.cases} says how many.
 */
class MutationTest {
    private static final int CASES = Integer.getInteger("mutation.cases", 20_000);

    private final long seed = Long.getLong("mutation.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final CryptoServices crypto = CryptoServices.ofPlatform();

    private byte[] mutated(byte[] good) {
        byte[] bad = good.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bad.length);
            switch (random.nextInt(5)) {
                case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bad[at] = (byte) random.nextInt(256);
                case 2 -> bad[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                case 3 -> {
                    int from = random.nextInt(bad.length);
                    System.arraycopy(bad, from, bad, at, Math.min(16, bad.length - Math.max(from, at)));
                }
                default -> {
                    byte[] shorter = new byte[Math.max(8, bad.length - random.nextInt(20))];
                    System.arraycopy(bad, 0, shorter, 0, Math.min(shorter.length, bad.length));
                    bad = shorter;
                }
            }
        }
        return bad;
    }

    @Test
    @Timeout(120)
    void whatIsThrownIsDeclared() throws Exception {
        List<byte[]> certificates = new ArrayList<>();
        List<byte[]> crls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RandomTree tree = new RandomTree(random);
            certificates.addAll(tree.presented());
            crls.addAll(tree.crls());
        }
        int read = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = mutated(pick(random.nextInt(4) == 0 ? crls : certificates));
            try {
                read += decode(bytes);
            } catch (TlsException declared) {
                assertTrue(String.valueOf(declared.getMessage()).length() < 2_000, "a message, not a dump");
            } catch (RuntimeException | Error undeclared) {
                throw new AssertionError(
                        "-Dmutation.seed=" + seed + ": " + Base64.getEncoder().encodeToString(bytes), undeclared);
            }
        }
        int readable = read;
        assertTrue(readable > CASES / 20 && readable < CASES, () -> readable + " of " + CASES + " could be read");
    }

    private byte[] pick(List<byte[]> list) {
        return list.get(random.nextInt(list.size()));
    }

    private int decode(byte[] bytes) throws TlsException, DerException {
        TrustStore.Builder store = TrustStore.builder();
        if (random.nextInt(3) == 0) {
            String text = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END CERTIFICATE-----\n";
            store.pem(new String(mutated(text.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.ISO_8859_1));
        } else {
            store.der(bytes);
        }
        TrustAnchors anchors = store.build().load(crypto);
        for (X509Certificate certificate : anchors.certificates()) {
            CertificateInfo info = CertificateInfo.of(certificate);
            assertTrue(info.toString() != null && !info.isEmpty());
            HostnameMatcher.match(certificate, PeerName.of("server.example"));
            HostnameMatcher.match(certificate, PeerName.email("a@b.example"));
            HostnameMatcher.names(certificate);
            SubjectHash.of(CertificateView.of(certificate).subject(), crypto);
        }
        return anchors.certificates().size();
    }
}
