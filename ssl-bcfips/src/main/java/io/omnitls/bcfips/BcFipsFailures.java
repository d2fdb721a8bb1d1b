package io.omnitls.bcfips;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.EngineFailure;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** The backend's exceptions in OpenSSL's words. The backend says with which alert it gives up: that is the table. */
final class BcFipsFailures {
    private static final Map<AlertDescription, ErrorReason> REASONS = Map.ofEntries(
            Map.entry(AlertDescription.UNEXPECTED_MESSAGE, ErrorReason.UNEXPECTED_MESSAGE),
            Map.entry(AlertDescription.BAD_RECORD_MAC, ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC),
            Map.entry(AlertDescription.RECORD_OVERFLOW, ErrorReason.ENCRYPTED_LENGTH_TOO_LONG),
            Map.entry(AlertDescription.BAD_CERTIFICATE, ErrorReason.CERTIFICATE_VERIFY_FAILED),
            Map.entry(AlertDescription.UNSUPPORTED_CERTIFICATE, ErrorReason.WRONG_SIGNATURE_TYPE),
            Map.entry(AlertDescription.CERTIFICATE_UNKNOWN, ErrorReason.CERTIFICATE_VERIFY_FAILED),
            Map.entry(AlertDescription.ILLEGAL_PARAMETER, ErrorReason.DECODE_ERROR),
            Map.entry(AlertDescription.DECODE_ERROR, ErrorReason.DECODE_ERROR),
            Map.entry(AlertDescription.DECRYPT_ERROR, ErrorReason.BAD_SIGNATURE),
            Map.entry(AlertDescription.PROTOCOL_VERSION, ErrorReason.UNSUPPORTED_PROTOCOL),
            Map.entry(AlertDescription.INAPPROPRIATE_FALLBACK, ErrorReason.INAPPROPRIATE_FALLBACK),
            Map.entry(AlertDescription.NO_RENEGOTIATION, ErrorReason.NO_RENEGOTIATION),
            Map.entry(AlertDescription.MISSING_EXTENSION, ErrorReason.BAD_EXTENSION),
            Map.entry(AlertDescription.UNSUPPORTED_EXTENSION, ErrorReason.BAD_EXTENSION),
            Map.entry(AlertDescription.UNRECOGNIZED_NAME, ErrorReason.CLIENTHELLO_TLSEXT),
            Map.entry(AlertDescription.CERTIFICATE_REQUIRED, ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE));

    /** What the backend throws before it has sent anything: an IllegalStateException that has only its message. */
    private static final Map<String, ErrorReason> BEFORE_THE_START = Map.of(
            "No usable protocols enabled", ErrorReason.NO_PROTOCOLS_AVAILABLE,
            "No usable cipher suites enabled", ErrorReason.NO_CIPHERS_AVAILABLE);

    /** What the backend has one of its internal errors for. */
    private static final Map<String, ErrorReason> LIMITS = Map.of(
            "Certificate chain longer than maximum", ErrorReason.TOO_MANY_CERTIFICATES,
            "Handshake message length exceeds the maximum", ErrorReason.EXCESSIVE_MESSAGE_SIZE);

    /** The backend puts its own number for the connection before what it has to say. */
    private static final Pattern CONNECTION_NUMBER = Pattern.compile("\\[(client|server) #\\d+ @\\p{XDigit}+] ");

    /** And its name for the alert, which a failure of ours tells by itself. */
    private static final Pattern ALERT = Pattern.compile("^\\w+\\(\\d+\\)(; |$)");

    /** Where the JDK reads what it is given. */
    private static final Pattern ENCODING =
            Pattern.compile("^(java\\.|javax\\.security\\.auth\\.|sun\\.security\\.(util|x509)\\.)");

    /** No sane chain of causes is longer, and a cyclic one ends here. */
    private static final int MAX_CAUSES = 20;

    private BcFipsFailures() {}

    /** What {@code failure} of {@code engine} means. */
    static EngineFailure explain(Throwable failure, SSLEngine engine) {
        String message = EngineFailure.text(failure);
        if (BEFORE_THE_START.containsKey(message)) {
            return EngineFailure.of(BEFORE_THE_START.get(message), message);
        }
        for (Throwable cause : causes(failure)) {
            if (cause instanceof TlsFatalAlertReceived received) {
                return EngineFailure.received(received.getAlertDescription() & 0xff);
            }
            if (cause instanceof TlsFatalAlert raised) {
                return raised(raised, engine);
            }
            if (cause instanceof EOFException) {
                // By LastWord: the backend has internal_error for any exception of its own.
                return EngineFailure.sent(
                        ErrorReason.DECODE_ERROR, AlertDescription.DECODE_ERROR, "a handshake message ends too soon");
            }
            if (ofReader(cause)) {
                return EngineFailure.sent(
                        ErrorReason.DECODE_ERROR, AlertDescription.DECODE_ERROR, EngineFailure.text(cause));
            }
            if (cause instanceof Error) {
                return EngineFailure.sent(ErrorReason.INTERNAL_ERROR, AlertDescription.INTERNAL_ERROR, message);
            }
        }
        return EngineFailure.of(ErrorReason.INTERNAL_ERROR, message);
    }

