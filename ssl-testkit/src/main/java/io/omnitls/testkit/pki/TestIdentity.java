package io.omnitls.testkit.pki;

import io.netty.pkitesting.X509Bundle;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;

/** A certificate and its key. The key goes to a provider as PEM, so that the provider itself decodes it. */
public final class TestIdentity {
    private final X509Bundle bundle;

    TestIdentity(X509Bundle bundle) {
        this.bundle = bundle;
    }

    /** The identity for a context. */
    public Credentials credentials() {
        return Credentials.pem(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM());
    }

    /** Trust in this very certificate. */
    public TrustStore trust() {
        return TrustStore.builder().certificate(certificate()).build();
    }

    public X509Certificate certificate() {
        return bundle.getCertificate();
    }

    /** The key as an object. */
    public PrivateKey privateKey() {
        return bundle.getKeyPair().getPrivate();
    }

    /** Both keys, for another certificate of them. */
    public KeyPair keyPair() {
        return bundle.getKeyPair();
    }

    /** The key as PEM. */
    public String keyPem() {
        return bundle.getPrivateKeyPEM();
    }

    /** The certificate as PEM. */
    public String certificatePem() {
        return bundle.getCertificatePEM();
    }

    /** The identity for TLS of the JDK. */
    public KeyManager[] keyManagers() {
        try {
            return bundle.toKeyManagerFactory().getKeyManagers();
        } catch (Exception e) {
            throw new AssertionError("the JDK does not take its own key", e);
        }
    }

    /** Writes {@code name.pem} with the certificate and the key into {@code directory}: what the openssl command reads. */
    public Path write(Path directory, String name) throws IOException {
        return Files.write(
                directory.resolve(name + ".pem"), (certificatePem() + keyPem()).getBytes(StandardCharsets.US_ASCII));
    }
}
