package io.omnitls.spi;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import java.util.Optional;

/**
 * A backend's exception, translated.
 *
 * @param reason OpenSSL's reason for the same fault
 * @param alert the alert received, or the one the backend said it sends; empty when it is not known
 * @param detail what happened, for people; the backend's own words where they help
 */
public record EngineFailure(ErrorReason reason, Optional<TlsAlert> alert, String detail) {

    /** A failure without a known alert. */
    public static EngineFailure of(ErrorReason reason, String detail) {
        return new EngineFailure(reason, Optional.empty(), detail);
    }

    /** A failure for which the backend sends this alert. */
    public static EngineFailure sent(ErrorReason reason, AlertDescription alert, String detail) {
        return new EngineFailure(reason, Optional.of(TlsAlert.sent(alert)), detail);
    }

    /** The peer sent a fatal alert with this code. */
    public static EngineFailure received(int alertCode) {
        TlsAlert alert = TlsAlert.received(alertCode);
        ErrorReason reason = ErrorReason.ofReceivedAlert(alertCode);
        return new EngineFailure(
                reason,
                Optional.of(alert),
                "the peer sent the alert "
                        + alert.description().map(d -> d.rfcName()).orElse("with the unassigned code") + " ("
                        + alertCode
                        + ")");
    }

    /** Whether the JDK could not read DER, a distinguished name for instance: what an engine has it read, the peer sent. */
    public static boolean ofEncoding(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0
                && (trace[0].getClassName().equals("javax.security.auth.x500.X500Principal")
                        || trace[0].getClassName().startsWith("sun.security.util.Der"));
    }

    /** What {@code failure} says, or where it says nothing, what it is: a message never ends in "null". */
    public static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.getClass().getName() : message;
    }
}
