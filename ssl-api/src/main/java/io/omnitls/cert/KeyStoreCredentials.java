package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Identities in a {@link KeyStore}. */
final class KeyStoreCredentials {
    private KeyStoreCredentials() {}

    static CertifiedKey pkcs12(SourceFile file, PasswordSource password, CryptoServices crypto) throws TlsException {
        char[] secret = password.password();
        try {
            KeyStore store = empty(file.name(), crypto);
            store.load(new ByteArrayInputStream(file.content()), secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return entry(store, alias, secret::clone, crypto);
                }
            }
            throw new TlsException(ErrorReason.NO_START_LINE, file.name() + ": no private key in it");
        } catch (IOException e) {
            throw e instanceof TlsException tls ? tls : unreadable(file.name(), e);
        } catch (GeneralSecurityException e) {
            throw unreadable(file.name(), e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static KeyStore empty(String name, CryptoServices crypto) throws TlsException {
        try {
            return crypto.keyStore("PKCS12");
        } catch (NoSuchAlgorithmException absent) {
            throw new TlsException(
                    ErrorReason.UNSUPPORTED_ENCRYPTION,
                    name
                            + ": the backend reads no PKCS#12, at least not in its present mode; convert the file to PEM with"
                            + " openssl pkcs12, and encrypt the key with PBES2",
                    absent);
        }
    }

    private static TlsException unreadable(String name, Exception e) {
        return e.getCause() instanceof UnrecoverableKeyException
                ? new TlsException(ErrorReason.BAD_DECRYPT, name + ": the password is wrong", e)
                : new TlsException(ErrorReason.BAD_ASN1, name + ": cannot be read: " + e.getMessage(), e);
    }

    static CertifiedKey entry(KeyStore store, String alias, PasswordSource password, CryptoServices crypto)
            throws TlsException {
        char[] secret = password.password();
        try {
            if (!(store.getKey(alias, secret) instanceof PrivateKey key)) {
                throw new TlsException(
                        ErrorReason.NO_START_LINE, "the key store has no private key with the alias '" + alias + "'");
            }
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : store.getCertificateChain(alias)) {
                chain.add((X509Certificate) certificate);
            }
            return KeyMatch.require(new CertifiedKey(key, chain), crypto, "the entry '" + alias + "'");
        } catch (UnrecoverableKeyException e) {
            throw new TlsException(
                    ErrorReason.BAD_DECRYPT, "the password of the key store's entry '" + alias + "' is wrong", e);
        } catch (GeneralSecurityException e) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR,
                    "cannot read the key store's entry '" + alias + "': " + e.getMessage(),
                    e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
