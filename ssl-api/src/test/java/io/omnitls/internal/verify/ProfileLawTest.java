package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.cert.VerifyResult;
import io.omnitls.forge.RandomTree;
import io.omnitls.spi.CryptoServices;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Rule 5.60: the profiles on the hierarchies that OpenSSL's verdicts are compared over: what it refuses on every path is refused by
 * WEBPKI with the same code, and WEBPKI accepts nothing that it refuses.
 */
class ProfileLawTest {
    private static final int CASES = 600;

    @Test
    void webPkiRefusesWhatOpenSslRefuses() throws Exception {
        long seed = Long.getLong("verify.seed", System.nanoTime());
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(seed + i);
            RandomTree tree = new RandomTree(random);
            Set<VerifyFlag> flags = EnumSet.of(VerifyFlag.X509_STRICT, VerifyFlag.X509_PARTIAL_CHAIN);
            for (VerifyFlag flag :
                    List.of(VerifyFlag.CRL_CHECK_LEAF, VerifyFlag.CRL_CHECK_CHAIN, VerifyFlag.ALLOW_PROXY_CERTS)) {
                if (random.nextInt(4) == 0) {
                    flags.add(flag);
                }
            }
            VerifyRequest request = new VerifyRequest(
                    List.of(Purpose.SERVER, Purpose.CLIENT, Purpose.ANY).get(random.nextInt(3)),
                    Optional.of(PeerName.of("server.example")),
                    Instant.now(),
                    flags,
                    112,
                    VerifyRequest.DEFAULT_MAX_DEPTH);
            ChainVerifier verifier =
                    new ChainVerifier(TrustAnchors.of(tree.trusted(), tree.crls()), CryptoServices.ofPlatform());
            VerifyResult openSsl = verifier.verify(tree.presented(), request.under(VerifyProfile.OPENSSL, true));
            VerifyResult webPki = verifier.verify(tree.presented(), request.under(VerifyProfile.WEBPKI, false));
            String repeat = "-Dverify.seed=" + (seed + i) + ": " + webPki.explanation();
            if (!openSsl.ok()) {
                refused++;
                assertEquals(openSsl.code(), webPki.code(), repeat);
                assertEquals(openSsl.depth(), webPki.depth(), repeat);
            }
        }
        assertTrue(refused > CASES / 4 && refused < CASES, "of " + CASES + " are refused " + refused);
    }
}
