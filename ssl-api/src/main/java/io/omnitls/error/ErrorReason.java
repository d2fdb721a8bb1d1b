package io.omnitls.error;

import io.omnitls.protocol.AlertDescription;
import java.util.Locale;

/**
 * Why an operation failed: the mnemonic of OpenSSL's reason code, which is also what Python's {@code SSLError.reason}
 * holds. {@link #name()} is the mnemonic; {@link #text()} is OpenSSL's sentence for it.
 */
public enum ErrorReason {
    // The peer or the local end broke off, or was refused.
    APPLICATION_DATA_AFTER_CLOSE_NOTIFY,
    APP_DATA_IN_HANDSHAKE,
    BAD_CHANGE_CIPHER_SPEC,
    BAD_CIPHER,
    BAD_DATA,
    BAD_DH_VALUE,
    BAD_ECPOINT,
    BAD_EXTENSION,
    BAD_KEY_SHARE,
    BAD_LEGACY_VERSION,
    BAD_PROTOCOL_VERSION_NUMBER,
    BAD_PSK_IDENTITY,
    BAD_RECORD_TYPE,
    BAD_SIGNATURE,
    CALLBACK_FAILED,
    CCS_RECEIVED_EARLY,
    CERTIFICATE_VERIFY_FAILED,
    CLIENTHELLO_TLSEXT,
    COOKIE_MISMATCH,
    DATA_LENGTH_TOO_LONG,
    DECODE_ERROR,
    DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
    DIGEST_CHECK_FAILED,
    ENCRYPTED_LENGTH_TOO_LONG,
    EXCESSIVE_MESSAGE_SIZE,
    HTTPS_PROXY_REQUEST,
    HTTP_REQUEST,
    INAPPROPRIATE_FALLBACK,
    INTERNAL_ERROR,
    INVALID_ALERT,
    INVALID_CCS_MESSAGE,
    INVALID_COMMAND,
    INVALID_COMPRESSION_ALGORITHM,
    INVALID_SESSION_ID,
    LENGTH_MISMATCH,
    MISSING_PSK_KEX_MODES_EXTENSION,
    MISSING_SIGALGS_EXTENSION,
    MISSING_SUPPORTED_GROUPS_EXTENSION,
    NOT_FIPS_APPROVED,
    NOT_ON_RECORD_BOUNDARY,
    NO_APPLICATION_PROTOCOL,
    NO_CHANGE_FOLLOWING_HRR,
    NO_CIPHERS_AVAILABLE,
    NO_CIPHER_MATCH,
    NO_COMPRESSION_SPECIFIED,
    /** Nothing can be exported from a TLS 1.2 connection without it; OpenSSL exports all the same. */
    NO_EXTENDED_MASTER_SECRET,
    NO_PROTOCOLS_AVAILABLE,
    NO_RENEGOTIATION,
    NO_SHARED_CIPHER,
    NO_SHARED_SIGNATURE_ALGORITHMS,
    NO_SUITABLE_KEY_SHARE,
    NO_SUITABLE_SIGNATURE_ALGORITHM,
    PACKET_LENGTH_TOO_LONG,
    PEER_DID_NOT_RETURN_A_CERTIFICATE,
    PROTOCOL_IS_SHUTDOWN,
    RECORD_TOO_SMALL,
    SHUTDOWN_WHILE_IN_INIT,
    SSL3_EXT_INVALID_MAX_FRAGMENT_LENGTH,
    SYSCALL,
    TLS_INVALID_ECPOINTFORMAT_LIST,
    /** More certificates in one chain than the backend takes: {@link io.omnitls.spi.Limits}. */
    TOO_MANY_CERTIFICATES,
    TOO_MANY_WARN_ALERTS,
    TOO_MUCH_SKIPPED_EARLY_DATA,
    UNEXPECTED_CCS_MESSAGE,
    UNEXPECTED_EOF_WHILE_READING,
    UNEXPECTED_MESSAGE,
    UNEXPECTED_RECORD,
    UNKNOWN_ALERT_TYPE,
    UNSOLICITED_EXTENSION,
    UNSUPPORTED_COMPRESSION_ALGORITHM,
    UNSUPPORTED_PROTOCOL,
    WANT_READ,
    WANT_WRITE,
    WRONG_CIPHER_RETURNED,
    WRONG_CURVE,
    WRONG_SIGNATURE_TYPE,
    WRONG_VERSION_NUMBER,
    ZERO_RETURN,

