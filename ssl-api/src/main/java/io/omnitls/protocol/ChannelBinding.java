package io.omnitls.protocol;

/** What ties an authentication inside of a connection to that very connection (RFC 5056). */
public enum ChannelBinding {
    /** The first Finished message, in TLS 1.2 and older (RFC 5929 section 3). */
    TLS_UNIQUE("tls-unique"),
    /** A digest of the server's certificate (RFC 5929 section 4). */
    TLS_SERVER_END_POINT("tls-server-end-point"),
    /** 32 bytes of exported keying material (RFC 9266). */
    TLS_EXPORTER("tls-exporter");

    private final String registryName;

    ChannelBinding(String registryName) {
        this.registryName = registryName;
    }

    /** The name in the IANA registry. */
    public String registryName() {
        return registryName;
    }
}
