package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.forge.random.RandomTree;
import io.omnitls.spi.CryptoServices;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A certificate with a changed bit is never good, and never anything but a verdict. */
class MutatedChainTest {

    private static final int SEQUENCE_HEADER = 4;

    @Test
    @Timeout(60)
    void aChangedBitOfTheLeafIsNeverGood() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        int good = 0;
        for (int i = 0; i < 500; i++) {
            RandomTree tree = new RandomTree(random);
            List<X509Certificate> presented = new ArrayList<>(tree.presented(factory));
            Optional<VerifyResult> before = verify(tree, presented);
            if (before.isEmpty() || !before.get().ok()) {
                continue;
            }
            good++;
            byte[] encoded = presented.get(0).getEncoded();
            // The signed part comes first; what stands around the signature itself proves nothing.
            int signed = ChainVerifier.viewed(presented.get(0))
                    .signed()
                    .signedBytes()
                    .size();
            encoded[SEQUENCE_HEADER + random.nextInt(signed)] ^= (byte) (1 << random.nextInt(8));
            X509Certificate changed;
            try {
                changed = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded));
            } catch (CertificateException unreadable) {
                continue;
            }
            presented.set(0, changed);
            VerifyResult after = verify(tree, presented).orElseThrow();
            assertFalse(after.ok(), () -> "seed " + seed + ": " + changed);
            assertNotEquals(VerifyCode.UNSPECIFIED, after.code(), () -> "seed " + seed + ": " + after.explanation());
        }
        assertNotEquals(0, good);
    }

    /** The verdict; none where the trust store itself cannot be read. */
    private static Optional<VerifyResult> verify(RandomTree tree, List<X509Certificate> presented) {
        TrustAnchors anchors;
        try {
            anchors = TrustStore.builder().pem(tree.store()).build().load(CryptoServices.ofPlatform());
        } catch (TlsException unreadable) {
            return Optional.empty();
        }
        return Optional.of(new ChainVerifier(anchors, CryptoServices.ofPlatform())
                .verify(
                        presented,
                        Requests.openSsl(
                                Purpose.SERVER,
                                Optional.empty(),
                                Instant.now(),
                                Set.of(VerifyFlag.CRL_CHECK_LEAF),
                                80)));
    }
}
