package io.omnitls.internal.x509;

import java.util.Arrays;
import javax.crypto.Mac;

/** PBKDF2 (RFC 8018 section 5.2) over an initialised MAC, so that passwords are bytes and any backend's MAC will do. */
final class Pbkdf2 {
    private Pbkdf2() {}

    static byte[] derive(Mac mac, byte[] salt, int iterations, int length) {
        byte[] derived = new byte[length];
        int blockLength = mac.getMacLength();
        for (int block = 1; (block - 1) * blockLength < length; block++) {
            mac.update(salt);
            mac.update(new byte[] {(byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block});
            byte[] u = mac.doFinal();
            byte[] t = u.clone();
            for (int i = 1; i < iterations; i++) {
                u = mac.doFinal(u);
                for (int j = 0; j < t.length; j++) {
                    t[j] ^= u[j];
                }
            }
            int offset = (block - 1) * blockLength;
            System.arraycopy(t, 0, derived, offset, Math.min(blockLength, length - offset));
            Arrays.fill(t, (byte) 0);
        }
        return derived;
    }
}
