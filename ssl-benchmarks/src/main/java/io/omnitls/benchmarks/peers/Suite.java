package io.omnitls.benchmarks.peers;

import io.omnitls.protocol.TlsVersion;

/** The version and the cipher suite that both ends offer, and nothing else. */
public enum Suite {
    /** TLS 1.3 with AES-256-GCM, which most backends put first; BoringSSL takes AES-128-GCM, and will not be told otherwise. */
    TLS13(TlsVersion.TLS_1_3, "TLSv1.3", "TLS_AES_256_GCM_SHA384"),
    /** TLS 1.3 with AES-128-GCM: the one that everybody takes, Netty's OpenSSL engine too. */
    TLS13_AES128(TlsVersion.TLS_1_3, "TLSv1.3", "TLS_AES_128_GCM_SHA256"),
    /** TLS 1.2 with ECDHE, ECDSA and AES-256-GCM. */
    TLS12(TlsVersion.TLS_1_2, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");

    private final TlsVersion version;
    private final String protocol;
    private final String cipher;

    Suite(TlsVersion version, String protocol, String cipher) {
        this.version = version;
        this.protocol = protocol;
        this.cipher = cipher;
    }

    TlsVersion version() {
        return version;
    }

    String protocol() {
        return protocol;
    }

    String cipher() {
        return cipher;
    }

    boolean tls13() {
        return version == TlsVersion.TLS_1_3;
    }
}
