package io.omnitls.cert;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a certificate is presented for: OpenSSL's {@code -purpose}. */
public enum Purpose {
    /** To authenticate a TLS server: {@code sslserver}. */
    SERVER("1.3.6.1.5.5.7.3.1", "server authentication"),
    /** To authenticate a TLS client: {@code sslclient}. */
    CLIENT("1.3.6.1.5.5.7.3.2", "client authentication"),
    /** Whatever it is for: what {@code openssl verify} judges when it is given no purpose. */
    ANY(null, "anything");

    private final @Nullable String keyPurpose;
    private final String phrase;

    Purpose(@Nullable String keyPurpose, String phrase) {
        this.keyPurpose = keyPurpose;
        this.phrase = phrase;
    }

    /** The object identifier in extended key usage (RFC 5280 section 4.2.1.12); empty for {@link #ANY}. */
    public Optional<String> keyPurpose() {
        return Optional.ofNullable(keyPurpose);
    }

    /** The purpose as a noun phrase for messages. */
    public String phrase() {
        return phrase;
    }
}
