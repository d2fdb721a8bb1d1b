package io.omnitls.internal.x509;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes off what a password has encrypted: PBES2 (RFC 8018; PBKDF2 and scrypt), PBES1 and the schemes of PKCS#12. Uses the
 * primitives of the JCA alone: its own readers of these forms know some of them, others in each backend, and the JDK's want
 * passwords in ASCII.
 */
final class PasswordEncryption {
    private static final Map<String, String> PSEUDORANDOM_FUNCTIONS = Map.of(
            "1.2.840.113549.2.7", "HmacSHA1",
            "1.2.840.113549.2.8", "HmacSHA224",
            "1.2.840.113549.2.9", "HmacSHA256",
            "1.2.840.113549.2.10", "HmacSHA384",
            "1.2.840.113549.2.11", "HmacSHA512",
            "1.2.840.113549.2.12", "HmacSHA512/224",
            "1.2.840.113549.2.13", "HmacSHA512/256");

    /** RFC 8018 A.3: the digest, then CBC with single DES. */
    private static final Map<String, String> PBES1 =
            Map.of("1.2.840.113549.1.5.3", "MD5", "1.2.840.113549.1.5.10", "SHA-1");

    /** What the encrypted bytes stand in, which decides how its owner can have them encrypted otherwise. */
    enum Container {
        KEY("openssl pkcs8 -topk8 -v2 aes-256-cbc"),
        PKCS12("openssl pkcs12 -export -keypbe AES-256-CBC -certpbe AES-256-CBC -macalg sha256");

        private final String remedy;

        Container(String remedy) {
            this.remedy = remedy;
        }

        @Override
        public String toString() {
            return "convert it with: " + remedy;
        }
    }

    private final CryptoServices crypto;
    private final Secret secret;
    private final Rounds rounds;
    private final String what;
    private final Container container;

    /** @param what names that which is encrypted, for instance the file */
    PasswordEncryption(CryptoServices crypto, Secret secret, Rounds rounds, String what, Container container) {
        this.crypto = crypto;
        this.secret = secret;
        this.rounds = rounds;
        this.what = what;
        this.container = container;
    }

    /**
     * {@code data}, decrypted.
     *
     * @param algorithm the content of the AlgorithmIdentifier
     * @throws DerException when the parameters are malformed
     * @throws TlsException BAD_DECRYPT when the password is wrong, UNSUPPORTED_ENCRYPTION when the scheme is not known or not
     *     to be had from the backend
     */
    byte[] decrypt(DerReader algorithm, byte[] data) throws DerException, TlsException {
        String oid = algorithm.oid();
        if (oid.equals("1.2.840.113549.1.5.13")) {
            return pbes2(algorithm.enter(DerReader.SEQUENCE), data);
        }
        if (PBES1.containsKey(oid)) {
            return pbes1(PBES1.get(oid), algorithm.enter(DerReader.SEQUENCE), data);
        }
        Optional<CipherSpec> pkcs12 = CipherSpec.ofPkcs12(oid);
        if (pkcs12.isPresent()) {
            return pkcs12(pkcs12.get(), algorithm.enter(DerReader.SEQUENCE), data);
        }
        throw unsupported("the scheme " + Excerpt.oid(oid));
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
        String oid = scheme.oid();
        Optional<CipherSpec> cipher = CipherSpec.of(oid);
        if (cipher.isEmpty()) {
            throw unsupported("the cipher " + Excerpt.oid(oid));
        }
        byte[] iv = scheme.content(DerReader.OCTET_STRING);
        return decrypt(cipher.get(), derive(derivation, cipher.get().keyLength()), iv, data);
    }

