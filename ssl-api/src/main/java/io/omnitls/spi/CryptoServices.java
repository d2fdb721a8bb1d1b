package io.omnitls.spi;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;
import org.jspecify.annotations.Nullable;

/**
 * A backend's cryptography: the JCA's factories, bound to given {@link Provider} instances, so that the process-wide
 * list of providers plays no part. The first provider that has an algorithm serves it; where none has it, a method throws
 * {@link NoSuchAlgorithmException}. Algorithms have the JCA's names. Immutable and thread-safe.
 */
public final class CryptoServices {
    private final List<Provider> providers;
    private final List<Provider> verifiers;
    private final SecureRandom random;
    private final boolean platform; // providers may join the list after it was read

    private CryptoServices(List<Provider> providers, List<Provider> verifiers, SecureRandom random, boolean platform) {
        this.providers = List.copyOf(providers);
        this.verifiers = List.copyOf(verifiers);
        this.random = random;
        this.platform = platform;
    }

    /** Services from these providers alone, earlier ones first, with this source of random numbers. */
    public static CryptoServices of(SecureRandom random, Provider... providers) {
        return new CryptoServices(List.of(providers), List.of(providers), random, false);
    }

    /** Services from the process-wide list, for a backend that uses that list itself. */
    public static CryptoServices ofPlatform() {
        List<Provider> all = List.of(Security.getProviders());
        return new CryptoServices(all, all, new SecureRandom(), true);
    }

    /**
     * These services, and {@code others} for signatures that none of these providers can verify. Nothing else is asked of
     * them. Not for a backend in a validated mode: what its module cannot verify is not verified there.
     */
    public CryptoServices verifyingAlsoWith(List<Provider> others) {
        List<Provider> all = new ArrayList<>(providers);
        all.addAll(others);
        return new CryptoServices(providers, all, random, platform);
    }

    /** The backend's random numbers. */
    public SecureRandom random() {
        return random;
    }

    /** A factory for X.509 certificates and CRLs. */
    public CertificateFactory certificateFactory() throws NoSuchAlgorithmException {
        return first("X.509 certificates", provider -> {
            try {
                return CertificateFactory.getInstance("X.509", provider);
            } catch (CertificateException e) {
                throw new NoSuchAlgorithmException(e);
            }
        });
    }

    /** A factory for keys of this kind. */
    public KeyFactory keyFactory(String algorithm) throws NoSuchAlgorithmException {
        return first(algorithm, provider -> KeyFactory.getInstance(algorithm, provider));
    }

    /** A signature, to verify with; to sign with a key there is {@link #signature(String, PrivateKey)}. */
    public Signature signature(String algorithm) throws NoSuchAlgorithmException {
        return first(algorithm, provider -> Signature.getInstance(algorithm, provider));
    }

    /**
     * A signature that is ready to sign with {@code key}, of the first provider that takes it: a key that is elsewhere, in a
     * token or behind a service, belongs to one provider alone. Where the services are those of the process-wide list, that
     * may be one that was added since.
     *
     * @throws InvalidKeyException when no provider has the algorithm and takes the key
     */
    public Signature signature(String algorithm, PrivateKey key) throws NoSuchAlgorithmException, InvalidKeyException {
        return signer(algorithm, key, signature -> {});
    }

    /**
     * The same for an algorithm with parameters, which a backend may want to know before it sees the key.
     *
     * @param parameters those of the signature
     */
    public Signature signature(String algorithm, PrivateKey key, AlgorithmParameterSpec parameters)
            throws NoSuchAlgorithmException, InvalidKeyException {
        Objects.requireNonNull(parameters, "parameters");
        return signer(algorithm, key, signature -> {
            try {
                signature.setParameter(parameters);
            } catch (InvalidAlgorithmParameterException e) {
                throw new InvalidKeyException(e);
            }
        });
    }

    private interface Preparation {
        void on(Signature signature) throws InvalidKeyException;
    }

    private Signature signer(String algorithm, PrivateKey key, Preparation preparation)
            throws NoSuchAlgorithmException, InvalidKeyException {
        InvalidKeyException refusal = new InvalidKeyException("no provider has " + algorithm);
        for (Provider provider : platform ? List.of(Security.getProviders()) : providers) {
            if (provider.getService("Signature", algorithm) == null) {
                continue;
            }
            try {
                Signature signature = Signature.getInstance(algorithm, provider);
                preparation.on(signature);
                signature.initSign(key, random);
                return signature;
            } catch (InvalidKeyException notOfThisProvider) {
                refusal = notOfThisProvider;
            }
        }
        throw refusal;
    }

    /** A digest. */
    public MessageDigest messageDigest(String algorithm) throws NoSuchAlgorithmException {
        return first(algorithm, provider -> MessageDigest.getInstance(algorithm, provider));
    }

    /** A message authentication code. */
    public Mac mac(String algorithm) throws NoSuchAlgorithmException {
        return first(algorithm, provider -> Mac.getInstance(algorithm, provider));
    }

