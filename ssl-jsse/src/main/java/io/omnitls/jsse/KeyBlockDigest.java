package io.omnitls.jsse;

import io.omnitls.protocol.Bytes;
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
    private final byte[]
            input; // what an HMAC of the label and the seed begins with, and one byte to know that it is more
    private int inputSize;
    private boolean firstHmac = true; // what comes after it starts from other things than the seed

    KeyBlockDigest(String algorithm, ObservedConnection connection) {
        this.digest = sun(algorithm);
        this.connection = connection;
        this.blockSize = algorithm.equals("SHA-256") ? 64 : 128;
        this.input = new byte[blockSize + LABEL.length + 2 * RANDOM + 1];
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
        if (firstHmac && inputSize < input.length) {
            input[inputSize++] = value;
        }
    }

    @Override
    protected void engineUpdate(byte[] values, int offset, int length) {
        digest.update(values, offset, length);
        if (firstHmac) {
            int size = Math.min(length, input.length - inputSize);
            System.arraycopy(values, offset, input, inputSize, size);
            inputSize += size;
        }
    }

    @Override
    protected byte[] engineDigest() {
        if (firstHmac) {
            firstHmac = false;
            look();
            forgetInput();
        }
        return digest.digest();
    }

    private void look() {
        int seed = blockSize + LABEL.length;
        if (inputSize == seed + 2 * RANDOM && Arrays.equals(input, blockSize, seed, LABEL, 0, LABEL.length)) {
            byte[] master = new byte[MASTER_SECRET];
            for (int i = 0; i < MASTER_SECRET; i++) {
                master[i] = (byte) (input[i] ^ IPAD);
            }
            connection.expandsKeysFrom(
                    digest.getAlgorithm().replace("SHA-", "HmacSHA"), master, clientAndServerRandom(seed));
            Arrays.fill(master, (byte) 0);
        }
    }

    private void forgetInput() {
        Arrays.fill(input, (byte) 0);
        inputSize = 0;
    }

    private Bytes clientAndServerRandom(int seed) {
        byte[] randoms = new byte[2 * RANDOM];
        System.arraycopy(input, seed + RANDOM, randoms, 0, RANDOM);
        System.arraycopy(input, seed, randoms, RANDOM, RANDOM);
        return Bytes.copyOf(randoms);
    }

    @Override
    protected void engineReset() {
        digest.reset();
        forgetInput();
    }
}
