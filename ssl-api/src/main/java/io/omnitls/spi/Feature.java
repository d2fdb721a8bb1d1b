package io.omnitls.spi;

import io.omnitls.protocol.TlsVersion;

/** What one backend can do and another cannot. Versions, cipher suites and groups are lists in {@link Capabilities}. */
public enum Feature {
    /** A server may leave the choice of cipher suite to the client's order. */
    CLIENT_CIPHER_PREFERENCE("the client's cipher preference on a server"),
    /** The TLS 1.3 cipher suites can be chosen. */
    TLS13_CIPHER_CHOICE("choosing TLS 1.3 cipher suites"),
    /** The named groups can be chosen. */
    GROUP_CHOICE("choosing named groups"),
    /** The chosen groups can stand in another order than the backend's own. */
    GROUP_ORDER("an order of named groups other than its own"),
    /** The chosen signature schemes can stand in another order than the backend's own. */
    SIGNATURE_SCHEME_ORDER("an order of signature schemes other than its own"),
    /** A server of TLS 1.2 and older can be given the group of its finite-field Diffie-Hellman exchange. */
    DH_PARAMETERS("choosing Diffie-Hellman parameters"),
    /** Application protocol names may hold bytes outside ASCII (RFC 7301 allows any). */
    BINARY_ALPN("ALPN names outside ASCII"),
    /** A server name without a dot, other than localhost, is sent. */
    DOTLESS_SERVER_NAME("a server name without a dot in SNI"),
    /**
     * A server takes server names that have other characters than letters, digits and hyphens between them, as {@code
     * a_b.example}.
     */
    ANY_SERVER_NAME("a server name with an underscore in a client's SNI"),
    /**
     * Peers may sign with an RSA key whose certificate is for keyEncipherment alone, as OpenSSL lets them: authorities have
     * issued such for the RSA key exchange.
     */
    KEY_ENCIPHERMENT_SIGNATURES("signatures by RSA certificates for keyEncipherment alone"),
    /** After a failed verification the peer gets the alert of the verify code, in every role and version. */
    EXACT_VERIFY_ALERT("the exact alert for a verify code in every role and version"),
    /** Writing goes on after the peer's close_notify in TLS 1.3 (RFC 8446 section 6.1). */
    HALF_CLOSE("writing after the peer's close_notify"),
    /** Keying material can be exported from a connection (RFC 5705, RFC 8446 section 7.5). */
    KEYING_MATERIAL_EXPORT("exporting keying material"),
    /** The channel binding tls-unique is known, in TLS 1.2. */
    TLS_UNIQUE("the channel binding tls-unique"),
    /** The secrets of TLS 1.2 can be written to a key log (RFC 9850). */
    KEY_LOG_TLS12("a key log of TLS 1.2"),
    /** The same in TLS 1.3. */
    KEY_LOG_TLS13("a key log of TLS 1.3"),
    /** Sessions of TLS 1.2 travel in tickets (RFC 5077), unless that is turned off. */
    SESSION_TICKETS_TLS12("session tickets in TLS 1.2"),
    /** Where there are session tickets in TLS 1.2, they can be turned off. */
    SESSION_TICKET_CHOICE("turning session tickets of TLS 1.2 off"),
    /** A server that sends no tickets in TLS 1.2 can send them in TLS 1.3. */
    STATEFUL_TICKETS_TLS13("session tickets in TLS 1.3 without those of TLS 1.2"),
    /** A server can be told for how long it resumes a session of TLS 1.2. */
    SESSION_TIMEOUT_TLS12("a time-out for sessions of TLS 1.2"),
    /** The same in TLS 1.3. */
    SESSION_TIMEOUT_TLS13("a time-out for sessions of TLS 1.3"),
    /** The number of sessions that a server keeps can be chosen. */
    SESSION_CACHE_SIZE("a size of the server's session cache"),
    /** A client resumes a session of TLS 1.2 that it is given. */
    SESSION_RESUMPTION_TLS12("resuming a session of TLS 1.2"),
    /** The same in TLS 1.3. */
    SESSION_RESUMPTION_TLS13("resuming a session of TLS 1.3"),
    /** A client's trust manager sees the OCSP response that a server staples in TLS 1.2. */
    OCSP_STAPLING_TLS12("a stapled OCSP response in TLS 1.2"),
    /** The same in TLS 1.3. */
    OCSP_STAPLING_TLS13("a stapled OCSP response in TLS 1.3"),
    /** The backend works in the approved mode of a validated module, in this process, now. */
    FIPS("FIPS approved mode");

    private final String phrase;

    Feature(String phrase) {
        this.phrase = phrase;
    }

    /** What a client needs to resume a session of {@code version}. */
    public static Feature sessionResumption(TlsVersion version) {
        return version.atLeast(TlsVersion.TLS_1_3) ? SESSION_RESUMPTION_TLS13 : SESSION_RESUMPTION_TLS12;
    }

    /** What the feature is, as a noun phrase for messages. */
    public String phrase() {
        return phrase;
    }
}
