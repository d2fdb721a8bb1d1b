package io.omnitls.conscrypt;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.VerifyFailure;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conscrypt's exceptions in OpenSSL's words. They carry BoringSSL's queue of errors, the first being the cause:
 * {@code error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE (...)}.
 */
final class ConscryptFailures {
    private static final Pattern ERROR =
            Pattern.compile("error:([0-9a-f]{8}):[^:]*:[^:]*:(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final int REASON_MASK = 0xfff;
    /** An alert of the peer is its code and this. */
    private static final int ALERT_OFFSET = 1000;

    /** Where BoringSSL has a word of its own. */
    private static final Map<String, ErrorReason> WORDS = Map.of(
            "NO_SHARED_GROUP", ErrorReason.NO_SUITABLE_KEY_SHARE,
            "NO_COMMON_SIGNATURE_ALGORITHMS", ErrorReason.NO_SHARED_SIGNATURE_ALGORITHMS,
            "NO_CERTIFICATE_SET", ErrorReason.NO_SHARED_CIPHER,
            "UNKNOWN_CERTIFICATE_TYPE", ErrorReason.WRONG_SIGNATURE_TYPE,
            "BAD_DECRYPT", ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
            "ENCRYPTED_LENGTH_TOO_LONG", ErrorReason.ENCRYPTED_LENGTH_TOO_LONG,
            "INVALID_MESSAGE", ErrorReason.UNEXPECTED_MESSAGE,
            "ERROR_PARSING_EXTENSION", ErrorReason.BAD_EXTENSION);

    private ConscryptFailures() {}

    static EngineFailure explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VerifyFailure) {
                // Whatever a trust manager throws.
                return new EngineFailure(
                        ErrorReason.CERTIFICATE_VERIFY_FAILED,
                        Optional.of(TlsAlert.sent(AlertDescription.CERTIFICATE_UNKNOWN)),
                        String.valueOf(cause.getMessage()));
            }
            Matcher error = ERROR.matcher(String.valueOf(cause.getMessage()));
            if (error.find()) {
                return explain(Integer.parseUnsignedInt(error.group(1), 16) & REASON_MASK, error.group(2));
            }
        }
        return EngineFailure.of(
                ErrorReason.INTERNAL_ERROR,
                failure instanceof NullPointerException
                        ? "Conscrypt broke off, as it does when a private key does not sign: " + failure.getMessage()
                        : String.valueOf(failure.getMessage()));
    }

    private static EngineFailure explain(int number, String word) {
        if (number >= ALERT_OFFSET) {
            return EngineFailure.received(number - ALERT_OFFSET);
        }
        ErrorReason reason = WORDS.getOrDefault(
                word,
                Arrays.stream(ErrorReason.values())
                        .filter(known -> known.name().equals(word))
                        .findFirst()
                        .orElse(ErrorReason.INTERNAL_ERROR));
        return EngineFailure.of(reason, "BoringSSL says " + word);
    }
}
