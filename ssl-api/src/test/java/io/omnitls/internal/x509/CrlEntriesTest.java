package io.omnitls.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.Der;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.forge.Names;
import io.omnitls.forge.Times;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an entry of a CRL says depends on those before it: {@code crl_set_issuers} of OpenSSL. */
class CrlEntriesTest {
    private static final byte[] REMOVED = Forge.extensionElement(Extensions.REASON_CODE, false, Der.enumerated(8));
    private static final byte[] OTHER_ISSUER = Forge.extensionElement(
            Extensions.CERTIFICATE_ISSUER, true, Der.sequence(Names.directoryName(Names.commonName("somebody"))));
    private static final byte[] MALFORMED_ISSUER =
            Forge.extensionElement(Extensions.CERTIFICATE_ISSUER, true, Der.sequence(Der.sequence(Der.integer(1))));

    private final Forge forge = new Forge().issuer(Names.commonName("root"));

    private void entry(int serial, byte[]... extensions) {
        forge.revoke(Der.integer(serial), Times.usual(Instant.now()), extensions);
    }

    private Optional<RevokedCertificate> found(int serial) throws Exception {
        return CrlView.parse(forge.crl(Keys.scheme(Keys.p256(0)))).revoked(BigInteger.valueOf(serial));
    }

    @Test
    void anIssuerSpeaksForTheEntriesThatFollow() throws Exception {
        entry(1);
        entry(2, OTHER_ISSUER);
        entry(3);
        assertTrue(found(1).isPresent());
        assertEquals(Optional.empty(), found(2));
        assertEquals(Optional.empty(), found(3));
    }

    @Test
    void nothingIsBelievedBehindAnEntryThatCannotBeRead() throws Exception {
        entry(1, REMOVED);
        entry(2, OTHER_ISSUER);
        entry(3, MALFORMED_ISSUER);
        entry(4, REMOVED);
        entry(5, OTHER_ISSUER);
        assertTrue(found(1).orElseThrow().removed());
        for (int serial = 3; serial <= 5; serial++) {
            assertFalse(found(serial).orElseThrow().removed(), "entry " + serial);
        }
    }
}