    /** A cipher, by its transformation: {@code AES/CBC/PKCS5Padding}. */
    public Cipher cipher(String transformation) throws NoSuchAlgorithmException {
        return first(transformation, provider -> {
            try {
                return Cipher.getInstance(transformation, provider);
            } catch (NoSuchPaddingException e) {
                throw new NoSuchAlgorithmException(e);
            }
        });
    }

    /** Parameters of this algorithm, to be decoded or encoded. */
    public AlgorithmParameters algorithmParameters(String algorithm) throws NoSuchAlgorithmException {
        return first(algorithm, provider -> AlgorithmParameters.getInstance(algorithm, provider));
    }

    /**
     * Whether a key made a signature. Each provider that has the algorithm is asked until one can use the key.
     *
     * @param algorithm the JCA's name of one that needs no parameters, for instance {@code SHA256withECDSA}
     * @param keyAlgorithm the JCA's name of the key's kind, for instance {@code EC}
     * @param subjectPublicKeyInfo the key in DER
     * @throws NoSuchAlgorithmException when no provider has the algorithm
     * @throws SignatureException when the signature has not the form of one
     * @throws GeneralSecurityException when no provider that has the algorithm can use the key
     */
    public boolean verify(
            String algorithm, String keyAlgorithm, byte[] subjectPublicKeyInfo, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        return verifies(algorithm, null, keyAlgorithm, subjectPublicKeyInfo, message, signature);
    }

    /**
     * The same for an algorithm with parameters.
     *
     * @param algorithm the JCA's name, for instance {@code RSASSA-PSS}
     * @param parameters those of the signature
     * @param keyAlgorithm the JCA's name of the key's kind, for instance {@code EC}
     * @param subjectPublicKeyInfo the key in DER
     * @throws NoSuchAlgorithmException when no provider has the algorithm with these parameters
     * @throws SignatureException when the signature has not the form of one
     * @throws GeneralSecurityException when no provider that has the algorithm can use the key
     */
    public boolean verify(
            String algorithm,
            AlgorithmParameterSpec parameters,
            String keyAlgorithm,
            byte[] subjectPublicKeyInfo,
            byte[] message,
            byte[] signature)
            throws GeneralSecurityException {
        Objects.requireNonNull(parameters, "parameters");
        return verifies(algorithm, parameters, keyAlgorithm, subjectPublicKeyInfo, message, signature);
    }

    private boolean verifies(
            String algorithm,
            @Nullable AlgorithmParameterSpec parameters,
            String keyAlgorithm,
            byte[] subjectPublicKeyInfo,
            byte[] message,
            byte[] signature)
            throws GeneralSecurityException {
        GeneralSecurityException failure = new NoSuchAlgorithmException(algorithm + " is in none of the providers");
        for (Provider provider : verifiers) {
            if (provider.getService("Signature", algorithm) == null) {
                continue;
            }
            try {
                PublicKey key = KeyFactory.getInstance(keyAlgorithm, provider)
                        .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
                Signature verifier = Signature.getInstance(algorithm, provider);
                if (parameters != null) {
                    verifier.setParameter(parameters);
                }
                verifier.initVerify(key);
                verifier.update(message);
                return verifier.verify(signature);
            } catch (SignatureException malformed) {
                throw malformed;
            } catch (InvalidAlgorithmParameterException | NoSuchAlgorithmException unknown) {
                failure = failure instanceof InvalidKeyException ? failure : new NoSuchAlgorithmException(unknown);
            } catch (GeneralSecurityException unable) {
                failure = new InvalidKeyException(unable);
            } catch (RuntimeException unable) {
                // Backends throw what they like at a key or parameters that they do not expect.
                failure = new InvalidKeyException(unable);
            }
        }
        throw failure;
    }

    /** An empty, unloaded key store of a type such as {@code PKCS12}. */
    public KeyStore keyStore(String type) throws NoSuchAlgorithmException {
        return first(type, provider -> {
            try {
                return KeyStore.getInstance(type, provider);
            } catch (KeyStoreException e) {
                throw new NoSuchAlgorithmException(e);
            }
        });
    }

    /** The names of the providers that have this service, in their order: for messages. */
    public List<String> providers(String type, String algorithm) {
        return List.copyOf(providers.stream()
                .filter(provider -> provider.getService(type, algorithm) != null)
                .map(Provider::getName)
                .collect(Collectors.toList()));
    }

    private <T> T first(String algorithm, Lookup<T> lookup) throws NoSuchAlgorithmException {
        for (Provider provider : providers) {
            try {
                return lookup.in(provider);
            } catch (NoSuchAlgorithmException absentHere) {
                // The next provider may have it.
            }
        }
        throw new NoSuchAlgorithmException(algorithm + " is in none of the providers " + providers);
    }

    private interface Lookup<T> {
        T in(Provider provider) throws NoSuchAlgorithmException;
    }
}
