package io.omnitls.testkit.pki;

import io.netty.pkitesting.CertificateBuilder.Algorithm;

/** The kinds of key that certificates are made with. */
public enum KeyKind {
    RSA("RSA", Algorithm.rsa2048),
    EC("EC", Algorithm.ecp256),
    ED25519("Ed25519", Algorithm.ed25519);

    private final String keyAlgorithm;
    private final Algorithm algorithm;

    KeyKind(String keyAlgorithm, Algorithm algorithm) {
        this.keyAlgorithm = keyAlgorithm;
        this.algorithm = algorithm;
    }

    /** The name in {@code Capabilities.keyAlgorithms()}. */
    public String keyAlgorithm() {
        return keyAlgorithm;
    }

    Algorithm algorithm() {
        return algorithm;
    }
}
