package io.omnitls.jsse;

import java.security.InvalidAlgorithmParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGenerator;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** SunJCE's generator of a connection's keys in TLS 1.2, with its digests observed. */
final class KeyBlockGenerator extends KeyGeneratorSpi {
    private final KeyGenerator generator;

    KeyBlockGenerator(KeyGenerator generator) {
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
        return ObservedConnection.atWork().whileExpandingKeys(generator::generateKey);
    }
}
