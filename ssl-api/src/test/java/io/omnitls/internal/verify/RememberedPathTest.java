package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.VerifyCode;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.internal.x509.PlainCertificate;
import io.omnitls.spi.CryptoServices;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A verdict that is remembered is the one that would be given again. */
class RememberedPathTest {
    private final Instant now = Instant.now();
    private final X509Certificate root = certificate(
            new Forge()
                    .subject("CN=root")
                    .issuer("CN=root")
                    .extension(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, -1)),
            0);
    private final X509Certificate leaf = certificate(
            new Forge()
                    .subject("CN=leaf")
                    .issuer("CN=root")
                    .extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames("server.example")),
            1);
    private final ChainVerifier verifier =
            new ChainVerifier(TrustAnchors.of(List.of(root)), CryptoServices.ofPlatform());

    private X509Certificate certificate(Forge forge, int key) {
        try {
            return forge.valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))
                    .certificate(Keys.p256(key), Keys.p256(0));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private VerifyCode code(X509Certificate certificate, Instant time, String name, Purpose purpose, int bits) {
        return verifier.verify(
                        List.of(certificate),
                        Requests.openSsl(purpose, Optional.of(PeerName.of(name)), time, Set.of(), bits))
                .code();
    }

    @Test
    void whateverChangesIsJudgedAnew() {
        for (int i = 0; i < 3; i++) {
            assertEquals(VerifyCode.OK, code(leaf, now, "server.example", Purpose.SERVER, 112));
            assertEquals(VerifyCode.HOSTNAME_MISMATCH, code(leaf, now, "other.example", Purpose.SERVER, 112));
            assertEquals(VerifyCode.EE_KEY_TOO_SMALL, code(leaf, now, "server.example", Purpose.SERVER, 192));
            assertEquals(
                    VerifyCode.CERT_HAS_EXPIRED,
                    code(leaf, now.plus(Duration.ofDays(2)), "server.example", Purpose.SERVER, 112));
            assertEquals(
                    VerifyCode.CERT_NOT_YET_VALID,
                    code(leaf, now.minus(Duration.ofDays(2)), "server.example", Purpose.SERVER, 112));
            X509Certificate impostor = certificate(
                    new Forge()
                            .subject("CN=leaf")
                            .issuer("CN=leaf 2")
                            .extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames("server.example")),
                    1);
            assertEquals(
                    VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                    code(impostor, now, "server.example", Purpose.SERVER, 112));
        }
    }

    /** Somebody else may have brought the same bytes before, in an object of another class. */
    @Test
    void theChainHasTheObjectsThatWereAskedFor() {
        X509Certificate same = certificate(
                new Forge()
                        .subject("CN=leaf")
                        .issuer("CN=root")
                        .extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames("server.example")),
                1);
        X509Certificate stranger = new PlainCertificate(ChainVerifier.viewed(same));
        VerifyRequest request =
                Requests.openSsl(Purpose.SERVER, Optional.of(PeerName.of("server.example")), now, Set.of(), 112);
        for (X509Certificate asked : List.of(stranger, same, stranger)) {
            VerifyResult result = verifier.verify(List.of(asked), request);
            assertEquals(VerifyCode.OK, result.code());
            assertSame(asked, result.chain().get(0));
        }
    }
}
