package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.VerifyCode;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.spi.CryptoServices;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What anybody may send before he is known costs little; the benchmarks say how little. */
@Timeout(10)
class HostileChainTest {
    private final Instant now = Instant.now();
    private final X509Certificate root = authority("CN=root", "CN=root", 0, 0).get();

    private interface Made {
        X509Certificate get();
    }

    private Made authority(String subject, String issuer, int key, int signer) {
        return () -> make(
                new Forge()
                        .subject(subject)
                        .issuer(issuer)
                        .serial(System.nanoTime())
                        .extension(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, -1)),
                key,
                signer);
    }

    private X509Certificate make(Forge forge, int key, int signer) {
        try {
            return forge.valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))
                    .certificate(Keys.p256(key), Keys.p256(signer));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private VerifyResult verify(List<X509Certificate> presented) {
        return new ChainVerifier(TrustAnchors.of(List.of(root)), CryptoServices.ofPlatform())
                .verify(
                        presented,
                        Requests.openSsl(
                                Purpose.SERVER, Optional.of(PeerName.of("server.example")), now, Set.of(), 112));
    }

    @Test
    void aHundredIntermediatesOfOneNameLeadNowhere() {
        List<X509Certificate> presented = new ArrayList<>();
        presented.add(make(new Forge().subject("CN=leaf").issuer("CN=same"), 1, 2));
        for (int i = 0; i < 100; i++) {
            presented.add(authority("CN=same", "CN=same 2", 1 + i % 7, 1).get());
            presented.add(authority("CN=same 2", "CN=same", 1 + i % 7, 1).get());
        }
        assertFalse(verify(presented).ok());
    }

    @Test
    void aChainLongerThanTheLimitIsTooLong() {
        List<X509Certificate> presented = new ArrayList<>();
        presented.add(make(new Forge().subject("CN=leaf").issuer("CN=0"), 1, 1));
        for (int i = 0; i < 150; i++) {
            presented.add(authority("CN=" + i, "CN=" + (i + 1), 1, 1).get());
        }
        assertEquals(VerifyCode.CERT_CHAIN_TOO_LONG, verify(presented).code());
    }

    @Test
    void tenThousandNamesAreJudged() {
        String[] names = new String[10_000];
        for (int i = 0; i < names.length; i++) {
            names[i] = "host" + i + ".example";
        }
        names[names.length - 1] = "server.example";
        X509Certificate leaf = make(
                new Forge()
                        .subject("CN=leaf")
                        .issuer("CN=root")
                        .extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames(names)),
                1,
                0);
        assertEquals(VerifyCode.OK, verify(List.of(leaf)).code());
    }

    @Test
    void tenThousandConstraintsOnTenThousandNamesAreRefused() {
        String[] names = new String[10_000];
        for (int i = 0; i < names.length; i++) {
            names[i] = "host" + i + ".example";
        }
        names[0] = "server.example";
        X509Certificate authority = make(
                new Forge()
                        .subject("CN=limited")
                        .issuer("CN=root")
                        .extension(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, -1))
                        .extension(Extensions.NAME_CONSTRAINTS, true, Extensions.nameConstraints(0, names)),
                1,
                0);
        X509Certificate leaf = make(
                new Forge()
                        .subject("CN=leaf")
                        .issuer("CN=limited")
                        .extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames(names)),
                2,
                1);
        assertEquals(VerifyCode.UNSPECIFIED, verify(List.of(leaf, authority)).code());
    }

    @Test
    void aMebibyteOfExtensionIsJudged() {
        X509Certificate leaf = make(
                new Forge()
                        .subject("CN=leaf")
                        .issuer("CN=root")
                        .extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames("server.example"))
                        .extension(Extensions.UNKNOWN, false, new byte[1 << 20]),
                1,
                0);
        assertEquals(VerifyCode.OK, verify(List.of(leaf)).code());
    }
}
