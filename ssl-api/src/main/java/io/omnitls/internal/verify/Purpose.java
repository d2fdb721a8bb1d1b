package io.omnitls.internal.verify;

import io.omnitls.protocol.Role;

/** What a certificate is presented for: OpenSSL's purposes {@code sslserver} and {@code sslclient}. */
public enum Purpose {
    SERVER("1.3.6.1.5.5.7.3.1", "server authentication"),
    CLIENT("1.3.6.1.5.5.7.3.2", "client authentication");

    private final String keyPurpose;
    private final String phrase;

    Purpose(String keyPurpose, String phrase) {
        this.keyPurpose = keyPurpose;
        this.phrase = phrase;
    }

    /** What the peer of {@code role} presents its certificate for. */
    static Purpose ofPeer(Role role) {
        return role == Role.CLIENT ? SERVER : CLIENT;
    }

    /** The object identifier of extended key usage (RFC 5280 section 4.2.1.12). */
    String keyPurpose() {
        return keyPurpose;
    }

    String phrase() {
        return phrase;
    }
}