    /** A key of this length, by the function whose AlgorithmIdentifier has this content. */
    byte[] derive(DerReader derivation, int keyLength) throws DerException, TlsException {
        String function = derivation.oid();
        DerReader parameters = derivation.enter(DerReader.SEQUENCE);
        return switch (function) {
            case "1.2.840.113549.1.5.12" -> pbkdf2(parameters, keyLength);
            case "1.3.6.1.4.1.11591.4.11" -> scrypt(parameters, keyLength);
            default -> throw unsupported("the key derivation " + Excerpt.oid(function));
        };
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
    private byte[] pbkdf2(DerReader parameters, int keyLength) throws DerException, TlsException {
        byte[] salt = parameters.content(DerReader.OCTET_STRING);
        byte[] iterationCount = parameters.element();
        if (parameters.peek() == DerReader.INTEGER) {
            parameters.skip();
        }
        String function = parameters.atEnd() ? "HmacSHA1" : hmac(parameters.enter(DerReader.SEQUENCE));
        return pbkdf2(function, salt, DerReader.of(iterationCount), keyLength);
    }

    /** PBKDF2 with as many iterations as the next element of {@code parameters} says. */
    byte[] pbkdf2(String function, byte[] salt, DerReader parameters, int keyLength) throws DerException, TlsException {
        Mac mac = mac(function, secret.utf8());
        int blocks = (keyLength + mac.getMacLength() - 1) / mac.getMacLength();
        int iterations = rounds.take(parameters, blocks);
        return available(() -> Pbkdf2.derive(mac, salt, iterations, keyLength));
    }

    /** The JCA's name of the HMAC with this AlgorithmIdentifier. */
    String hmac(DerReader algorithm) throws DerException, TlsException {
        String oid = algorithm.oid();
        return hmac(oid).orElseThrow(() -> unsupported("the pseudorandom function " + Excerpt.oid(oid)));
    }

    /** The JCA's name of the HMAC with this object identifier. */
    static Optional<String> hmac(String oid) {
        return Optional.ofNullable(PSEUDORANDOM_FUNCTIONS.get(oid));
    }

    private byte[] scrypt(DerReader parameters, int keyLength) throws DerException, TlsException {
        byte[] salt = parameters.content(DerReader.OCTET_STRING);
        int cost = parameters.smallInteger();
        int blockSize = parameters.smallInteger();
        int parallelization = parameters.smallInteger();
        if (!Scrypt.affordable(cost, blockSize, parallelization)) {
            throw new TlsException(
                    ErrorReason.UNSUPPORTED_ENCRYPTION,
                    what + ": the scrypt parameters (N=" + cost + ", r=" + blockSize + ", p=" + parallelization
                            + ") are invalid or need too much memory or time");
        }
        Mac mac = mac("HmacSHA256", secret.utf8());
        return available(() -> Scrypt.derive(mac, salt, cost, blockSize, parallelization, keyLength));
    }

    /** An HMAC under this key. */
    Mac mac(String function, byte[] key) throws TlsException {
        return available(() -> {
            Mac mac = crypto.mac(function);
            // An empty key is valid for HMAC, and SecretKeySpec refuses it. HMAC pads with zeros: one is the same.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, function));
            return mac;
        });
    }

    /** {@code PBEParameter ::= SEQUENCE { salt OCTET STRING (SIZE(8)), iterationCount INTEGER }}. */
    private byte[] pbes1(String digest, DerReader parameters, byte[] data) throws DerException, TlsException {
        byte[] salt = parameters.content(DerReader.OCTET_STRING);
        int iterations = rounds.take(parameters, 1);
        byte[] derived = available(() -> {
            MessageDigest hash = crypto.messageDigest(digest);
            hash.update(secret.utf8());
            byte[] block = hash.digest(salt);
            for (int i = 1; i < iterations; i++) {
                block = hash.digest(block);
            }
            return block;
        });
        return decrypt(CipherSpec.DES, Arrays.copyOf(derived, 8), Arrays.copyOfRange(derived, 8, 16), data);
    }

    /** {@code pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING, iterations INTEGER }}. */
    private byte[] pkcs12(CipherSpec cipher, DerReader parameters, byte[] data) throws DerException, TlsException {
        byte[] salt = parameters.content(DerReader.OCTET_STRING);
        Pkcs12Kdf derivation = available(() -> Pkcs12Kdf.of(crypto, "SHA-1"));
        int iterations =
                rounds.take(parameters, derivation.blocks(cipher.keyLength()) + derivation.blocks(cipher.ivLength()));
        byte[] key = derivation.derive(Pkcs12Kdf.Purpose.KEY, secret.bmp(), salt, iterations, cipher.keyLength());
        byte[] iv = derivation.derive(Pkcs12Kdf.Purpose.IV, secret.bmp(), salt, iterations, cipher.ivLength());
        return decrypt(cipher, key, iv, data);
    }

    /** Decrypts, and wipes the key. */
    byte[] decrypt(CipherSpec spec, byte[] key, byte[] iv, byte[] data) throws TlsException {
        byte[] whole = spec.algorithm().equals("DESede") ? threeKeys(key) : key;
        try {
            return BackendCall.guarded(() -> {
                Cipher cipher = crypto.cipher(spec.transformation());
                SecretKeySpec secretKey = new SecretKeySpec(whole, spec.algorithm());
                Optional<AlgorithmParameterSpec> parameters = spec.parameters(iv);
                if (parameters.isPresent()) {
                    cipher.init(Cipher.DECRYPT_MODE, secretKey, parameters.get());
                } else {
                    cipher.init(Cipher.DECRYPT_MODE, secretKey);
                }
                return cipher.doFinal(data);
            });
        } catch (javax.crypto.BadPaddingException | javax.crypto.IllegalBlockSizeException e) {
            throw wrongPassword();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(whole, (byte) 0);
        }
    }

    /** Triple DES with two keys uses the first one again. */
    private static byte[] threeKeys(byte[] key) {
        byte[] three = Arrays.copyOf(key, 24);
        if (key.length == 16) {
            System.arraycopy(key, 0, three, 16, 8);
        }
        return three;
    }

    TlsException wrongPassword() {
        return new TlsException(
                ErrorReason.BAD_DECRYPT,
                what + " cannot be decrypted: the password is wrong, or the bytes are damaged");
    }

    TlsException unsupported(String scheme) {
        return new TlsException(
                ErrorReason.UNSUPPORTED_ENCRYPTION,
                what + " is protected with " + scheme + ", which is not supported; " + container);
    }

    /** What the backend returns; BC-FIPS in approved mode refuses a password of less than 112 bits, for instance. */
    <T> T available(BackendCall<T> call) throws TlsException {
        try {
            return BackendCall.guarded(call);
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private TlsException unavailable(GeneralSecurityException e) {
        return new TlsException(
                ErrorReason.UNSUPPORTED_ENCRYPTION,
                what + " has an encryption that is not available with this provider: " + Excerpt.of(e) + "; "
                        + container);
    }
}
