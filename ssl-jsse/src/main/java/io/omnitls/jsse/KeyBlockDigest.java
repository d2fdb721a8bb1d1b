package io.omnitls.jsse;

import io.omnitls.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.util.Arrays;

/**
 * A digest that knows the master secret when the first HMAC of the PRF (RFC 5246 section 5, RFC 2104) goes through it:
 *
 * <pre>
 * A(1)      = HMAC_hash(master_secret, "key expansion" | server_random | client_random)
 * HMAC(K,m) = H(K XOR opad, H(K XOR ipad, m))
 * </pre>
 *
 * <p>SunJCE feeds it the padded key, the label and the seed one after the other, in one object for all blocks.
 */
final class KeyBlockDigest extends MessageDigestSpi {
    private static final byte IPAD = 0x36;
    private static final int MASTER_SECRET = 48;
    private static final int RANDOM = 32;
    private static final byte[] LABEL = "key expansion".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest digest;
    private final ObservedConnection connection;
    private final int blockSize;
    private ByteArrayOutputStream input = new ByteArrayOutputStream();
    private boolean firstHmac = true; // what comes after it starts from other things than the seed

    KeyBlockDigest(String algorithm, ObservedConnection connection) {
        this.digest = sun(algorithm);
        this.connection = connection;
        this.blockSize = algorithm.equals("SHA-256") ? 64 : 128;
    }

    private static MessageDigest sun(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm, Security.getProvider("SUN"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SUN has no " + algorithm, e);
        }
    }

    @Override
    protected int engineGetDigestLength() {
        return digest.getDigestLength();
    }

    @Override
    protected void engineUpdate(byte value) {
        digest.update(value);
        if (firstHmac) {
            input.write(value);
        }
    }

    @Override
    protected void engineUpdate(byte[] values, int offset, int length) {
        digest.update(values, offset, length);
        if (firstHmac) {
            input.write(values, offset, length);
        }
    }

    @Override
    protected byte[] engineDigest() {
        if (firstHmac) {
            firstHmac = false;
            look(input.toByteArray());
            input = new ByteArrayOutputStream(0);
        }
        return digest.digest();
    }

    private void look(byte[] padded) {
        int seed = blockSize + LABEL.length;
        if (padded.length == seed + 2 * RANDOM && Arrays.equals(padded, blockSize, seed, LABEL, 0, LABEL.length)) {
            byte[] master = new byte[MASTER_SECRET];
            for (int i = 0; i < MASTER_SECRET; i++) {
                master[i] = (byte) (padded[i] ^ IPAD);
            }
            connection.expandsKeysFrom(
                    digest.getAlgorithm().replace("SHA-", "HmacSHA"), master, clientAndServerRandom(padded, seed));
            Arrays.fill(master, (byte) 0);
        }
        Arrays.fill(padded, (byte) 0);
    }

    private static Bytes clientAndServerRandom(byte[] padded, int seed) {
        byte[] randoms = new byte[2 * RANDOM];
        System.arraycopy(padded, seed + RANDOM, randoms, 0, RANDOM);
        System.arraycopy(padded, seed, randoms, RANDOM, RANDOM);
        return Bytes.copyOf(randoms);
    }

    @Override
    protected void engineReset() {
        digest.reset();
        input.reset();
    }
}
