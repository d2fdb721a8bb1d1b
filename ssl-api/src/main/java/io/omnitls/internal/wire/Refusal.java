package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;

/** What we hold against a peer ourselves, before a backend does: OpenSSL's reason, and the RFC's alert for it. */
public final class Refusal {
    private Refusal() {}

    /**
     * The failure for which {@code alert} is sent.
     *
     * @param found what was found and what was expected, for people
     */
    public static TlsException of(ErrorReason reason, AlertDescription alert, String found) {
        return new TlsException(reason, found, TlsAlert.sent(alert));
    }
}
