package io.omnitls.forge;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;

/**
 * One way to sign with a key.
 *
 * @param algorithm the AlgorithmIdentifier
 */
@SuppressWarnings("ArrayRecordComponent") // a record of what to write: nobody compares it
public record Scheme(String name, byte[] algorithm, Signing signing) {

    /** Signs with the key that the scheme belongs to. */
    public interface Signing {
        byte[] sign(byte[] message) throws GeneralSecurityException;
    }

    /** How a key of the JDK usually signs: RSA and ECDSA with SHA-256, EdDSA as it does. */
    public static Scheme usual(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> of(key, "SHA256withRSA", Algorithms.withNull("1.2.840.113549.1.1.11"));
            case "EC" -> of(key, "SHA256withECDSA", Algorithms.withoutParameters("1.2.840.10045.4.3.2"));
            case "EdDSA", "Ed25519" -> of(key, "Ed25519", Algorithms.withoutParameters("1.3.101.112"));
            default -> throw new IllegalArgumentException("no key to sign with: " + key.getAlgorithm());
        };
    }

    /** A scheme whose signatures the JDK makes. */
    static Scheme of(PrivateKey key, String name, byte[] algorithm) {
        return of(key, name, algorithm, name, Optional.empty());
    }

    static Scheme of(
            PrivateKey key,
            String name,
            byte[] algorithm,
            String jdkName,
            Optional<? extends AlgorithmParameterSpec> parameters) {
        return new Scheme(name, algorithm, message -> {
            Signature signature = Signature.getInstance(jdkName);
            if (parameters.isPresent()) {
                signature.setParameter(parameters.get());
            }
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