    private static EngineFailure raised(TlsFatalAlert raised, SSLEngine engine) {
        if (ofWarning(raised)) {
            // In a handshake it is close_notify: nobody has asked for a renegotiation.
            return EngineFailure.received(
                    engine.getHandshakeSession() == null
                            ? AlertDescription.NO_RENEGOTIATION.code()
                            : AlertDescription.CLOSE_NOTIFY.code());
        }
        Optional<ErrorReason> limit = LIMITS.entrySet().stream()
                .filter(words -> String.valueOf(raised.getMessage()).contains(words.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (limit.isPresent()) {
            AlertDescription alert = limit.get() == ErrorReason.TOO_MANY_CERTIFICATES
                    ? AlertDescription.UNKNOWN_CA // as for a chain that is deeper than the context allows
                    : AlertDescription.ILLEGAL_PARAMETER;
            return EngineFailure.sent(limit.get(), alert, BcFipsLimits.advice(detail(raised)));
        }
        Optional<AlertDescription> alert = AlertDescription.of(raised.getAlertDescription());
        List<Throwable> causes = causes(raised);
        if (alert.equals(Optional.of(AlertDescription.INTERNAL_ERROR)) && ofReader(causes.get(causes.size() - 1))) {
            // What reads the peer's words throws what says nothing of TLS, and the handshake takes it for its own
            // fault.
            return EngineFailure.sent(ErrorReason.DECODE_ERROR, AlertDescription.DECODE_ERROR, detail(raised));
        }
        ErrorReason reason = alert.equals(Optional.of(AlertDescription.HANDSHAKE_FAILURE))
                ? handshakeFailure(engine)
                : alert.map(REASONS::get).orElse(ErrorReason.INTERNAL_ERROR);
        return new EngineFailure(reason, alert.map(TlsAlert::sent), detail(raised));
    }

    /** Whether it was thrown by the backend itself, and not by a key or other code that it has called. */
    private static boolean ofReader(Throwable cause) {
        boolean unexplained = cause instanceof RuntimeException
                || cause instanceof EOFException
                || cause.getClass() == IOException.class;
        return unexplained
                && Arrays.stream(cause.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .filter(name -> !ENCODING.matcher(name).find())
                        .findFirst()
                        .filter(name -> name.startsWith("org.bouncycastle."))
                        .isPresent();
    }

    /**
     * The warnings that the backend does not pass over are the peer's no_renegotiation, and close_notify in a handshake, which it
     * turns into a failure of its own without a word ({@code TlsProtocol.handleAlertWarningMessage}); only the place tells them
     * from any other.
     */
    private static boolean ofWarning(TlsFatalAlert raised) {
        StackTraceElement[] trace = raised.getStackTrace();
        return trace.length > 0 && trace[0].getMethodName().equals("handleAlertWarningMessage");
    }

    /** The backend has this alert for several things: how far the handshake has come tells which it is. */
    private static ErrorReason handshakeFailure(SSLEngine engine) {
        SSLSession agreed = engine.getHandshakeSession();
        if (engine.getUseClientMode() || agreed == null) {
            return ErrorReason.BAD_DATA;
        }
        if (agreed.getCipherSuite().equals("SSL_NULL_WITH_NULL_NULL")) {
            return ErrorReason.NO_SHARED_CIPHER;
        }
        if (agreed.getProtocol().equals(TlsVersion.TLS_1_3.protocolName())) {
            return ErrorReason.NO_SUITABLE_KEY_SHARE;
        }
        return engine.getNeedClientAuth() ? ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE : ErrorReason.BAD_DATA;
    }

    /** What the backend has to say, and what that comes from; the name of its alert where that is all. */
    private static String detail(TlsFatalAlert raised) {
        List<Throwable> causes = causes(raised);
        Throwable root = causes.get(causes.size() - 1);
        String message = CONNECTION_NUMBER.matcher(EngineFailure.text(raised)).replaceAll("");
        String said = ALERT.matcher(message).replaceFirst("");
        if (root == raised) {
            return said.isEmpty() ? message : said;
        }
        return said.isEmpty() ? root.toString() : said + ": " + root;
    }

    /** {@code failure} and its causes, the outermost first. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < MAX_CAUSES; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
