package io.omnitls.internal.x509;

import io.omnitls.spi.CryptoServices;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The derivation of keys of PKCS#12 (RFC 7292 appendix B.2), with any digest and any characters. */
final class Pkcs12Kdf {
    /** What is derived: B.3. */
    enum Purpose {
        KEY(1),
        IV(2),
        MAC(3);

        private final byte id;

        Purpose(int id) {
            this.id = (byte) id;
        }
    }

    private final MessageDigest digest;
    private final int blockLength;

    private Pkcs12Kdf(MessageDigest digest, int blockLength) {
        this.digest = digest;
        this.blockLength = blockLength;
    }

    /**
     * The derivation with this digest.
     *
     * @throws NoSuchAlgorithmException when the backend has no such digest, or reads no PKCS#12 itself: then it does not
     *     approve of this derivation, and it is not ours to put it together from the parts
     */
    static Pkcs12Kdf of(CryptoServices crypto, String digest) throws NoSuchAlgorithmException {
        crypto.keyStore("PKCS12");
        MessageDigest hash = crypto.messageDigest(digest);
        return new Pkcs12Kdf(hash, hash.getDigestLength() > 32 || digest.startsWith("SHA-512") ? 128 : 64);
    }

    int digestLength() {
        return digest.getDigestLength();
    }

    /** How many blocks of the digest {@code length} bytes take. */
    int blocks(int length) {
        return (length + digest.getDigestLength() - 1) / digest.getDigestLength();
    }

    byte[] derive(Purpose purpose, byte[] password, byte[] salt, int iterations, int length) {
        byte[] diversifier = new byte[blockLength];
        Arrays.fill(diversifier, purpose.id);
        byte[] saltBlocks = repeated(salt);
        byte[] passwordBlocks = repeated(password);
        byte[] input = Arrays.copyOf(saltBlocks, saltBlocks.length + passwordBlocks.length);
        System.arraycopy(passwordBlocks, 0, input, saltBlocks.length, passwordBlocks.length);
        byte[] derived = new byte[length];
        for (int filled = 0; filled < length; filled += digest.getDigestLength()) {
            digest.update(diversifier);
            byte[] block = digest.digest(input);
            for (int i = 1; i < iterations; i++) {
                block = digest.digest(block);
            }
            System.arraycopy(block, 0, derived, filled, Math.min(block.length, length - filled));
            addToEachBlock(input, block);
            Arrays.fill(block, (byte) 0);
        }
        Arrays.fill(passwordBlocks, (byte) 0);
        Arrays.fill(input, (byte) 0);
        return derived;
    }

    /** As often as it takes to fill whole blocks. */
    private byte[] repeated(byte[] bytes) {
        byte[] blocks = new byte[(bytes.length + blockLength - 1) / blockLength * blockLength];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = bytes[i % bytes.length];
        }
        return blocks;
    }

    /** B.2 step 6 C: each block of the input, as a number, grows by the derived block, repeated, and one. */
    private void addToEachBlock(byte[] input, byte[] block) {
        for (int start = 0; start < input.length; start += blockLength) {
            int carry = 1;
            for (int i = blockLength - 1; i >= 0; i--) {
                carry += (input[start + i] & 0xff) + (block[i % block.length] & 0xff);
                input[start + i] = (byte) carry;
                carry >>>= 8;
            }
        }
    }
}
