package io.omnitls.protocol;

/** What is asked of the peer's certificate: OpenSSL's {@code SSL_CTX_set_verify} modes under Python's names. */
public enum VerifyMode {
    /** The peer is not verified. A server does not ask for a certificate; a client accepts any. */
    NONE,
    /**
     * A server asks for a certificate and goes on without one, but one that is sent must verify. On a client this is
     * {@link #REQUIRED}, because a server that authenticates with certificates always sends one.
     */
    OPTIONAL,
    /** The peer must send a certificate and it must verify. */
    REQUIRED
}
