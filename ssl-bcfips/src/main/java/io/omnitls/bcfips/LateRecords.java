package io.omnitls.bcfips;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.crypto.TlsDecodeResult;

/**
 * Reads what the peer sends after this end's close_notify: data that was under way, and the peer's close_notify. The
 * backend's engine is dead by then, but the cipher that it used still works.
 */
final class LateRecords {
    private static final int HEADER_LENGTH = 5;

    private final ConnectionFacts facts;

    LateRecords(ConnectionFacts facts) {
        this.facts = facts;
    }

    /** Takes in one whole record, as {@code SSLEngine.unwrap} does. */
    SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        ConnectionFacts.Epoch epoch =
                facts.epoch().orElseThrow(() -> new SSLException("closed before the handshake was complete"));
        int start = source.position();
        short type = (short) (source.get(start) & 0xff);
        byte[] fragment = new byte[source.getShort(start + 3) & 0xffff];
        if (target.remaining() < epoch.cipher().getPlaintextDecodeLimit(fragment.length)) {
            return result(Status.BUFFER_OVERFLOW, 0, 0);
        }
        source.position(start + HEADER_LENGTH);
        source.get(fragment);
        int consumed = HEADER_LENGTH + fragment.length;
        try {
            TlsDecodeResult record = epoch.cipher().decodeNext(type, fragment);
            return take(epoch, record, consumed, target);
        } catch (IOException e) {
            // As the backend's engine wraps what its protocol throws.
            throw new SSLException(e);
        }
    }

    private static SSLEngineResult take(
            ConnectionFacts.Epoch epoch, TlsDecodeResult record, int consumed, ByteBuffer target) throws IOException {
        return switch (record.contentType) {
            case ContentType.application_data -> {
                target.put(record.buf, record.off, record.len);
                yield result(Status.OK, consumed, record.len);
            }
            case ContentType.alert -> result(isCloseNotify(record) ? Status.CLOSED : Status.OK, consumed, 0);
            case ContentType.handshake -> {
                followKeyUpdate(epoch, record);
                yield result(Status.OK, consumed, 0);
            }
            default -> throw new TlsFatalAlert(AlertDescription.unexpected_message);
        };
    }

    /**
     * True for close_notify, false for an alert that changes nothing.
     *
     * <pre>
     * struct { AlertLevel level; AlertDescription description; } Alert;   RFC 8446 6
     * </pre>
     */
    private static boolean isCloseNotify(TlsDecodeResult record) throws IOException {
        if (record.len != 2) {
            throw new TlsFatalAlert(AlertDescription.decode_error);
        }
        short level = (short) (record.buf[record.off] & 0xff);
        short description = (short) (record.buf[record.off + 1] & 0xff);
        if (description == AlertDescription.close_notify) {
            return true;
        }
        // RFC 8446 6: in TLS 1.3 the level says nothing, and user_canceled alone is no error.
        if (level == AlertLevel.fatal && description != AlertDescription.user_canceled) {
            throw new TlsFatalAlertReceived(description);
        }
        return false;
    }

    /**
     * Tickets and the like have come too late to matter, and there is no answering any more; but a KeyUpdate changes
     * the keys of what follows. RFC 8446 5.1: it ends its record, and 4.6.3: it is five bytes long.
     */
    private static void followKeyUpdate(ConnectionFacts.Epoch epoch, TlsDecodeResult record) throws IOException {
        int lastMessage = record.off + record.len - KEY_UPDATE_LENGTH;
        if (epoch.tls13() && lastMessage >= record.off && record.buf[lastMessage] == HandshakeType.key_update) {
            epoch.cipher().rekeyDecoder();
        }
    }

    private static final int KEY_UPDATE_LENGTH = 5;

    private static SSLEngineResult result(Status status, int consumed, int produced) {
        return new SSLEngineResult(status, HandshakeStatus.NOT_HANDSHAKING, consumed, produced);
    }
}
