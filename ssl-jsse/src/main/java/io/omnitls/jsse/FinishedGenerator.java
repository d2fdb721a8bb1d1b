package io.omnitls.jsse;

import java.security.InvalidAlgorithmParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyGenerator;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** SunJCE's generator of the Finished messages of TLS 1.2 (RFC 5246 section 7.4.9). */
final class FinishedGenerator extends KeyGeneratorSpi {
    private static final int VERIFY_DATA = 12;

    private final KeyGenerator generator;

    FinishedGenerator(KeyGenerator generator) {
        this.generator = generator;
    }

    @Override
    protected void engineInit(@Nullable SecureRandom random) {
        generator.init(random);
    }

    @Override
    protected void engineInit(AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        generator.init(parameters, random);
    }

    @Override
    protected void engineInit(int keySize, @Nullable SecureRandom random) {
        generator.init(keySize, random);
    }

    @Override
    protected SecretKey engineGenerateKey() {
        SecretKey key = generator.generateKey();
        byte[] verifyData = key.getEncoded();
        if (verifyData.length == VERIFY_DATA) {
            ObservedConnection.atWork().finished(verifyData);
        }
        Arrays.fill(verifyData, (byte) 0);
        return key;
    }
}
