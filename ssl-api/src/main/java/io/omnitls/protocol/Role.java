package io.omnitls.protocol;

/** The end of a TLS connection that this process plays. */
public enum Role {
    /** Sends the ClientHello and verifies the server's certificate. */
    CLIENT,
    /** Answers the ClientHello and proves its identity. */
    SERVER
}
