package io.omnitls.internal.wire;

import java.util.List;
import java.util.Optional;

/** What a record carries (RFC 8446 section 5.1), in order of the codes. */
public enum ContentType {
    CHANGE_CIPHER_SPEC(20),
    ALERT(21),
    HANDSHAKE(22),
    APPLICATION_DATA(23);

    private static final List<ContentType> ALL = List.of(values());

    private final int code;

    ContentType(int code) {
        this.code = code;
    }

    /** The code on the wire. */
    public int code() {
        return code;
    }

    /** The type with this code, or empty for a code that TLS does not use. */
    public static Optional<ContentType> of(int code) {
        for (ContentType type : ALL) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
