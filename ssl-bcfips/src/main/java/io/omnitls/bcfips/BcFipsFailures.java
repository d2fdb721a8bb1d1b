package io.omnitls.bcfips;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.EngineFailure;
import java.io.EOFException;
import java.util.ArrayList;
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

    /** The backend puts its own number for the connection before what it has to say. */
    private static final Pattern CONNECTION_NUMBER = Pattern.compile("\\[(client|server) #\\d+ @\\p{XDigit}+] ");

    /** No sane chain of causes is longer, and a cyclic one ends here. */
    private static final int MAX_CAUSES = 20;

    private BcFipsFailures() {}

    /** What {@code failure} of {@code engine} means. */
    static EngineFailure explain(Throwable failure, SSLEngine engine) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes) {
            if (cause instanceof TlsFatalAlertReceived received) {
                return EngineFailure.received(received.getAlertDescription());
            }
            if (cause instanceof TlsFatalAlert raised) {
                return raised(raised, engine);
            }
            if (cause instanceof EOFException) {
                return internalError(ErrorReason.DECODE_ERROR, "a handshake message ends too soon");
            }
            if (cause instanceof Error) {
                return internalError(ErrorReason.INTERNAL_ERROR, String.valueOf(failure.getMessage()));
            }
        }
        String message = String.valueOf(failure.getMessage());
        return EngineFailure.of(BEFORE_THE_START.getOrDefault(message, ErrorReason.INTERNAL_ERROR), message);
    }

    /** The alert that the backend sends for any other exception of its own, and {@link LastWord} for an Error. */
    private static EngineFailure internalError(ErrorReason reason, String detail) {
        return new EngineFailure(reason, Optional.of(TlsAlert.sent(AlertDescription.INTERNAL_ERROR)), detail);
    }

    private static EngineFailure raised(TlsFatalAlert raised, SSLEngine engine) {
        Optional<AlertDescription> alert = AlertDescription.of(raised.getAlertDescription());
        ErrorReason reason = alert.equals(Optional.of(AlertDescription.HANDSHAKE_FAILURE))
                ? handshakeFailure(engine)
                : alert.map(REASONS::get).orElse(ErrorReason.INTERNAL_ERROR);
        return new EngineFailure(reason, alert.map(TlsAlert::sent), detail(raised));
    }

    /** The backend has this alert for several things: how far the handshake has come tells which it is. */
    private static ErrorReason handshakeFailure(SSLEngine engine) {
        SSLSession agreed = engine.getHandshakeSession();
        if (engine.getUseClientMode() || agreed == null) {
            return ErrorReason.INTERNAL_ERROR;
        }
        if (agreed.getCipherSuite().equals("SSL_NULL_WITH_NULL_NULL")) {
            return ErrorReason.NO_SHARED_CIPHER;
        }
        if (agreed.getProtocol().equals(TlsVersion.TLS_1_3.protocolName())) {
            return ErrorReason.NO_SUITABLE_KEY_SHARE;
        }
        return engine.getNeedClientAuth() ? ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE : ErrorReason.INTERNAL_ERROR;
    }

    /** For instance {@code decode_error(50): java.io.EOFException}. */
    private static String detail(TlsFatalAlert raised) {
        List<Throwable> causes = causes(raised);
        Throwable root = causes.get(causes.size() - 1);
        String message =
                CONNECTION_NUMBER.matcher(String.valueOf(raised.getMessage())).replaceAll("");
        return root == raised ? message : message + ": " + root;
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
