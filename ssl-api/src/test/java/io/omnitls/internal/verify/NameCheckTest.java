package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.PeerName;
import io.omnitls.error.VerifyCode;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameCheckTest {

    @Test
    void anAddressInADnsNameIsSaidToBeThere() throws Exception {
        ChainCheck.Finding finding = finding("192.0.2.7", "192.0.2.7");

        assertEquals(VerifyCode.IP_ADDRESS_MISMATCH, finding.code());
        assertTrue(finding.explanation().contains("as a dNSName and not as an iPAddress"), finding::explanation);
    }

    @Test
    void anotherAddressInADnsNameIsNotTheReason() throws Exception {
        assertEquals(
                "the certificate is for 192.0.2.8, not for 192.0.2.7",
                finding("192.0.2.7", "192.0.2.8").explanation());
    }

    @Test
    void namesOfStrangersAreShownInPart() throws Exception {
        ChainCheck.Finding finding =
                finding("server.example", "\u001b[2J\n" + "a".repeat(5000), "b", "c", "d", "e", "f");

        assertFalse(finding.explanation().chars().anyMatch(Character::isISOControl), finding::explanation);
        assertTrue(finding.explanation().length() < 300, finding::explanation);
    }

    private static ChainCheck.Finding finding(String name, String... dnsNames) throws Exception {
        X509Certificate leaf = new Forge()
                .extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames(dnsNames))
                .certificate(Keys.p256(0), Keys.p256(0));
        return new NameCheck(PeerName.of(name), false)
                .check(new CertificatePath(List.of(PathMember.presented(ChainVerifier.viewed(leaf), leaf))))
                .orElseThrow();
    }
}
