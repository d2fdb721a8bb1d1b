package io.omnitls.internal.x509;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** Turns the PEM block of a private key, in whatever form, into a key of a backend. */
public final class PrivateKeyDecoder {
    // Contents of OBJECT IDENTIFIERs, for the conversion to PKCS#8.
    private static final byte[] RSA_ENCRYPTION = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1};
    private static final byte[] EC_PUBLIC_KEY = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};
    private static final byte[] DSA = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x38, 4, 1};
    private static final byte[] NULL = {DerReader.NULL, 0};

    private final CryptoServices crypto;
    private final Password password;
    private final String source;

    /** Asked for a password only when a key is encrypted; what it returns is wiped. */
    public interface Password {
        char[] get() throws TlsException;
    }

    /** @param source names the text in errors, for instance the file */
    public PrivateKeyDecoder(CryptoServices crypto, Password password, String source) {
        this.crypto = crypto;
        this.password = password;
        this.source = source;
    }

    /** The key in {@code block}, whose content is wiped. */
    public DecodedKey decode(PemBlock block) throws TlsException {
        boolean encrypted = false;
        byte[] content = block.content();
        try {
            if (block.headers().getOrDefault("Proc-Type", "").contains("ENCRYPTED")) {
                encrypted = true;
                content = withPassword(
                        decryption -> decryption.legacy(block.headers().getOrDefault("DEK-Info", ""), block.content()));
            }
            if (block.label().equals("ENCRYPTED PRIVATE KEY")) {
                encrypted = true;
                content = withPassword(decryption -> decryption.pkcs8(block.content()));
            }
            return key(toPkcs8(block.label(), content));
        } catch (DerException e) {
            if (encrypted) {
                // A wrong password passes the check of the padding once in 256 times, and leaves garbage.
                throw new TlsException(
                        ErrorReason.BAD_DECRYPT, source + ": the key cannot be decrypted, the password is wrong");
            }
            throw new TlsException(
                    ErrorReason.BAD_ASN1, source + ": the " + block + " is malformed: " + e.getMessage());
        } finally {
            Arrays.fill(content, (byte) 0);
            block.wipe();
        }
    }

    /** Each form as PKCS#8, the one that the JCA reads. */
    private byte[] toPkcs8(String label, byte[] content) throws DerException, TlsException {
        return switch (label) {
            case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY" -> content.clone();
            case "RSA PRIVATE KEY" -> wrap(RSA_ENCRYPTION, NULL, content);
            case "EC PRIVATE KEY" -> wrap(EC_PUBLIC_KEY, curve(content), content);
            case "DSA PRIVATE KEY" -> dsa(content);
            default -> throw unsupported("unknown kind of key: " + Excerpt.of(label));
        };
    }

    private interface Decryption {
        byte[] apply(KeyDecryption decryption) throws TlsException;
    }

    private byte[] withPassword(Decryption decryption) throws TlsException {
        char[] typed = password.get();
        Secret secret = Secret.of(typed);
        try {
            return decryption.apply(new KeyDecryption(crypto, secret, new Rounds(source), source));
        } finally {
            secret.wipe();
            Arrays.fill(typed, '\0');
        }
    }

    /**
     * A key in PKCS#8, which is wiped.
     *
     * @throws DerException when it is not that
     * @throws TlsException UNSUPPORTED_KEY_TYPE when the backend has no such keys
     */
    DecodedKey key(byte[] pkcs8) throws DerException, TlsException {
        PrivateKeyInfo info;
        try {
            info = PrivateKeyInfo.pkcs8(pkcs8);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
        KeyAlgorithm algorithm = info.algorithm();
        if (!algorithm.known()) {
            throw unsupported("keys of the algorithm " + Excerpt.oid(algorithm.oid()) + " are not supported");
        }
        try {
            PrivateKey key = BackendCall.guarded(
                    () -> crypto.keyFactory(algorithm.name()).generatePrivate(new PKCS8EncodedKeySpec(info.encoded())));
            return new DecodedKey(key, info.publicPart());
        } catch (NoSuchAlgorithmException e) {
            throw unsupported("this provider cannot load " + algorithm.name() + " keys");
        } catch (GeneralSecurityException e) {
            BackendCurves curves = new BackendCurves(crypto);
            if (algorithm.curve().isPresent() && !curves.has(algorithm.curve().get())) {
                throw unsupported("the key is " + algorithm.description() + ", a curve that " + curves.backend()
                        + " does not have");
            }
            throw new DerException("no " + algorithm.description() + " key in it: " + Excerpt.of(e));
        } finally {
            info.wipe();
        }
    }

    private TlsException unsupported(String what) {
        return new TlsException(ErrorReason.UNSUPPORTED_KEY_TYPE, source + ": " + what);
    }

    private static byte[] wrap(byte[] algorithm, byte[] parameters, byte[] key) {
        return DerWriter.sequence(
                DerWriter.integer(0), DerWriter.algorithm(algorithm, parameters), DerWriter.octetString(key));
    }

    /**
     * The curve, which PKCS#8 wants outside of the key.
     *
     * <pre>
     * ECPrivateKey ::= SEQUENCE {          -- RFC 5915
     *     version     INTEGER,
     *     privateKey  OCTET STRING,
     *     parameters  [0] ECParameters OPTIONAL,
     *     publicKey   [1] BIT STRING OPTIONAL }
     * </pre>
     */
    private static byte[] curve(byte[] key) throws DerException {
        DerReader reader = DerReader.of(key).enter(DerReader.SEQUENCE);
        reader.integer();
        reader.enter(DerReader.OCTET_STRING);
        return reader.enter(DerReader.context(0)).element();
    }

    /** OpenSSL's own form: {@code SEQUENCE { 0, p, q, g, y, x }}. */
    private static byte[] dsa(byte[] key) throws DerException {
        DerReader reader = DerReader.of(key).enter(DerReader.SEQUENCE);
        reader.integer();
        byte[] parameters = DerWriter.sequence(reader.element(), reader.element(), reader.element());
        reader.skip();
        return wrap(DSA, parameters, reader.element());
    }
}
