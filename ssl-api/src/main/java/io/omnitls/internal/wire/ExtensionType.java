package io.omnitls.internal.wire;

/**
 * The extensions that are decoded here, by their numbers in the IANA registry <em>TLS ExtensionType Values</em>. They
 * are plain numbers because a hello may carry any other.
 */
public final class ExtensionType {
    public static final int SERVER_NAME = 0;
    public static final int SUPPORTED_GROUPS = 10;
    public static final int EC_POINT_FORMATS = 11;
    public static final int SIGNATURE_ALGORITHMS = 13;
    /** application_layer_protocol_negotiation. */
    public static final int ALPN = 16;

    public static final int SESSION_TICKET = 35;
    public static final int PRE_SHARED_KEY = 41;
    public static final int SUPPORTED_VERSIONS = 43;
    public static final int CERTIFICATE_AUTHORITIES = 47;
    public static final int SIGNATURE_ALGORITHMS_CERT = 50;
    public static final int KEY_SHARE = 51;

    private ExtensionType() {}
}
