package io.omnitls.protocol;

import java.util.Locale;
import java.util.Optional;

/** The alerts of RFC 8446 section 6 and of the documents before it, in order of their codes. */
public enum AlertDescription {
    CLOSE_NOTIFY(0),
    UNEXPECTED_MESSAGE(10),
    BAD_RECORD_MAC(20),
    DECRYPTION_FAILED(21),
    RECORD_OVERFLOW(22),
    DECOMPRESSION_FAILURE(30),
    HANDSHAKE_FAILURE(40),
    NO_CERTIFICATE(41),
    BAD_CERTIFICATE(42),
    UNSUPPORTED_CERTIFICATE(43),
    CERTIFICATE_REVOKED(44),
    CERTIFICATE_EXPIRED(45),
    CERTIFICATE_UNKNOWN(46),
    ILLEGAL_PARAMETER(47),
    UNKNOWN_CA(48),
    ACCESS_DENIED(49),
    DECODE_ERROR(50),
    DECRYPT_ERROR(51),
    EXPORT_RESTRICTION(60),
    PROTOCOL_VERSION(70),
    INSUFFICIENT_SECURITY(71),
    INTERNAL_ERROR(80),
    INAPPROPRIATE_FALLBACK(86),
    USER_CANCELED(90),
    NO_RENEGOTIATION(100),
    MISSING_EXTENSION(109),
    UNSUPPORTED_EXTENSION(110),
    CERTIFICATE_UNOBTAINABLE(111),
    UNRECOGNIZED_NAME(112),
    BAD_CERTIFICATE_STATUS_RESPONSE(113),
    BAD_CERTIFICATE_HASH_VALUE(114),
    UNKNOWN_PSK_IDENTITY(115),
    CERTIFICATE_REQUIRED(116),
    NO_APPLICATION_PROTOCOL(120),
    ECH_REQUIRED(121);

    private final int code;

    AlertDescription(int code) {
        this.code = code;
    }

    /** The code on the wire, 0 to 255. */
    public int code() {
        return code;
    }

    /** The name as the RFCs print it, for instance {@code unknown_ca}. */
    public String rfcName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The alert with this code, or empty for a code that no document defines. */
    public static Optional<AlertDescription> of(int code) {
        for (AlertDescription description : values()) {
            if (description.code == code) {
                return Optional.of(description);
            }
        }
        return Optional.empty();
    }
}
