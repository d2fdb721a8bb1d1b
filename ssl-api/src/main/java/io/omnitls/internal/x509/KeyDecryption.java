package io.omnitls.internal.x509;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Takes the encryption off a private key: PKCS#8's, and that of PEM itself (RFC 1421, with OpenSSL's key derivation). */
final class KeyDecryption {
    private final CryptoServices crypto;
    private final Secret secret;
    private final String source;
    private final PasswordEncryption encryption;

    KeyDecryption(CryptoServices crypto, Secret secret, Rounds rounds, String source) {
        this.crypto = crypto;
        this.secret = secret;
        this.source = source;
        this.encryption =
                new PasswordEncryption(crypto, secret, rounds, source + ": the key", PasswordEncryption.Container.KEY);
    }

    /**
     * The content of an ENCRYPTED PRIVATE KEY block, decrypted.
     *
     * <pre>
     * EncryptedPrivateKeyInfo ::= SEQUENCE {
     *     encryptionAlgorithm AlgorithmIdentifier,
     *     encryptedData       OCTET STRING }
     * </pre>
     */
    byte[] pkcs8(byte[] encrypted) throws TlsException {
        try {
            DerReader info = DerReader.of(encrypted).enter(DerReader.SEQUENCE);
            DerReader algorithm = info.enter(DerReader.SEQUENCE);
            return encryption.decrypt(algorithm, info.content(DerReader.OCTET_STRING));
        } catch (DerException e) {
            throw new TlsException(
                    ErrorReason.BAD_ASN1, source + ": the encrypted key is malformed: " + e.getMessage());
        }
    }

    /**
     * The content of a block with the headers {@code Proc-Type: 4,ENCRYPTED} and {@code DEK-Info: cipher,iv}. OpenSSL
     * derives the key with one round of MD5, the first eight bytes of the IV being the salt.
     */
    byte[] legacy(String dekInfo, byte[] data) throws TlsException {
        String[] parts = dekInfo.split(",", -1);
        Optional<CipherSpec> cipher = CipherSpec.of(parts[0].trim());
        byte[] iv = parts.length == 2 ? hex(parts[1].trim()) : new byte[0];
        if (cipher.isEmpty() || iv.length < 8) {
            throw encryption.unsupported("DEK-Info: " + Excerpt.of(parts[0].trim()));
        }
        byte[] key = new byte[cipher.get().keyLength()];
        MessageDigest md5 = encryption.available(() -> crypto.messageDigest("MD5"));
        byte[] block = new byte[0];
        for (int filled = 0; filled < key.length; filled += block.length) {
            md5.update(block);
            md5.update(secret.utf8());
            md5.update(iv, 0, 8);
            block = md5.digest();
            System.arraycopy(block, 0, key, filled, Math.min(block.length, key.length - filled));
        }
        Arrays.fill(block, (byte) 0);
        return encryption.decrypt(cipher.get(), key, iv, data);
    }

    private static byte[] hex(String digits) {
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(digits.charAt(2 * i), 16);
            int low = Character.digit(digits.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                return new byte[0];
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }
}
