package io.omnitls.forge.issue;

import io.omnitls.forge.PemText;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A certificate with its private key and those that it was issued through. Immutable. */
public final class IssuedCertificate {
    private final X509Certificate certificate;
    private final PrivateKey privateKey;
    private final List<X509Certificate> issuers;

    IssuedCertificate(X509Certificate certificate, PrivateKey privateKey, List<X509Certificate> issuers) {
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.issuers = List.copyOf(issuers);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The intermediate authorities, its own issuer first; without the root. */
    List<X509Certificate> issuers() {
        return issuers;
    }

    /** The certificate and the intermediate authorities behind it, without the root: what a server sends. */
    public List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        chain.addAll(issuers);
        return List.copyOf(chain);
    }

    boolean isSelfSigned() {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** The certificate alone in PEM. */
    public String certificatePem() {
        return pem(List.of(certificate));
    }

    /** {@link #chain()} in PEM. */
    public String chainPem() {
        return pem(chain());
    }

    /** The key in PEM (PKCS#8), not encrypted. */
    public String privateKeyPem() {
        return PemText.of("PRIVATE KEY", privateKey.getEncoded());
    }

    private static String pem(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(PemText.of("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new AssertionError("it was made of its encoding", e);
            }
        }
        return text.toString();
    }

    /** Says nothing about the key. */
    @Override
    public String toString() {
        return "IssuedCertificate[" + certificate.getSubjectX500Principal() + "]";
    }
}
