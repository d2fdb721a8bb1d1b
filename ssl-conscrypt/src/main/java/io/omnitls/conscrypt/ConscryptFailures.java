package io.omnitls.conscrypt;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.Limits;
import io.omnitls.spi.VerifyFailure;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conscrypt's exceptions in OpenSSL's words. They carry BoringSSL's queue of errors, the first being the cause:
 * {@code error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE (...)}.
 */
final class ConscryptFailures {
    private static final Pattern ERROR =
            Pattern.compile("error:([0-9a-f]{8}):([^:]*):[^:]*:(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final int REASON_MASK = 0xfff;
    /** An alert of the peer is its code and this. */
    private static final int ALERT_OFFSET = 1000;

    /** Where BoringSSL has a word of its own. */
    private static final Map<String, ErrorReason> WORDS = Map.ofEntries(
            Map.entry("NO_SHARED_GROUP", ErrorReason.NO_SUITABLE_KEY_SHARE),
            Map.entry("NO_COMMON_SIGNATURE_ALGORITHMS", ErrorReason.NO_SHARED_SIGNATURE_ALGORITHMS),
            Map.entry("NO_CERTIFICATE_SET", ErrorReason.NO_SHARED_CIPHER),
            Map.entry("UNKNOWN_CERTIFICATE_TYPE", ErrorReason.WRONG_SIGNATURE_TYPE),
            Map.entry("CANNOT_PARSE_LEAF_CERT", ErrorReason.CERTIFICATE_VERIFY_FAILED),
            Map.entry("CERT_LENGTH_MISMATCH", ErrorReason.DECODE_ERROR),
            Map.entry("BAD_DECRYPT", ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC),
            Map.entry("ENCRYPTED_LENGTH_TOO_LONG", ErrorReason.ENCRYPTED_LENGTH_TOO_LONG),
            Map.entry("INVALID_MESSAGE", ErrorReason.UNEXPECTED_MESSAGE),
            Map.entry("ERROR_PARSING_EXTENSION", ErrorReason.BAD_EXTENSION));

    /** BoringSSL reads the key of the peer's certificate with these libraries, and says nothing more about it. */
    private static final Set<String> KEY_LIBRARIES =
            Set.of("public key routines", "elliptic curve routines", "RSA routines");

    /** What is nothing that a peer has sent; BoringSSL has some two hundred words for that, most of them not OpenSSL's. */
    private static final Set<String> OF_THIS_PROCESS =
            Set.of("INTERNAL_ERROR", "PRIVATE_KEY_OPERATION_FAILED", "MALLOC_FAILURE", "ERR_R_MALLOC_FAILURE");

    /** Conscrypt looks at the five bytes before a record itself. */
    private static final String UNREAD_HEADER = "Unable to parse TLS packet header";

    private static final String UNREAD_NAME = "a name of the peer's cannot be read: ";

    /** With it BoringSSL says that a key was one of the key exchange. */
    private static final String BAD_SHARE = "BAD_ECPOINT";

    private ConscryptFailures() {}

    static EngineFailure explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VerifyFailure) {
                // Whatever a trust manager throws.
                return EngineFailure.sent(
                        ErrorReason.CERTIFICATE_VERIFY_FAILED,
                        AlertDescription.CERTIFICATE_UNKNOWN,
                        EngineFailure.text(cause));
            }
            String message = EngineFailure.text(cause);
            Matcher error = ERROR.matcher(message);
            if (error.find()) {
                return explain(
                        Integer.parseUnsignedInt(error.group(1), 16) & REASON_MASK,
                        error.group(3),
                        KEY_LIBRARIES.contains(error.group(2)) && !message.contains(BAD_SHARE));
            }
            if (message.equals(UNREAD_HEADER)) {
                return EngineFailure.of(ErrorReason.DECODE_ERROR, message);
            }
            if (EngineFailure.ofEncoding(cause)) {
                return EngineFailure.of(ErrorReason.DECODE_ERROR, UNREAD_NAME + message);
            }
            if (cause instanceof CertificateException && !(cause.getCause() instanceof RuntimeException)) {
                // Conscrypt lets the JDK's CertificateFactory read the chain before it asks a trust manager. Around
                // what that one throws unchecked it puts an exception of this kind as well.
                return EngineFailure.sent(
                        ErrorReason.CERTIFICATE_VERIFY_FAILED,
                        AlertDescription.CERTIFICATE_UNKNOWN,
                        EngineFailure.text(cause));
            }
        }
        return EngineFailure.of(
                ErrorReason.INTERNAL_ERROR,
                failure instanceof NullPointerException
                        ? "Conscrypt broke off, as it does when a private key does not sign: "
                                + EngineFailure.text(failure)
                        : EngineFailure.text(failure));
    }

    private static EngineFailure explain(int number, String word, boolean ofCertificateKey) {
        if (number >= ALERT_OFFSET) {
            return EngineFailure.received(number - ALERT_OFFSET);
        }
        if (word.equals("KEY_USAGE_BIT_INCORRECT")) {
            // In TLS 1.2 BoringSSL says nothing to the peer; in 1.3 it sends this alert.
            return EngineFailure.sent(
                    ErrorReason.WRONG_SIGNATURE_TYPE,
                    AlertDescription.ILLEGAL_PARAMETER,
                    "the keyUsage of the peer's certificate does not allow signatures, and BoringSSL insists on that");
        }
        if (ofCertificateKey) {
            return EngineFailure.of(
                    ErrorReason.CERTIFICATE_VERIFY_FAILED, "BoringSSL says " + word + " of the certificate's key");
        }
        ErrorReason reason = WORDS.getOrDefault(
                word,
                Arrays.stream(ErrorReason.values())
                        .filter(known -> known.name().equals(word))
                        .findFirst()
                        .orElse(OF_THIS_PROCESS.contains(word) ? ErrorReason.INTERNAL_ERROR : ErrorReason.BAD_DATA));
        return EngineFailure.of(
                reason,
                "BoringSSL says " + word
                        + (reason == ErrorReason.EXCESSIVE_MESSAGE_SIZE
                                ? " of one with more than " + Limits.OPENSSL_MESSAGE + " bytes"
                                : ""));
    }
}