    // The peer said so in an alert. OpenSSL numbers these 1000 + the alert's code.
    SSLV3_ALERT_CLOSE_NOTIFY(AlertDescription.CLOSE_NOTIFY),
    SSLV3_ALERT_UNEXPECTED_MESSAGE(AlertDescription.UNEXPECTED_MESSAGE),
    SSLV3_ALERT_BAD_RECORD_MAC(AlertDescription.BAD_RECORD_MAC),
    TLSV1_ALERT_DECRYPTION_FAILED(AlertDescription.DECRYPTION_FAILED),
    TLSV1_ALERT_RECORD_OVERFLOW(AlertDescription.RECORD_OVERFLOW),
    SSLV3_ALERT_DECOMPRESSION_FAILURE(AlertDescription.DECOMPRESSION_FAILURE),
    SSLV3_ALERT_HANDSHAKE_FAILURE(AlertDescription.HANDSHAKE_FAILURE),
    SSLV3_ALERT_NO_CERTIFICATE(AlertDescription.NO_CERTIFICATE),
    SSLV3_ALERT_BAD_CERTIFICATE(AlertDescription.BAD_CERTIFICATE),
    SSLV3_ALERT_UNSUPPORTED_CERTIFICATE(AlertDescription.UNSUPPORTED_CERTIFICATE),
    SSLV3_ALERT_CERTIFICATE_REVOKED(AlertDescription.CERTIFICATE_REVOKED),
    SSLV3_ALERT_CERTIFICATE_EXPIRED(AlertDescription.CERTIFICATE_EXPIRED),
    SSLV3_ALERT_CERTIFICATE_UNKNOWN(AlertDescription.CERTIFICATE_UNKNOWN),
    SSLV3_ALERT_ILLEGAL_PARAMETER(AlertDescription.ILLEGAL_PARAMETER),
    TLSV1_ALERT_UNKNOWN_CA(AlertDescription.UNKNOWN_CA),
    TLSV1_ALERT_ACCESS_DENIED(AlertDescription.ACCESS_DENIED),
    TLSV1_ALERT_DECODE_ERROR(AlertDescription.DECODE_ERROR),
    TLSV1_ALERT_DECRYPT_ERROR(AlertDescription.DECRYPT_ERROR),
    TLSV1_ALERT_EXPORT_RESTRICTION(AlertDescription.EXPORT_RESTRICTION),
    TLSV1_ALERT_PROTOCOL_VERSION(AlertDescription.PROTOCOL_VERSION),
    TLSV1_ALERT_INSUFFICIENT_SECURITY(AlertDescription.INSUFFICIENT_SECURITY),
    TLSV1_ALERT_INTERNAL_ERROR(AlertDescription.INTERNAL_ERROR),
    TLSV1_ALERT_INAPPROPRIATE_FALLBACK(AlertDescription.INAPPROPRIATE_FALLBACK),
    TLSV1_ALERT_USER_CANCELLED(AlertDescription.USER_CANCELED),
    TLSV1_ALERT_NO_RENEGOTIATION(AlertDescription.NO_RENEGOTIATION),
    TLSV13_ALERT_MISSING_EXTENSION(AlertDescription.MISSING_EXTENSION),
    TLSV1_UNSUPPORTED_EXTENSION(AlertDescription.UNSUPPORTED_EXTENSION),
    TLSV1_CERTIFICATE_UNOBTAINABLE(AlertDescription.CERTIFICATE_UNOBTAINABLE),
    TLSV1_UNRECOGNIZED_NAME(AlertDescription.UNRECOGNIZED_NAME),
    TLSV1_BAD_CERTIFICATE_STATUS_RESPONSE(AlertDescription.BAD_CERTIFICATE_STATUS_RESPONSE),
    TLSV1_BAD_CERTIFICATE_HASH_VALUE(AlertDescription.BAD_CERTIFICATE_HASH_VALUE),
    TLSV1_ALERT_UNKNOWN_PSK_IDENTITY(AlertDescription.UNKNOWN_PSK_IDENTITY),
    TLSV13_ALERT_CERTIFICATE_REQUIRED(AlertDescription.CERTIFICATE_REQUIRED),
    TLSV1_ALERT_NO_APPLICATION_PROTOCOL(AlertDescription.NO_APPLICATION_PROTOCOL),
    TLSV13_ALERT_ECH_REQUIRED(AlertDescription.ECH_REQUIRED),
    /** The peer sent an alert with a code that no document defines. */
    TLSV1_ALERT_UNKNOWN,

    // Certificates, keys and trust could not be loaded.
    BAD_BASE64_DECODE("PEM"),
    BAD_DECRYPT("PEM"),
    BAD_END_LINE("PEM"),
    BAD_PASSWORD_READ("PEM"),
    NO_START_LINE("PEM"),
    NOT_PROC_TYPE("PEM"),
    UNSUPPORTED_ENCRYPTION("PEM"),
    BAD_ASN1("ASN1"),
    KEY_VALUES_MISMATCH("X509"),
    NO_CERTIFICATE_OR_CRL_FOUND("X509"),
    UNSUPPORTED_KEY_TYPE("X509"),
    CA_KEY_TOO_SMALL,
    CA_MD_TOO_WEAK,
    DH_KEY_TOO_SMALL,
    EE_KEY_TOO_SMALL,
    NO_SUCH_FILE("SYS"),
    PERMISSION_DENIED("SYS"),
    IS_A_DIRECTORY("SYS"),
    FILE_TOO_LARGE("SYS"),
    /** A pipe or a device where a file has to be. */
    INAPPROPRIATE_FILE_TYPE("SYS"),
    INPUT_OUTPUT_ERROR("SYS");

    private final String library;

    ErrorReason() {
        this("SSL");
    }

    ErrorReason(AlertDescription received) {
        this("SSL");
        Alerts.REASONS[received.code()] = this;
    }

    ErrorReason(String library) {
        this.library = library;
    }

    /** OpenSSL's library: SSL, X509, PEM, ASN1 or SYS. */
    public String library() {
        return library;
    }

    /** The mnemonic as words, for instance {@code certificate verify failed}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The reason that stands for an alert of the peer; {@link #TLSV1_ALERT_UNKNOWN} for a code nobody defined. */
    public static ErrorReason ofReceivedAlert(int code) {
        ErrorReason reason = Alerts.REASONS[code & 0xff];
        return reason == null ? TLSV1_ALERT_UNKNOWN : reason;
    }

    /** An enum's constructor may not touch its own static fields, so the table lives in a class of its own. */
    private static final class Alerts {
        static final @org.jspecify.annotations.Nullable ErrorReason[] REASONS = new ErrorReason[256];
    }
}
