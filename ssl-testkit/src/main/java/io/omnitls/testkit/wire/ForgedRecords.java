package io.omnitls.testkit.wire;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.HkdfLabel;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Records of TLS 1.3 with AES-GCM that have whatever is in them, for an end that takes them for its peer's: made of a
 * secret from a key log. They are the first that are encrypted with it, unless some are said to have gone before.
 */
public final class ForgedRecords {
    private static final int AES_256_GCM_SHA384 = 0x1302;
    private static final int TAG = 16;

    private final String hmac;
    private final SecretKeySpec key;
    private final byte[] iv;
    private long number;

    /**
     * Records with the keys of {@code secret}.
     *
     * @param suite the id of the connection's cipher suite
     * @param before how many records were encrypted with it already
     */
    public ForgedRecords(byte[] secret, int suite, int before) throws GeneralSecurityException {
        if (suite >> 8 != 0x13 || suite > AES_256_GCM_SHA384) {
            throw new AssertionError("the suite is 0x%04x, and not one of AES-GCM".formatted(suite));
        }
        this.hmac = suite == AES_256_GCM_SHA384 ? "HmacSHA384" : "HmacSHA256";
        this.key = new SecretKeySpec(expand(secret, "key", suite == AES_256_GCM_SHA384 ? 32 : 16), "AES");
        this.iv = expand(secret, "iv", 12);
        this.number = before;
    }

    /** RFC 8446 section 7.1, HKDF-Expand-Label without a context, for no more than the hash has. */
    private byte[] expand(byte[] secret, String label, int length) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(hmac);
        mac.init(new SecretKeySpec(secret, hmac));
        mac.update(new HkdfLabel(length, label, Bytes.copyOf(new byte[0])).encoded());
        return Arrays.copyOf(mac.doFinal(new byte[] {1}), length); // HKDF's own counter
    }

    /** The next record. */
    public byte[] next(int type, byte... content) throws GeneralSecurityException {
        return next(type, 0, content);
    }

    /** The next record, with so many bytes of padding. */
    public byte[] next(int type, int padding, byte[] content) throws GeneralSecurityException {
        byte[] inner = Arrays.copyOf(content, content.length + 1 + padding);
        inner[content.length] = (byte) type;
        byte[] header =
                Arrays.copyOf(Records.of(Records.APPLICATION_DATA, new byte[inner.length + TAG]), Records.HEADER);
        byte[] nonce = iv.clone();
        byte[] counter = ByteBuffer.allocate(Long.BYTES).putLong(number++).array();
        for (int i = 0; i < counter.length; i++) {
            nonce[nonce.length - counter.length + i] ^= counter[i];
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(header);
        return Records.concat(header, cipher.doFinal(inner));
    }

    /** A handshake message. */
    public static byte[] message(int type, byte... body) {
        return Records.concat(
                new byte[] {(byte) type, (byte) (body.length >> 16), (byte) (body.length >> 8), (byte) body.length},
                body);
    }
}
