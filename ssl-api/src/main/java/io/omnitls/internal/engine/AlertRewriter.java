package io.omnitls.internal.engine;

import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import java.util.Optional;

/**
 * Makes the alert that follows a failed verification say what the verdict calls for, on backends that always send
 * certificate_unknown.
 */
final class AlertRewriter {
    private static final int ALERT = 21;
    private static final int WARNING = 1;
    private static final int FATAL = 2;
    private static final int HEADER = 5;

    private AlertRewriter() {}

    /** The unencrypted record with the fatal alert of this code (RFC 8446 section 5.1 and 6). */
    static byte[] record(int alert) {
        return record(FATAL, alert);
    }

    /** The same of one that need not end the connection. */
    static byte[] warning(int alert) {
        return record(WARNING, alert);
    }

    private static byte[] record(int level, int alert) {
        return new byte[] {ALERT, 3, 3, 0, 2, (byte) level, (byte) alert};
    }

    /**
     * Corrects what the engine added to {@code outbound} behind the first {@code before} bytes.
     *
     * @param mayBeClear whether this end had sent nothing encrypted before
     * @return the alert that now goes out, or empty when it is encrypted and stays as the engine made it
     */
    static Optional<TlsAlert> rewrite(ByteQueue outbound, int before, AlertDescription alert, boolean mayBeClear) {
        int at = before;
        while (outbound.size() - at >= HEADER + 2) {
            int length = outbound.at(at + 3) << 8 | outbound.at(at + 4);
            if (outbound.at(at) == ALERT && length == 2) {
                // TLS 1.2: the certificate is judged before any key is in use, so the alert is in the clear.
                outbound.set(at + HEADER + 1, alert.code());
                return Optional.of(TlsAlert.sent(alert));
            }
            at += HEADER + length;
        }
        if (mayBeClear) {
            // TLS 1.3: a server accepts an unencrypted alert until the client's first encrypted record, as OpenSSL
            // does; one that insists on encryption (RFC 8446 section 5) ends the connection as well.
            byte[] record = record(alert.code());
            outbound.truncate(before);
            outbound.put(record);
            return Optional.of(TlsAlert.sent(alert));
        }
        return Optional.empty();
    }
}
