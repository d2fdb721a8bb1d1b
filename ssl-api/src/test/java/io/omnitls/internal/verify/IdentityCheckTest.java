package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.forge.Keys;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.PlainCertificate;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This end's own chain has to be as strong as it asks of a peer's, as in {@code SSL_CTX_use_certificate}. */
class IdentityCheckTest {
    private static final KeyPair RSA_1024 = Keys.p256(10);

    @TempDir
    Path directory;

    private static CertifiedKey identity(MadeByOpenSsl chain, int length) throws Exception {
        List<X509Certificate> certificates = new ArrayList<>();
        for (int i = length - 1; i >= 0; i--) {
            certificates.add(new PlainCertificate(CertificateView.parse(MadeByOpenSsl.der(chain.member(i)))));
        }
        return new CertifiedKey(Keys.p256(2).getPrivate(), certificates);
    }

    private MadeByOpenSsl chain(KeyPair root, KeyPair leaf, String... options) throws Exception {
        return new MadeByOpenSsl(directory)
                .below("root", MadeByOpenSsl.pem(root), "basicConstraints=CA:TRUE", options)
                .below("leaf", MadeByOpenSsl.pem(leaf), "basicConstraints=CA:FALSE", options);
    }

    private static ErrorReason reason(MadeByOpenSsl chain, SecurityLevel level) throws Exception {
        CertifiedKey identity = identity(chain, 2);
        return assertThrows(TlsException.class, () -> new IdentityCheck(level).require(identity))
                .reason();
    }

    @Test
    void aStrongChainTellsItsKey() throws Exception {
        MadeByOpenSsl chain = chain(Keys.p256(0), Keys.p256(2));
        IdentityCheck check = new IdentityCheck(SecurityLevel.LEVEL_3);
        check.require(identity(chain, 2));
        assertEquals("EC on secp256r1", check.key(identity(chain, 2)).name());
        assertEquals(ErrorReason.EE_KEY_TOO_SMALL, reason(chain, SecurityLevel.LEVEL_4));
    }

    @Test
    void everyKeyAndEverySignatureCounts() throws Exception {
        assertEquals(ErrorReason.EE_KEY_TOO_SMALL, reason(chain(Keys.p256(0), RSA_1024), SecurityLevel.LEVEL_2));
        MadeByOpenSsl weakRoot = chain(RSA_1024, Keys.p256(2));
        assertEquals(ErrorReason.CA_KEY_TOO_SMALL, reason(weakRoot, SecurityLevel.LEVEL_2));
        new IdentityCheck(SecurityLevel.LEVEL_1).require(identity(weakRoot, 2));
        MadeByOpenSsl sha1 = chain(Keys.p256(0), Keys.p256(2), "-sha1");
        assertEquals(ErrorReason.CA_MD_TOO_WEAK, reason(sha1, SecurityLevel.LEVEL_1));
        new IdentityCheck(SecurityLevel.LEVEL_0).require(identity(sha1, 2));
        // What a root says of itself proves nothing.
        new IdentityCheck(SecurityLevel.LEVEL_2).require(identity(sha1, 1));
    }
}
