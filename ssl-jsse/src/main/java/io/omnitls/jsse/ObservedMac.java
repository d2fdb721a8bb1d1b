package io.omnitls.jsse;

import io.omnitls.spi.HkdfLabel;
import java.io.ByteArrayOutputStream;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import org.jspecify.annotations.Nullable;

/**
 * An HMAC that knows HKDF-Expand when it computes it. A secret of TLS 1.3 is as long as its hash, so it is the first block
 * (RFC 5869 section 2.3):
 *
 * <pre>
 * T(1) = HMAC-Hash(PRK, info | 0x01)
 * </pre>
 */
final class ObservedMac extends MacSpi {
    /** What an HkdfLabel and the number of the block have at the most. */
    private static final int MAX_INPUT = 2 + 1 + 255 + 1 + 255 + 1;

    private final Mac mac;
    private final ObservedConnection connection;
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private byte[] key = {};
    private boolean
            observing; // HKDF has a new key for each T(1); what comes after it is none of the observer's business

    ObservedMac(Mac mac, ObservedConnection connection) {
        this.mac = mac;
        this.connection = connection;
    }

    @Override
    protected int engineGetMacLength() {
        return mac.getMacLength();
    }

    @Override
    protected void engineInit(Key newKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        mac.init(newKey, parameters);
        forgetKey();
        byte[] encoded = newKey.getEncoded();
        key = encoded == null ? new byte[0] : encoded;
        observing = true;
        input.reset();
    }

    @Override
    protected void engineUpdate(byte value) {
        mac.update(value);
        if (observing && input.size() <= MAX_INPUT) {
            input.write(value);
        }
    }

    @Override
    protected void engineUpdate(byte[] values, int offset, int length) {
        mac.update(values, offset, length);
        if (observing && input.size() <= MAX_INPUT) {
            input.write(values, offset, Math.min(length, MAX_INPUT + 1 - input.size()));
        }
    }

    @Override
    protected byte[] engineDoFinal() {
        byte[] result = mac.doFinal();
        byte[] seen = input.toByteArray();
        input.reset();
        if (seen.length > 1 && seen.length <= MAX_INPUT && seen[seen.length - 1] == 1) {
            HkdfLabel.parse(Arrays.copyOf(seen, seen.length - 1))
                    .filter(label -> label.length() == result.length)
                    .ifPresent(label -> connection.derived(mac.getAlgorithm(), key, label, result));
        }
        forgetKey();
        return result;
    }

    private void forgetKey() {
        Arrays.fill(key, (byte) 0);
        key = new byte[0];
        observing = false;
    }

    @Override
    protected void engineReset() {
        mac.reset();
        input.reset();
    }
}
