package io.omnitls.internal.wire;

/**
 * The extensions that are decoded here, by their numbers in the IANA registry <em>TLS ExtensionType Values</em>. They
 * are plain numbers because a hello may carry any other.
 */
public final class ExtensionType {
    public static final int SERVER_NAME = 0;
    public static final int MAX_FRAGMENT_LENGTH = 1;
    public static final int SUPPORTED_GROUPS = 10;
    public static final int EC_POINT_FORMATS = 11;
    public static final int SIGNATURE_ALGORITHMS = 13;
    /** application_layer_protocol_negotiation. */
    public static final int ALPN = 16;

    public static final int PADDING = 21;
    public static final int EXTENDED_MASTER_SECRET = 23;
    public static final int SESSION_TICKET = 35;
    public static final int PRE_SHARED_KEY = 41;
    public static final int EARLY_DATA = 42;
    public static final int SUPPORTED_VERSIONS = 43;
    public static final int COOKIE = 44;
    public static final int PSK_KEY_EXCHANGE_MODES = 45;
    public static final int CERTIFICATE_AUTHORITIES = 47;
    public static final int POST_HANDSHAKE_AUTH = 49;
    public static final int SIGNATURE_ALGORITHMS_CERT = 50;
    public static final int KEY_SHARE = 51;
    /** encrypted_client_hello (RFC 9849). */
    public static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

    public static final int RENEGOTIATION_INFO = 0xff01;

    private ExtensionType() {}
}
