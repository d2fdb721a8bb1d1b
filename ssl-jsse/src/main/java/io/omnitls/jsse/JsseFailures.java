package io.omnitls.jsse;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.VerifyFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.BadPaddingException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;

/** SunJSSE's exceptions in OpenSSL's words. SunJSSE says what happened in its messages alone, so they are the table. */
final class JsseFailures {
    /** JDK 17 says {@code Received fatal alert: unknown_ca}; since 21 the name stands before it in parentheses too. */
    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: (\\w+)");
    /** An alert that is no alert of TLS comes as a signed byte. */
    private static final Pattern RECEIVED_UNKNOWN = Pattern.compile("Unknown alert description \\((-?\\d+)\\)");
    /** What SunJSSE says of alerts that are not where it expects them; the first one is a fatal user_canceled. */
    private static final Map<String, AlertDescription> RECEIVED_OTHERWISE = Map.of(
            "Received fatal close_notify alert", AlertDescription.USER_CANCELED,
            "Received close_notify during handshake", AlertDescription.CLOSE_NOTIFY);
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
            row(
                    ErrorReason.NO_SHARED_SIGNATURE_ALGORITHMS,
                    "No supported (CertificateVerify )?signature algorithm|No preferred signature"),
            row(ErrorReason.NO_SUITABLE_KEY_SHARE, "No common named group"),
            row(ErrorReason.CERTIFICATE_VERIFY_FAILED, UNREAD_CERTIFICATE),
            row(ErrorReason.CLIENTHELLO_TLSEXT, "Illegal server name"),
            // With that kind of key, and by a scheme that it has not.
            row(ErrorReason.WRONG_SIGNATURE_TYPE, "Cannot verify .*signature|Unsupported signature algorithm"),
            row(ErrorReason.DIGEST_CHECK_FAILED, "Finished message cannot be verified"),
            row(ErrorReason.BAD_SIGNATURE, "Invalid .*signature|signature .*(invalid|verif)"),
            // JDK 25 says the last of these of what a cipher throws, for instance of an alert in the clear that is too
            // short.
            row(
                    ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    "(?i)bad record mac|tag mismatch|Invalid TLS padding|unwrap network record|Insufficient buffer remaining for AEAD|decrypt error|^unexpected exception$"),
            row(ErrorReason.TOO_MANY_CERTIFICATES, "certificate chain length \\(\\d+\\) exceeds"),
            row(ErrorReason.EXCESSIVE_MESSAGE_SIZE, "size of the handshake message .*exceeds"),
            row(ErrorReason.ENCRYPTED_LENGTH_TOO_LONG, "(?i)record overflow|too big|too long"),
            row(ErrorReason.WRONG_VERSION_NUMBER, "Unsupported or unrecognized SSL message|Unsupported record version"),
            row(ErrorReason.INAPPROPRIATE_FALLBACK, "inappropriate fallback|TLS_FALLBACK_SCSV"),
            row(
                    ErrorReason.UNEXPECTED_MESSAGE,
                    "(?i)unexpected (handshake )?message|unexpected content type|unsupported handshake message"),
            row(
                    ErrorReason.DECODE_ERROR,
                    "(?i)decode|invalid .*(length|extension|message)|insufficient (data|space in the buffer)"));

    private record Row(ErrorReason reason, Pattern message) {}

    private JsseFailures() {}

    private static Row row(ErrorReason reason, String message) {
        return new Row(reason, Pattern.compile(message));
    }

    static EngineFailure explain(Throwable failure) {
        String message = EngineFailure.text(failure);
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
        for (Map.Entry<String, AlertDescription> words : RECEIVED_OTHERWISE.entrySet()) {
            if (message.contains(words.getKey())) {
                return EngineFailure.received(words.getValue().code());
            }
        }
        ErrorReason reason = reason(failure);
        String detail = SENT.matcher(message).replaceFirst("");
        return new EngineFailure(reason, sent(failure), LIMITS.contains(reason) ? JsseLimits.advice(detail) : detail);
    }

    private static final Set<ErrorReason> LIMITS =
            Set.of(ErrorReason.TOO_MANY_CERTIFICATES, ErrorReason.EXCESSIVE_MESSAGE_SIZE);

    private static ErrorReason reason(Throwable failure) {
        if (causes(failure).anyMatch(BadPaddingException.class::isInstance)) { // AEADBadTagException is one
            return ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC;
        }
        String message = EngineFailure.text(failure);
        return TABLE.stream()
                .filter(row -> row.message().matcher(message).find())
                .map(Row::reason)
                .findFirst()
                .orElseGet(() -> unnamed(failure));
    }

    /**
     * SunJSSE has a hundred sentences about what a peer sends, and two exceptions for them. What fails in this process, a key
     * for instance or code of the application, is the cause of one.
     */
    private static ErrorReason unnamed(Throwable failure) {
        boolean ofThisProcess = !causes(failure).allMatch(SSLException.class::isInstance);
        if (causes(failure).anyMatch(JsseFailures::ofWrongEnd)) {
            return ErrorReason.UNEXPECTED_MESSAGE;
        }
        if (ofThisProcess) {
            return causes(failure).anyMatch(EngineFailure::ofEncoding)
                    ? ErrorReason.DECODE_ERROR
                    : ErrorReason.INTERNAL_ERROR;
        }
        if (failure instanceof SSLProtocolException) {
            return ErrorReason.DECODE_ERROR;
        }
        return failure instanceof SSLHandshakeException ? ErrorReason.BAD_DATA : ErrorReason.INTERNAL_ERROR;
    }

    /** SunJSSE takes whoever sends a HelloRequest for a server. */
    private static boolean ofWrongEnd(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return cause instanceof ClassCastException
                && trace.length > 0
                && trace[0].getClassName().startsWith("sun.security.ssl.");
    }

    private static Optional<TlsAlert> sent(Throwable failure) {
        Matcher sent = SENT.matcher(EngineFailure.text(failure));
        if (sent.find()) {
            return alert(sent.group(1)).map(TlsAlert::sent);
        }
        if (EngineFailure.text(failure).matches(UNREAD_CERTIFICATE)) {
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
