package io.omnitls.testkit.certificates;

import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustStore;
import io.omnitls.forge.issue.IssuedCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate with its private key and the intermediate authority that issued it. Immutable. */
public final class TestCertificate {
    private final IssuedCertificate issued;

    TestCertificate(IssuedCertificate issued) {
        this.issued = issued;
    }

    IssuedCertificate issued() {
        return issued;
    }

    /** The identity for a context. */
    public Credentials credentials() {
        return Credentials.pem(chainPem(), privateKeyPem());
    }

    /** Trust in this certificate. */
    public TrustStore trustStore() {
        return TrustStore.builder().pem(certificatePem()).build();
    }

    public X509Certificate certificate() {
        return issued.certificate();
    }

    /** The certificate and the intermediate authority behind it, where there is one; without the root. */
    public List<X509Certificate> chain() {
        return issued.chain();
    }

    public PrivateKey privateKey() {
        return issued.privateKey();
    }

    /** The certificate alone in PEM. */
    public String certificatePem() {
        return issued.certificatePem();
    }

    /** {@link #chain()} in PEM. */
    public String chainPem() {
        return issued.chainPem();
    }

    /** The key in PEM (PKCS#8), not encrypted. */
    public String privateKeyPem() {
        return issued.privateKeyPem();
    }

    /** A key store in memory with one entry: the key under the alias {@code key}, with {@link #chain()}. */
    public KeyStore keyStore(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", privateKey(), password, chain().toArray(new X509Certificate[0]));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("the JDK does not store its own key", e);
        }
    }

    /** Says nothing about the key. */
    @Override
    public String toString() {
        return "TestCertificate[" + certificate().getSubjectX500Principal() + "]";
    }
}
