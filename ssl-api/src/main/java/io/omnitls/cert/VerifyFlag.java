package io.omnitls.cert;

/** Changes to the rules of verification: OpenSSL's {@code X509_V_FLAG_*} under Python's names. */
public enum VerifyFlag {
    /** A path may end at any trusted certificate, not only at a self-signed one. */
    PARTIAL_CHAIN
}
