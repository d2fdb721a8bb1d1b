package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.CryptoServices;
import java.util.List;
import org.junit.jupiter.api.Test;

class BcFipsCapabilitiesTest {

    @Test
    void olderVersionsThanTls12AreNotDeclared() {
        assertEquals(List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3), TestContext.CAPABILITIES.versions());
    }

    @Test
    void suitesWithoutEncryptionOrIdentityAreNotDeclared() {
        for (String suite : TestContext.CAPABILITIES.cipherSuites()) {
            assertFalse(suite.matches(".*(_NULL_|_anon_|_3DES_|_RC4_|_EXPORT_|_SCSV).*"), suite);
        }
    }

    /** The core keeps the provider's order in TLS 1.3. */
    @Test
    void theSuitesOfTls13AreInOrderOfPreference() {
        List<String> tls13 = TestContext.CAPABILITIES.cipherSuites().stream()
                .filter(TestContext::isTls13)
                .toList();
        List<String> general = List.of(
                "TLS_AES_256_GCM_SHA384",
                "TLS_AES_128_GCM_SHA256",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_AES_128_CCM_8_SHA256",
                "TLS_AES_128_CCM_SHA256");

        assertEquals(general.stream().filter(tls13::contains).toList(), tls13);
    }

    @Test
    void allCryptographyIsTheModules() throws Exception {
        CryptoServices crypto = TestContext.PROVIDER.crypto();

        assertEquals("BCFIPS", crypto.random().getProvider().getName());
        assertEquals("BCFIPS", crypto.certificateFactory().getProvider().getName());
        assertEquals("BCFIPS", crypto.keyFactory("EC").getProvider().getName());
        assertEquals(
                "BCFIPS", crypto.cipher("AES/CBC/PKCS5Padding").getProvider().getName());
        assertEquals("BCFIPS", crypto.mac("HmacSHA256").getProvider().getName());
    }
}
