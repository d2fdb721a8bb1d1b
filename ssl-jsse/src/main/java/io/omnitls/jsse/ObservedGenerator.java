package io.omnitls.jsse;

import java.security.InvalidAlgorithmParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGenerator;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A generator of SunJCE's that makes its keys under somebody's eyes. */
final class ObservedGenerator extends KeyGeneratorSpi {
    private final KeyGenerator generator;
    private final Observation observation;

    /** Lets the generator do its work, and looks at it. */
    interface Observation {
        SecretKey generate(KeyGenerator generator);
    }

    ObservedGenerator(KeyGenerator generator, Observation observation) {
        this.generator = generator;
        this.observation = observation;
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
        return observation.generate(generator);
    }
}
