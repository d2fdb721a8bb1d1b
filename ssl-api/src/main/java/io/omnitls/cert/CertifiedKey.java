package io.omnitls.cert;

import io.omnitls.internal.given.Given;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * An identity: a private key and the certificate chain that speaks for it. The key fits the chain's first certificate;
 * each further certificate issued the one before it.
 *
 * <p>The key may live in a hardware token: nothing asks for its encoding.
 */
public record CertifiedKey(PrivateKey privateKey, List<X509Certificate> chain) {
    public CertifiedKey {
        Objects.requireNonNull(privateKey, "privateKey");
        Given.all(chain, "chain");
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an identity needs at least one certificate");
        }
    }

    /** The certificate of the key itself. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** Names the leaf's subject; says nothing about the key. */
    @Override
    public String toString() {
        return "CertifiedKey[" + leaf().getSubjectX500Principal() + ", " + chain.size() + " certificates]";
    }
}
