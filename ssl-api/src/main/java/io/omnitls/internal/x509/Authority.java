package io.omnitls.internal.x509;

/** Whether a certificate is an authority's, and why: what OpenSSL's {@code X509_check_ca} returns. */
public enum Authority {
    NO,
    /** By basicConstraints. */
    YES,
    /** By habit: a self-signed certificate of version 1. */
    VERSION_1_ROOT,
    /** By habit: keyUsage allows it to sign certificates, and there are no basicConstraints. */
    BY_KEY_USAGE,
    /** By habit: nsCertType says so, and nothing else says anything. */
    BY_NETSCAPE_TYPE
}
