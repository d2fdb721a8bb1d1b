package io.omnitls.spi;

import io.omnitls.error.ErrorReason;
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
}
