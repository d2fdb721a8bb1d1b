package io.omnitls.bcfips;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.EngineFailure;
import java.util.Optional;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

final class BcFipsFailures {
    private BcFipsFailures() {}

    static EngineFailure explain(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < 20 && cause != null; i++) {
            if (cause instanceof TlsFatalAlertReceived received) {
                return EngineFailure.received(received.getAlertDescription());
            }
            if (cause instanceof TlsFatalAlert alert) {
                return new EngineFailure(
                        ErrorReason.INTERNAL_ERROR,
                        AlertDescription.of(alert.getAlertDescription()).map(TlsAlert::sent),
                        String.valueOf(alert.getMessage()));
            }
            cause = cause.getCause();
        }
        return new EngineFailure(ErrorReason.INTERNAL_ERROR, Optional.empty(), String.valueOf(failure.getMessage()));
    }
}
