package io.omnitls.internal.x509;

import java.util.Arrays;
import javax.crypto.Mac;

/** scrypt (RFC 7914), which no JDK has and {@code openssl pkcs8 -scrypt} uses. */
final class Scrypt {
    /** Bytes of memory; OpenSSL's own limit is 32 MiB. */
    private static final long MAX_MEMORY = 256L << 20;

    private Scrypt() {}

    /** Whether the parameters are valid and their need of memory and time is bounded. */
    static boolean affordable(int cost, int blockSize, int parallelization) {
        return cost > 1
                && Integer.bitCount(cost) == 1
                && blockSize > 0
                && parallelization > 0
                && parallelization <= 64
                && blockSize <= MAX_MEMORY / 128
                && 128L * blockSize * cost <= MAX_MEMORY / parallelization;
    }

    /** Derives with HMAC-SHA-256 under the password, which {@code mac} is initialised with. */
    static byte[] derive(Mac mac, byte[] salt, int cost, int blockSize, int parallelization, int length) {
        int laneBytes = 128 * blockSize;
        byte[] lanes = Pbkdf2.derive(mac, salt, 1, parallelization * laneBytes);
        int[] memory = new int[32 * blockSize * cost];
        for (int lane = 0; lane < parallelization; lane++) {
            mix(lanes, lane * laneBytes, cost, blockSize, memory);
        }
        byte[] derived = Pbkdf2.derive(mac, lanes, 1, length);
        Arrays.fill(lanes, (byte) 0);
        Arrays.fill(memory, 0);
        return derived;
    }

    /** scryptROMix, RFC 7914 section 5. */
    private static void mix(byte[] lanes, int offset, int cost, int blockSize, int[] memory) {
        int words = 32 * blockSize;
        int[] x = new int[words];
        for (int i = 0; i < words; i++) {
            x[i] = littleEndian(lanes, offset + 4 * i);
        }
        int[] scratch = new int[words];
        for (int i = 0; i < cost; i++) {
            System.arraycopy(x, 0, memory, i * words, words);
            x = mixBlock(x, scratch, blockSize);
        }
        for (int i = 0; i < cost; i++) {
            int j = x[words - 16] & cost - 1;
            for (int k = 0; k < words; k++) {
                x[k] ^= memory[j * words + k];
            }
            x = mixBlock(x, scratch, blockSize);
        }
        for (int i = 0; i < words; i++) {
            for (int b = 0; b < 4; b++) {
                lanes[offset + 4 * i + b] = (byte) (x[i] >>> 8 * b);
            }
        }
    }

    /** scryptBlockMix, RFC 7914 section 4; the result is in {@code x}. */
    private static int[] mixBlock(int[] x, int[] scratch, int blockSize) {
        int[] block = Arrays.copyOfRange(x, x.length - 16, x.length);
        for (int i = 0; i < 2 * blockSize; i++) {
            for (int k = 0; k < 16; k++) {
                block[k] ^= x[16 * i + k];
            }
            salsa20(block);
            // Even blocks come first, then odd ones.
            System.arraycopy(block, 0, scratch, 16 * ((i & 1) * blockSize + i / 2), 16);
        }
        System.arraycopy(scratch, 0, x, 0, x.length);
        return x;
    }

    /** The Salsa20/8 core, RFC 7914 section 3. */
    private static void salsa20(int[] block) {
        int[] x = block.clone();
        for (int round = 0; round < 8; round += 2) {
            for (int i = 0; i < 4; i++) {
                quarter(x, 5 * i % 16, (5 * i + 4) % 16, (5 * i + 8) % 16, (5 * i + 12) % 16);
            }
            for (int i = 0; i < 4; i++) {
                quarter(x, 5 * i, 4 * i + (i + 1) % 4, 4 * i + (i + 2) % 4, 4 * i + (i + 3) % 4);
            }
        }
        for (int i = 0; i < 16; i++) {
            block[i] += x[i];
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }

    private static int littleEndian(byte[] bytes, int at) {
        return bytes[at] & 0xff
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }
}
