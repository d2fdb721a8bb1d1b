package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.BackendCall;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Identities in a {@link KeyStore} of the user's. */
final class KeyStoreCredentials {
    private KeyStoreCredentials() {}

    static CertifiedKey entry(KeyStore store, String alias, PasswordSource password, CryptoServices crypto)
            throws TlsException {
        String where = "the key store's entry '" + Excerpt.name(alias) + "'";
        PrivateKey key = privateKey(store, alias, password, where);
        return KeyMatch.require(new CertifiedKey(key, chain(store, alias, where)), crypto, where);
    }

    private static PrivateKey privateKey(KeyStore store, String alias, PasswordSource password, String where)
            throws TlsException {
        char[] secret = password.password();
        try {
            if (BackendCall.guarded(() -> store.getKey(alias, secret)) instanceof PrivateKey key) {
                return key;
            }
            throw new TlsException(ErrorReason.NO_START_LINE, where + " is not there, or not a private key");
        } catch (UnrecoverableKeyException e) {
            throw new TlsException(ErrorReason.BAD_DECRYPT, where + " cannot be decrypted: the password is wrong");
        } catch (GeneralSecurityException e) {
            throw unreadable(where, e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static List<X509Certificate> chain(KeyStore store, String alias, String where) throws TlsException {
        Certificate @Nullable [] stored;
        try {
            stored = BackendCall.guarded(() -> store.getCertificateChain(alias));
        } catch (GeneralSecurityException e) {
            throw unreadable(where, e);
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : stored == null ? new Certificate[0] : stored) {
            if (!(certificate instanceof X509Certificate x509)) {
                throw new TlsException(
                        ErrorReason.BAD_ASN1,
                        where + " has a certificate that is not X.509 but " + Excerpt.name(certificate.getType()));
            }
            chain.add(x509);
        }
        if (chain.isEmpty()) {
            throw new TlsException(
                    ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND, where + " has a private key, but no certificate");
        }
        return NamedCertificates.require(chain, where);
    }

    private static TlsException unreadable(String where, GeneralSecurityException e) {
        return new TlsException(ErrorReason.INTERNAL_ERROR, where + " cannot be read: " + Excerpt.of(e));
    }
}
