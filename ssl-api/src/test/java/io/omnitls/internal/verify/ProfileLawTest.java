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
import io.omnitls.forge.differential.RandomCase;
import io.omnitls.spi.CryptoServices;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
        long seed = RandomCase.firstSeed();
        int refused = 0;
        CryptoServices crypto = CryptoServices.ofPlatform();
        for (int i = 0; i < CASES; i++) {
            RandomCase one = RandomCase.of(seed + i);
            TrustAnchors anchors;
            try {
                anchors = TrustStore.builder().pem(one.tree().store()).build().load(crypto);
            } catch (TlsException unreadable) {
                continue;
            }
            Set<VerifyFlag> flags = EnumSet.of(VerifyFlag.X509_STRICT, VerifyFlag.X509_PARTIAL_CHAIN);
            one.options().forEach(option -> flags.add(VerifyFlag.valueOf(option.name())));
            VerifyRequest request = Requests.openSsl(
                    Purpose.valueOf(one.purpose().name()),
                    Optional.of(PeerName.of(one.host())),
                    Instant.now(),
                    flags,
                    112);
            ChainVerifier verifier = new ChainVerifier(anchors, crypto);
            List<X509Certificate> presented = one.tree().presented(crypto.certificateFactory());
            VerifyResult openSsl = verifier.verify(presented, Requests.under(request, VerifyProfile.OPENSSL, true));
            VerifyResult webPki = verifier.verify(presented, Requests.under(request, VerifyProfile.WEBPKI, false));
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
