package io.omnitls.cert;

/**
 * Changes to the rules of verification: OpenSSL's {@code X509_V_FLAG_*} under Python's names.
 *
 * @see <a href="https://docs.openssl.org/3.0/man3/X509_VERIFY_PARAM_set_flags/">X509_VERIFY_PARAM_set_flags</a>
 */
public enum VerifyFlag {
    /** The peer's own certificate has to be on no revocation list, and there has to be a valid list of its issuer. */
    CRL_CHECK_LEAF,
    /** The same for every certificate of the path. */
    CRL_CHECK_CHAIN,
    /** Certificates keep RFC 5280 to the letter: key identifiers, critical marks, key usage of authorities. */
    X509_STRICT,
    /** A path may begin with proxy certificates (RFC 3820). */
    ALLOW_PROXY_CERTS,
    /** Trusted issuers are tried before those that the peer sent: always so, as in OpenSSL since 1.1.0. */
    X509_TRUSTED_FIRST,
    /** A path may end at any trusted certificate, not only at a self-signed one. */
    X509_PARTIAL_CHAIN
}
