package io.omnitls.spi;

import java.util.Arrays;
import java.util.Optional;

/** The secrets that a key log has lines for (RFC 9850 section 2.2), in order of their derivation. */
public enum SecretLabel {
    /** The master secret of TLS 1.2 and older. */
    CLIENT_RANDOM("master secret"),
    CLIENT_EARLY_TRAFFIC_SECRET("c e traffic"),
    EARLY_EXPORTER_SECRET("e exp master"),
    CLIENT_HANDSHAKE_TRAFFIC_SECRET("c hs traffic"),
    SERVER_HANDSHAKE_TRAFFIC_SECRET("s hs traffic"),
    CLIENT_TRAFFIC_SECRET_0("c ap traffic"),
    SERVER_TRAFFIC_SECRET_0("s ap traffic"),
    EXPORTER_SECRET("exp master");

    private final String derivation;

    SecretLabel(String derivation) {
        this.derivation = derivation;
    }

    /** The label that the key schedule derives it with (RFC 5246 section 8.1, RFC 8446 section 7.1), without "tls13 ". */
    public String derivation() {
        return derivation;
    }

    /** The secret of TLS 1.3 that is derived with this label; empty for one that no key log has. */
    public static Optional<SecretLabel> of(HkdfLabel label) {
        return Arrays.stream(values())
                .filter(secret -> secret != CLIENT_RANDOM && secret.derivation.equals(label.label()))
                .findFirst();
    }
}
