package io.omnitls.testkit.pki;

/** The kinds of key that certificates are made with. */
public enum KeyKind {
    /** Of 2048 bits. */
    RSA("RSA"),
    /** On the curve P-256. */
    EC("EC"),
    /** RFC 8410. */
    ED25519("Ed25519");

    private final String keyAlgorithm;

    KeyKind(String keyAlgorithm) {
        this.keyAlgorithm = keyAlgorithm;
    }

    /** The name in {@code Capabilities.keyAlgorithms()}. */
    public String keyAlgorithm() {
        return keyAlgorithm;
    }
}
