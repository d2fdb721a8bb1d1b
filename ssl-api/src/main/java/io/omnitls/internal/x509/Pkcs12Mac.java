package io.omnitls.internal.x509;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Whether a PKCS#12 file is as it was written, by somebody who knew the password.
 *
 * <pre>
 * MacData ::= SEQUENCE {
 *     mac        SEQUENCE { digestAlgorithm AlgorithmIdentifier, digest OCTET STRING },
 *     macSalt    OCTET STRING,
 *     iterations INTEGER DEFAULT 1 }
 * </pre>
 */
final class Pkcs12Mac {
    private static final String PBMAC1 = "1.2.840.113549.1.5.14";

    private static final int MAX_KEY_LENGTH = 1024;

    private static final Map<String, String> DIGESTS = Map.of(
            "1.2.840.113549.2.5", "MD5",
            "1.3.14.3.2.26", "SHA-1",
            "2.16.840.1.101.3.4.2.4", "SHA-224",
            "2.16.840.1.101.3.4.2.1", "SHA-256",
            "2.16.840.1.101.3.4.2.2", "SHA-384",
            "2.16.840.1.101.3.4.2.3", "SHA-512",
            "2.16.840.1.101.3.4.2.5", "SHA-512/224",
            "2.16.840.1.101.3.4.2.6", "SHA-512/256");

    private final CryptoServices crypto;
    private final Rounds rounds;
    private final String source;
    private final byte[] macData;

    Pkcs12Mac(CryptoServices crypto, Rounds rounds, String source, byte[] macData) {
        this.crypto = crypto;
        this.rounds = rounds;
        this.source = source;
        this.macData = macData;
    }

    /** Whether {@code content} has this MAC under this password. */
    boolean verify(byte[] content, Secret secret) throws DerException, TlsException {
        DerReader fields = DerReader.of(macData).enter(DerReader.SEQUENCE);
        DerReader info = fields.enter(DerReader.SEQUENCE);
        DerReader algorithm = info.enter(DerReader.SEQUENCE);
        byte[] expected = info.content(DerReader.OCTET_STRING);
        byte[] salt = fields.content(DerReader.OCTET_STRING);
        PasswordEncryption functions = new PasswordEncryption(
                crypto, secret, rounds, source + ": the MAC", PasswordEncryption.Container.PKCS12);
        String oid = algorithm.oid();
        Mac mac = oid.equals(PBMAC1)
                ? pbmac1(algorithm.enter(DerReader.SEQUENCE), functions)
                : derived(oid, salt, fields, secret, functions);
        return MessageDigest.isEqual(expected, functions.available(() -> mac.doFinal(content)));
    }

    /** RFC 7292 appendix B.4. */
    private Mac derived(String oid, byte[] salt, DerReader rest, Secret secret, PasswordEncryption functions)
            throws DerException, TlsException {
        Optional<String> function = PasswordEncryption.hmac(oid);
        if (function.isPresent()) {
            return ofOldJdk(function.get(), salt, rest, functions);
        }
        String digest = DIGESTS.get(oid);
        if (digest == null) {
            throw functions.unsupported("the digest " + Excerpt.oid(oid));
        }
        Pkcs12Kdf derivation = functions.available(() -> Pkcs12Kdf.of(crypto, digest));
        int iterations = rest.atEnd() ? 1 : rounds.take(rest, 1);
        byte[] key =
                derivation.derive(Pkcs12Kdf.Purpose.MAC, secret.bmp(), salt, iterations, derivation.digestLength());
        return keyed(functions, "Hmac" + digest.replace("SHA-", "SHA"), key);
    }

    /**
     * What JDK 12 to 23 write for {@code keystore.pkcs12.macAlgorithm=PBEWithHmacSHA256}, and cannot read: PBKDF2 in place of
     * PKCS#12's derivation, and a key of as many bits as the digest's block has bytes.
     */
    private static Mac ofOldJdk(String function, byte[] salt, DerReader rest, PasswordEncryption functions)
            throws DerException, TlsException {
        boolean wide = function.startsWith("HmacSHA384") || function.startsWith("HmacSHA512");
        return keyed(functions, function, functions.pbkdf2(function, salt, rest, (wide ? 128 : 64) / Byte.SIZE));
    }

    /**
     * RFC 9579. The salt and the count beside it mean nothing.
     *
     * <pre>
     * PBMAC1-params ::= SEQUENCE {
     *     keyDerivationFunc AlgorithmIdentifier,
     *     messageAuthScheme AlgorithmIdentifier }
     * </pre>
     */
    private Mac pbmac1(DerReader parameters, PasswordEncryption functions) throws DerException, TlsException {
        DerReader derivation = parameters.enter(DerReader.SEQUENCE);
        String function = functions.hmac(parameters.enter(DerReader.SEQUENCE));
        int keyLength = keyLength(derivation.copy());
        byte[] key = functions.derive(derivation, keyLength);
        return keyed(functions, function, key);
    }

    /** RFC 9579 section 5: PBKDF2 alone, and the length of the key has to be there. */
    private int keyLength(DerReader derivation) throws DerException, TlsException {
        derivation.skip();
        DerReader parameters = derivation.enter(DerReader.SEQUENCE);
        parameters.skip();
        parameters.skip();
        int length = parameters.smallInteger();
        if (length < 1 || length > MAX_KEY_LENGTH) {
            throw new TlsException(
                    ErrorReason.UNSUPPORTED_ENCRYPTION,
                    source + ": the MAC has a key of " + length + " bytes, 1 to " + MAX_KEY_LENGTH + " are accepted");
        }
        return length;
    }

    private static Mac keyed(PasswordEncryption functions, String function, byte[] key) throws TlsException {
        try {
            return functions.mac(function, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
