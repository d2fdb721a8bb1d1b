package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Bytes;
import java.time.Duration;

/**
 * The NewSessionTicket message of TLS 1.2 (RFC 5077 section 3.3); in TLS 1.3 it is encrypted.
 *
 * <pre>
 * struct {
 *     uint32 ticket_lifetime_hint;
 *     opaque ticket&lt;0..2^16-1&gt;;
 * } NewSessionTicket;
 * </pre>
 *
 * @param lifetime for how long the server says that the ticket is good
 * @param ticket what the client may offer; no bytes when the server has changed its mind
 */
public record NewSessionTicket(Duration lifetime, Bytes ticket) {
    /**
     * Decodes the message.
     *
     * @throws TlsException when the lengths do not fit
     */
    public static NewSessionTicket parse(HandshakeMessage message) throws TlsException {
        WireReader body = message.reader("NewSessionTicket", ErrorReason.LENGTH_MISMATCH);
        long seconds = (long) body.uint16("ticket_lifetime_hint") << 16 | body.uint16("ticket_lifetime_hint");
        Bytes ticket = body.opaque16(0, "ticket");
        body.finish();
        return new NewSessionTicket(Duration.ofSeconds(seconds), ticket);
    }
}
