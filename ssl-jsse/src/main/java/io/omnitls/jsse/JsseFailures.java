package io.omnitls.jsse;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.VerifyFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.BadPaddingException;

/** SunJSSE's exceptions in OpenSSL's words. SunJSSE says what happened in its messages alone, so they are the table. */
final class JsseFailures {
    /** JDK 17 says {@code Received fatal alert: unknown_ca}; since 21 the name stands before it in parentheses too. */
    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: (\\w+)");
    /** An alert that is no alert of TLS comes as a signed byte. */
    private static final Pattern RECEIVED_UNKNOWN = Pattern.compile("Unknown alert description \\((-?\\d+)\\)");
    /** Since JDK 21 a message begins with the alert that SunJSSE sends for it. */
    private static final Pattern SENT = Pattern.compile("^\\((\\w+)\\) ");

    /** The JDK's CertificateFactory refused what came. */
    private static final String UNREAD_CERTIFICATE = "Failed to parse (server|client) certificates";

    private static final List<Row> TABLE = List.of(
            row(ErrorReason.NO_SHARED_CIPHER, "no cipher suites in common"),
            row(ErrorReason.UNSUPPORTED_PROTOCOL, "is not (accepted|enabled)|are not accepted"),
            row(ErrorReason.NO_PROTOCOLS_AVAILABLE, "No appropriate protocol"),
            row(ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE, "Empty (client|server) certificate chain"),
            row(ErrorReason.NO_SUITABLE_SIGNATURE_ALGORITHM, "No available authentication scheme"),
            row(ErrorReason.NO_SHARED_SIGNATURE_ALGORITHMS, "No supported signature algorithm|No preferred signature"),
            row(ErrorReason.NO_SUITABLE_KEY_SHARE, "No common named group"),
            row(ErrorReason.CERTIFICATE_VERIFY_FAILED, UNREAD_CERTIFICATE),
            row(ErrorReason.CLIENTHELLO_TLSEXT, "Illegal server name"),
            row(ErrorReason.WRONG_SIGNATURE_TYPE, "Cannot verify .*signature"), // with that kind of key
            row(ErrorReason.BAD_SIGNATURE, "Invalid .*signature|signature .*(invalid|verif)"),
            row(
                    ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    "(?i)bad record mac|tag mismatch|Invalid TLS padding|unwrap network record|Insufficient buffer remaining for AEAD|decrypt error"),
            row(ErrorReason.ENCRYPTED_LENGTH_TOO_LONG, "(?i)record overflow|too big|too long"),
            row(ErrorReason.WRONG_VERSION_NUMBER, "Unsupported or unrecognized SSL message|Unsupported record version"),
            row(ErrorReason.INAPPROPRIATE_FALLBACK, "inappropriate fallback|TLS_FALLBACK_SCSV"),
            row(ErrorReason.UNEXPECTED_MESSAGE, "(?i)unexpected (handshake )?message|unexpected content type"),
            row(ErrorReason.DECODE_ERROR, "(?i)decode|invalid .*(length|extension|message)|insufficient data"));

    private record Row(ErrorReason reason, Pattern message) {}

    private JsseFailures() {}

    private static Row row(ErrorReason reason, String message) {
        return new Row(reason, Pattern.compile(message));
    }

    static EngineFailure explain(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher received = RECEIVED.matcher(message);
        if (received.find()) {
            Optional<AlertDescription> alert = alert(received.group(1));
            if (alert.isPresent()) {
                return EngineFailure.received(alert.get().code());
            }
        }
        Matcher unknown = RECEIVED_UNKNOWN.matcher(message);
        if (unknown.find()) {
            return EngineFailure.received(Integer.parseInt(unknown.group(1)) & 0xff);
        }
        return new EngineFailure(
                reason(failure), sent(failure), SENT.matcher(message).replaceFirst(""));
    }

    private static ErrorReason reason(Throwable failure) {
        if (causes(failure).anyMatch(BadPaddingException.class::isInstance)) { // AEADBadTagException is one
            return ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC;
        }
        String message = String.valueOf(failure.getMessage());
        return TABLE.stream()
                .filter(row -> row.message().matcher(message).find())
                .map(Row::reason)
                .findFirst()
                .orElse(ErrorReason.INTERNAL_ERROR);
    }

    private static Optional<TlsAlert> sent(Throwable failure) {
        Matcher sent = SENT.matcher(String.valueOf(failure.getMessage()));
        if (sent.find()) {
            return alert(sent.group(1)).map(TlsAlert::sent);
        }
        if (String.valueOf(failure.getMessage()).matches(UNREAD_CERTIFICATE)) {
            return Optional.of(TlsAlert.sent(AlertDescription.BAD_CERTIFICATE));
        }
        // Whatever a trust manager throws that is not a CertPathValidatorException with a reason.
        return causes(failure).anyMatch(VerifyFailure.class::isInstance)
                ? Optional.of(TlsAlert.sent(AlertDescription.CERTIFICATE_UNKNOWN))
                : Optional.empty();
    }

    /** The failure and what led to it; a cyclic chain ends after more causes than a sane one has. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
    }

    /** SunJSSE prints the RFC's names, but for {@code user_canceled}. */
    private static Optional<AlertDescription> alert(String name) {
        return Arrays.stream(AlertDescription.values())
                .filter(alert -> alert.rfcName().equals(name))
                .findFirst();
    }
}
