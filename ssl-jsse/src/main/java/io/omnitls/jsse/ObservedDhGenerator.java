package io.omnitls.jsse;

import io.omnitls.protocol.DhParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.DHParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * SunJCE's generator of Diffie-Hellman keys, told the group that the server's context has and not the one that SunJSSE
 * asks for. SunJSSE takes prime and generator of its ServerKeyExchange from the key, so nothing else has to know.
 */
final class ObservedDhGenerator extends KeyPairGeneratorSpi {
    private final KeyPairGenerator generator;
    private final DhParameters parameters;

    ObservedDhGenerator(KeyPairGenerator generator, DhParameters parameters) {
        this.generator = generator;
        this.parameters = parameters;
    }

    @Override
    public void initialize(int keySize, @Nullable SecureRandom random) {
        useParameters(random);
    }

    @Override
    public void initialize(AlgorithmParameterSpec ignored, @Nullable SecureRandom random) {
        useParameters(random);
    }

    private void useParameters(@Nullable SecureRandom random) {
        try {
            initialize(generator, parameters, random);
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("SunJCE took " + parameters + " before, and does no more", e);
        }
    }

    @Override
    public KeyPair generateKeyPair() {
        return generator.generateKeyPair();
    }

    /**
     * Prepares for keys of a group.
     *
     * @throws InvalidAlgorithmParameterException when SunJCE has no such keys: its primes have 512 to 8192 bits, in
     *     multiples of 64
     */
    static void initialize(KeyPairGenerator generator, DhParameters parameters, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        generator.initialize(new DHParameterSpec(parameters.prime(), parameters.generator()), random);
    }
}
