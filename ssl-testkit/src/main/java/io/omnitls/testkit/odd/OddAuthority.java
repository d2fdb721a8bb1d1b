package io.omnitls.testkit.odd;

import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustStore;
import io.omnitls.forge.PemText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** An authority with a P-256 key that signs whatever it is given. */
public final class OddAuthority {
    /** The name that certificates speak for unless they are asked for others. */
    public static final String SERVER_NAME = "server.example";

    private static final String ROOT = "Odd Root";
    private static final String INTERMEDIATE = "Odd Intermediate";

    static final String KEY_USAGE = "2.5.29.15";
    static final String SUBJECT_ALT_NAME = "2.5.29.17";
    static final String BASIC_CONSTRAINTS = "2.5.29.19";
    static final byte[] CERTIFICATE_SIGN = {3, 2, 1, 6};
    static final byte[] CA = Der.sequence(new byte[] {Der.BOOLEAN, 1, (byte) 0xff});

    private final KeyPair rootKey = ecKey();
    private final KeyPair intermediateKey = ecKey();
    private final byte[] root = new Draft(ROOT, rootKey.getPublic().getEncoded())
            .criticalExtension(BASIC_CONSTRAINTS, CA)
            .criticalExtension(KEY_USAGE, CERTIFICATE_SIGN)
            .sign(ROOT, rootKey.getPrivate());

    /** A new authority. */
    public OddAuthority() {}

    /** Trust in this authority alone. */
    public TrustStore trust() {
        try {
            return TrustStore.builder()
                    .certificate((X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(root)))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The authority's certificate as PEM. */
    public String certificatePem() {
        return PemText.of("CERTIFICATE", root);
    }

    /** The identity of a server with these names, which may be any text. */
    public Credentials server(Collection<String> dnsNames) {
        KeyPair key = ecKey();
        byte[] leaf = new Draft("server", key.getPublic().getEncoded())
                .extension(SUBJECT_ALT_NAME, dnsNames(dnsNames))
                .sign(ROOT, rootKey.getPrivate());
        return Credentials.pem(
                PemText.of("CERTIFICATE", leaf),
                PemText.of("PRIVATE KEY", key.getPrivate().getEncoded()));
    }

    /** A chain of which {@code change} changes the leaf, which speaks for {@link #SERVER_NAME}. */
    OddChain leaf(String what, KeyPair key, UnaryOperator<Draft> change) {
        return leaf(what, key, key.getPublic().getEncoded(), change);
    }

    /** The same for a leaf with this SubjectPublicKeyInfo, whatever key its holder has. */
    OddChain leaf(String what, KeyPair key, byte[] publicKey, UnaryOperator<Draft> change) {
        byte[] leaf = change.apply(
                        new Draft("server", publicKey).extension(SUBJECT_ALT_NAME, dnsNames(List.of(SERVER_NAME))))
                .sign(ROOT, rootKey.getPrivate());
        return new OddChain(what, List.of(leaf), key);
    }

    /** A chain whose intermediate has what {@code change} adds to a name and a key. */
    OddChain intermediate(String what, UnaryOperator<Draft> change) {
        KeyPair key = ecKey();
        byte[] leaf = new Draft("server", key.getPublic().getEncoded())
                .extension(SUBJECT_ALT_NAME, dnsNames(List.of(SERVER_NAME)))
                .sign(INTERMEDIATE, intermediateKey.getPrivate());
        byte[] issuer = change.apply(
                        new Draft(INTERMEDIATE, intermediateKey.getPublic().getEncoded()))
                .sign(ROOT, rootKey.getPrivate());
        return new OddChain(what, List.of(leaf, issuer), key);
    }

    static byte[] dnsNames(Collection<String> names) {
        return Der.sequence(names.stream()
                .map(name -> Der.tagged(2, name.getBytes(StandardCharsets.ISO_8859_1)))
                .toArray(byte[][]::new));
    }

    static KeyPair ecKey() {
        return key("EC", new ECGenParameterSpec("secp256r1"));
    }

    static KeyPair key(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
