package io.omnitls.benchmarks.peers;

/** The names of contenders that appear in more than one scene. */
public final class Names {
    public static final String OURS = "OmniTLS";
    public static final String OUR_ENGINE = "OmniTLS, SSLEngine";
    public static final String BARE = "bare engine";
    public static final String BARE_HEAP = "bare engine, heap buffers";
    public static final String TLS_CHANNEL = "tls-channel";
    public static final String NETTY_JDK = "Netty, same engine";
    public static final String NETTY_OPENSSL = "Netty, OpenSSL engine";

    private Names() {}
}
