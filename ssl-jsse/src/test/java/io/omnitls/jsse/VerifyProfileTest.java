package io.omnitls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.CertificateVerifier;
import io.omnitls.ClientContext;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.VerifyMode;
import org.junit.jupiter.api.Test;

/** The settings of {@link VerifyProfile} on those that have them. */
class VerifyProfileTest {

    @Test
    void contextsKeepTheProfile() throws TlsException {
        ClientContext plain = ClientContext.builder()
                .verifyMode(VerifyMode.NONE)
                .checkHostname(false)
                .build();
        assertEquals(VerifyProfile.OPENSSL, plain.verifyProfile());
        assertFalse(plain.backtracking());
        assertEquals(100, plain.maxChainDepth());
        ClientContext searching = plain.toBuilder().backtracking(true).build();
        assertTrue(searching.toBuilder().build().backtracking());
        ClientContext webPki = plain.toBuilder().verifyProfile(VerifyProfile.WEBPKI).build().toBuilder()
                .build();
        assertEquals(VerifyProfile.WEBPKI, webPki.verifyProfile());
        assertTrue(webPki.backtracking());
        assertEquals(10, webPki.maxChainDepth());
        assertEquals(3, webPki.toBuilder().maxChainDepth(3).build().maxChainDepth());
    }

    @Test
    void aCommonNameContradictsWebPki() {
        ClientContext.Builder builder = ClientContext.builder()
                .verifyMode(VerifyMode.NONE)
                .checkHostname(false)
                .hostnameChecksCommonName(true)
                .verifyProfile(VerifyProfile.WEBPKI);
        assertThrows(IllegalArgumentException.class, builder::build);
        CertificateVerifier.Builder verifier = CertificateVerifier.builder()
                .verifyLocations(TrustStore.builder().build())
                .hostnameChecksCommonName(true)
                .verifyProfile(VerifyProfile.WEBPKI);
        assertThrows(IllegalArgumentException.class, verifier::build);
    }
}
