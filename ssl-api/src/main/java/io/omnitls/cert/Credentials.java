package io.omnitls.cert;

import io.omnitls.error.TlsException;
import io.omnitls.internal.given.Given;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * Where an identity comes from: a certificate chain and the private key that fits it. Loaded with the provider's own
 * cryptography when a context is built, so that a key never passes through another module; loaded again by each build.
 */
@FunctionalInterface
public interface Credentials {

    /**
     * Loads the identity.
     *
     * @throws TlsException when a file is missing (NO_SUCH_FILE) or malformed, a password is wrong (BAD_DECRYPT) or
     *     missing (BAD_PASSWORD_READ), the key or the certificate is missing (NO_START_LINE, NO_CERTIFICATE_OR_CRL_FOUND),
     *     they do not fit (KEY_VALUES_MISMATCH), or the backend cannot take off the encryption (UNSUPPORTED_ENCRYPTION) or
     *     use the key (UNSUPPORTED_KEY_TYPE)
     */
    CertifiedKey load(CryptoServices crypto) throws TlsException;

    /** A PEM file with the chain, the identity's own certificate first, and the key before or behind it. */
    static Credentials pem(Path chainAndKey) {
        Objects.requireNonNull(chainAndKey, "chainAndKey");
        return pem(chainAndKey, chainAndKey);
    }

    /** A PEM file with the chain, the identity's own certificate first, and one with the key. */
    static Credentials pem(Path chain, Path key) {
        return pem(chain, key, PemCredentials::noPassword);
    }

    /**
     * The same with an encrypted key: PKCS#8 (PBES2, PBES1) or the encryption of PEM itself.
     *
     * @param password asked only if the key is encrypted
     */
    static Credentials pem(Path chain, Path key, PasswordSource password) {
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(password, "password");
        return crypto -> PemCredentials.load(SourceFile.read(chain), SourceFile.read(key), password, crypto);
    }

    /** PEM texts with the chain and with the key; they may be the same. */
    static Credentials pem(String chain, String key, PasswordSource password) {
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(password, "password");
        return crypto -> PemCredentials.load(
                SourceFile.of(chain, "the chain's text"), SourceFile.of(key, "the key's text"), password, crypto);
    }

    /** PEM texts with the chain and with an unencrypted key; they may be the same. */
    static Credentials pem(String chain, String key) {
        return pem(chain, key, PemCredentials::noPassword);
    }

    /**
     * The first identity in a PKCS#12 file: a private key, its certificate and, of the others in the file, those that the
     * certificate was issued through. Passwords may have any characters.
     */
    static Credentials pkcs12(Path file, PasswordSource password) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(password, "password");
        return crypto -> Pkcs12Credentials.load(SourceFile.read(file), password, crypto);
    }

    /** An entry of a key store, which may be a hardware token: its key is never asked for an encoding. */
    static Credentials keyStore(KeyStore store, String alias, PasswordSource password) {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(alias, "alias");
        Objects.requireNonNull(password, "password");
        return crypto -> KeyStoreCredentials.entry(store, alias, password, crypto);
    }

    /** A key and its chain as they are. The key is never asked for an encoding. */
    static Credentials of(PrivateKey key, List<X509Certificate> chain) {
        Objects.requireNonNull(key, "key");
        Given.all(chain, "chain");
        CertifiedKey identity = new CertifiedKey(key, chain);
        return crypto -> KeyMatch.require(identity, crypto, "the key");
    }
}
