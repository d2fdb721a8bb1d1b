package io.omnitls.internal.x509;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes the encryption off a private key: PKCS#8's PBES2 (RFC 8018; PBKDF2 and scrypt) and PBES1, and the encryption of
 * PEM itself (RFC 1421, with OpenSSL's key derivation). Uses the primitives of the JCA alone: its own readers of these
 * forms know some of them, and others in each backend.
 */
final class KeyDecryption {
    /** More would take minutes; OpenSSL writes 2048. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private static final CipherSpec DES = new CipherSpec("DES", 8);

    private static final Map<String, CipherSpec> CIPHERS = Map.of(
            "2.16.840.1.101.3.4.1.2", new CipherSpec("AES", 16),
            "2.16.840.1.101.3.4.1.22", new CipherSpec("AES", 24),
            "2.16.840.1.101.3.4.1.42", new CipherSpec("AES", 32),
            "1.2.840.113549.3.7", new CipherSpec("DESede", 24),
            "1.3.14.3.2.7", DES,
            "AES-128-CBC", new CipherSpec("AES", 16),
            "AES-192-CBC", new CipherSpec("AES", 24),
            "AES-256-CBC", new CipherSpec("AES", 32),
            "DES-EDE3-CBC", new CipherSpec("DESede", 24),
            "DES-CBC", DES);

    private static final Map<String, String> PSEUDORANDOM_FUNCTIONS = Map.of(
            "1.2.840.113549.2.7", "HmacSHA1",
            "1.2.840.113549.2.8", "HmacSHA224",
            "1.2.840.113549.2.9", "HmacSHA256",
            "1.2.840.113549.2.10", "HmacSHA384",
            "1.2.840.113549.2.11", "HmacSHA512");

    /** RFC 8018 A.3: the digest, then CBC with single DES. */
    private static final Map<String, String> PBES1 =
            Map.of("1.2.840.113549.1.5.3", "MD5", "1.2.840.113549.1.5.10", "SHA-1");

    /** RFC 7292 appendix B: passwords are derived in another way, which the JCA has under a name of its own. */
    private static final Map<String, String> PKCS12 = Map.of(
            "1.2.840.113549.1.12.1.3", "PBEWithSHA1AndDESede",
            "1.2.840.113549.1.12.1.5", "PBEWithSHA1AndRC2_128",
            "1.2.840.113549.1.12.1.6", "PBEWithSHA1AndRC2_40");

    private record CipherSpec(String algorithm, int keyLength) {}

    private final CryptoServices crypto;
    private final char[] password;
    private final String source;

    KeyDecryption(CryptoServices crypto, char[] password, String source) {
        this.crypto = crypto;
        this.password = password;
        this.source = source;
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
            String oid = algorithm.oid();
            byte[] data = info.content(DerReader.OCTET_STRING);
            if (oid.equals("1.2.840.113549.1.5.13")) {
                return pbes2(algorithm.enter(DerReader.SEQUENCE), data);
            }
            if (PBES1.containsKey(oid)) {
                return pbes1(PBES1.get(oid), algorithm.enter(DerReader.SEQUENCE), data);
            }
            if (PKCS12.containsKey(oid)) {
                return pkcs12(PKCS12.get(oid), algorithm.enter(DerReader.SEQUENCE), data);
            }
            throw unsupported("the scheme " + oid);
        } catch (DerException e) {
            throw new TlsException(
                    ErrorReason.BAD_ASN1, source + ": the encrypted key is malformed: " + e.getMessage(), e);
        }
    }

    /**
     * <pre>
     * PBES2-params ::= SEQUENCE {
     *     keyDerivationFunc AlgorithmIdentifier,
     *     encryptionScheme  AlgorithmIdentifier }
     * </pre>
     */
    private byte[] pbes2(DerReader parameters, byte[] data) throws DerException, TlsException {
        DerReader derivation = parameters.enter(DerReader.SEQUENCE);
        DerReader scheme = parameters.enter(DerReader.SEQUENCE);
        String cipherOid = scheme.oid();
        CipherSpec cipher = CIPHERS.get(cipherOid);
        if (cipher == null) {
            throw unsupported("the cipher " + cipherOid);
        }
        byte[] iv = scheme.content(DerReader.OCTET_STRING);
        String function = derivation.oid();
        DerReader derivationParameters = derivation.enter(DerReader.SEQUENCE);
        byte[] secret = utf8(password);
        try {
            byte[] key = switch (function) {
                case "1.2.840.113549.1.5.12" -> pbkdf2(derivationParameters, secret, cipher.keyLength());
                case "1.3.6.1.4.1.11591.4.11" -> scrypt(derivationParameters, secret, cipher.keyLength());
                default -> throw unsupported("the key derivation " + function);
            };
            return decrypt(cipher, key, iv, data);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * <pre>
     * PBKDF2-params ::= SEQUENCE {
     *     salt           CHOICE { specified OCTET STRING, ... },
     *     iterationCount INTEGER,
     *     keyLength      INTEGER OPTIONAL,
     *     prf            AlgorithmIdentifier DEFAULT hmacWithSHA1 }
     * </pre>
     */
    private byte[] pbkdf2(DerReader parameters, byte[] secret, int keyLength) throws DerException, TlsException {
        byte[] salt = parameters.content(DerReader.OCTET_STRING);
        int iterations = iterations(parameters);
        if (parameters.peek() == DerReader.INTEGER) {
            parameters.skip();
        }
        String function = "HmacSHA1";
        if (!parameters.atEnd()) {
            String oid = parameters.enter(DerReader.SEQUENCE).oid();
            function = PSEUDORANDOM_FUNCTIONS.get(oid);
            if (function == null) {
                throw unsupported("the pseudorandom function " + oid);
            }
        }
        try {
            return Pbkdf2.derive(mac(function, secret), salt, iterations, keyLength);
        } catch (GeneralSecurityException | RuntimeException e) {
            // BC-FIPS in approved mode refuses a password of less than 112 bits by a RuntimeException.
            throw unavailable(e);
        }
    }

    private byte[] scrypt(DerReader parameters, byte[] secret, int keyLength) throws DerException, TlsException {
        byte[] salt = parameters.content(DerReader.OCTET_STRING);
        int cost = parameters.smallInteger();
        int blockSize = parameters.smallInteger();
        int parallelization = parameters.smallInteger();
        if (!Scrypt.affordable(cost, blockSize, parallelization)) {
            throw new TlsException(
                    ErrorReason.UNSUPPORTED_ENCRYPTION,
                    source + ": the key's scrypt parameters (N=" + cost + ", r=" + blockSize + ", p=" + parallelization
                            + ") are invalid or need too much memory");
        }
        try {
            return Scrypt.derive(mac("HmacSHA256", secret), salt, cost, blockSize, parallelization, keyLength);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw unavailable(e);
        }
    }

    private Mac mac(String function, byte[] secret) throws GeneralSecurityException {
        Mac mac = crypto.mac(function);
        // An empty key is valid for HMAC, but SecretKeySpec refuses it; HMAC pads with zeros, so one zero is the same.
        mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, function));
        return mac;
    }

    /** {@code PBEParameter ::= SEQUENCE { salt OCTET STRING (SIZE(8)), iterationCount INTEGER }}. */
    private byte[] pbes1(String digest, DerReader parameters, byte[] data) throws DerException, TlsException {
        byte[] salt = parameters.content(DerReader.OCTET_STRING);
        int iterations = iterations(parameters);
        byte[] secret = utf8(password);
        try {
            MessageDigest hash = crypto.messageDigest(digest);
            hash.update(secret);
            byte[] derived = hash.digest(salt);
            for (int i = 1; i < iterations; i++) {
                derived = hash.digest(derived);
            }
            return decrypt(DES, Arrays.copyOf(derived, 8), Arrays.copyOfRange(derived, 8, 16), data);
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] pkcs12(String transformation, DerReader parameters, byte[] data) throws DerException, TlsException {
        byte[] salt = parameters.content(DerReader.OCTET_STRING);
        int iterations = iterations(parameters);
        javax.crypto.spec.PBEKeySpec spec = new javax.crypto.spec.PBEKeySpec(password);
        try {
            Cipher cipher = crypto.cipher(transformation);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    crypto.secretKeyFactory(transformation).generateSecret(spec),
                    new javax.crypto.spec.PBEParameterSpec(salt, iterations));
            return cipher.doFinal(data);
        } catch (javax.crypto.BadPaddingException | javax.crypto.IllegalBlockSizeException e) {
            throw wrongPassword();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        } finally {
            spec.clearPassword();
        }
    }

    private int iterations(DerReader parameters) throws DerException, TlsException {
        int iterations = parameters.smallInteger();
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw unsupported(iterations + " iterations (1 to " + MAX_ITERATIONS + " are accepted)");
        }
        return iterations;
    }

    /**
     * The content of a block with the headers {@code Proc-Type: 4,ENCRYPTED} and {@code DEK-Info: cipher,iv}. OpenSSL
     * derives the key with one round of MD5, the first eight bytes of the IV being the salt.
     */
    byte[] legacy(String dekInfo, byte[] data) throws TlsException {
        String[] parts = dekInfo.split(",", -1);
        CipherSpec cipher = CIPHERS.get(parts[0].trim());
        byte[] iv = parts.length == 2 ? hex(parts[1].trim()) : new byte[0];
        if (cipher == null || iv.length < 8) {
            throw unsupported("DEK-Info: " + parts[0].trim());
        }
        byte[] secret = utf8(password);
        byte[] key = new byte[cipher.keyLength()];
        try {
            MessageDigest md5 = crypto.messageDigest("MD5");
            byte[] block = new byte[0];
            for (int filled = 0; filled < key.length; filled += block.length) {
                md5.update(block);
                md5.update(secret);
                md5.update(iv, 0, 8);
                block = md5.digest();
                System.arraycopy(block, 0, key, filled, Math.min(block.length, key.length - filled));
            }
            return decrypt(cipher, key, iv, data);
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] decrypt(CipherSpec spec, byte[] key, byte[] iv, byte[] data) throws TlsException {
        try {
            Cipher cipher = crypto.cipher(spec.algorithm() + "/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, spec.algorithm()), new IvParameterSpec(iv));
            return cipher.doFinal(data);
        } catch (javax.crypto.BadPaddingException | javax.crypto.IllegalBlockSizeException e) {
            throw wrongPassword();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    TlsException wrongPassword() {
        return new TlsException(
                ErrorReason.BAD_DECRYPT, source + ": the key cannot be decrypted, the password is wrong");
    }

    private TlsException unsupported(String what) {
        return new TlsException(
                ErrorReason.UNSUPPORTED_ENCRYPTION,
                source + ": the key is encrypted with " + what
                        + ", which is not supported; convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc");
    }

    private TlsException unavailable(Exception e) {
        return new TlsException(
                ErrorReason.UNSUPPORTED_ENCRYPTION,
                source + ": the key's encryption is not available with this provider: " + e.getMessage(),
                e);
    }

    /** OpenSSL takes a password's bytes as they are typed, which is UTF-8 today. */
    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = ByteBuffer.allocate(password.length * 3);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
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
