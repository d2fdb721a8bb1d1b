package io.omnitls.protocol;

import java.util.Objects;

/**
 * OpenSSL's {@code SSL_OP_*}, as far as Python's {@code ssl} has them, in the order of their numbers there. Some have an
 * effect, the others are always on: they can be asked for, but not taken back.
 *
 * @see <a href="https://docs.openssl.org/3.0/man3/SSL_CTX_set_options/">SSL_CTX_set_options</a>
 */
public enum TlsOption {
    /** Workarounds for faults of peers. Always on: backends have theirs built in. */
    ALL(true),
    /** The end of the transport without close_notify reads as the end of the data. Hides truncation. */
    IGNORE_UNEXPECTED_EOF(false),
    /**
     * No session tickets in TLS 1.2 (RFC 5077): a server keeps its sessions itself, and in TLS 1.3 sends tickets that name
     * what it keeps. Always on where the backend has no tickets.
     */
    NO_TICKET(false),
    /** No compression. Always on: no backend has it (RFC 7457 section 2.6). */
    NO_COMPRESSION(true),
    /** A new ECDH key for every handshake. Always on. */
    SINGLE_ECDH_USE(true),
    /** A new DH key for every handshake. Always on. */
    SINGLE_DH_USE(true),
    /** TLS 1.3 looks like TLS 1.2 to what stands between the ends (RFC 8446 appendix D.4). Always on. */
    ENABLE_MIDDLEBOX_COMPAT(true),
    /** A server's order of cipher suites decides. On a server only, and on unless it is cleared. */
    CIPHER_SERVER_PREFERENCE(false),
    /** No SSL 2. Always on. */
    NO_SSL_V2(true),
    /** No SSL 3. Always on (RFC 7568). */
    NO_SSL_V3(true),
    /** No TLS 1.0, whatever the bounds of versions say. */
    NO_TLS_V1(false),
    /** No TLS 1.2, whatever the bounds of versions say. */
    NO_TLS_V1_2(false),
    /** No TLS 1.1, whatever the bounds of versions say. */
    NO_TLS_V1_1(false),
    /** No TLS 1.3, whatever the bounds of versions say. */
    NO_TLS_V1_3(false),
    /** No renegotiation in TLS 1.2. Always on (RFC 7457 section 2.10). */
    NO_RENEGOTIATION(true);

    private final boolean alwaysOn;

    TlsOption(boolean alwaysOn) {
        this.alwaysOn = alwaysOn;
    }

    /** Whether it is on for every context of every backend. */
    public boolean alwaysOn() {
        return alwaysOn;
    }

    /** The option that excludes {@code version}. */
    public static TlsOption excluding(TlsVersion version) {
        Objects.requireNonNull(version, "version");
        return switch (version) {
            case SSL_3_0 -> NO_SSL_V3;
            case TLS_1_0 -> NO_TLS_V1;
            case TLS_1_1 -> NO_TLS_V1_1;
            case TLS_1_2 -> NO_TLS_V1_2;
            case TLS_1_3 -> NO_TLS_V1_3;
        };
    }
}
