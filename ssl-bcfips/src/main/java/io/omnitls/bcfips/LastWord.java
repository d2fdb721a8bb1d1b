package io.omnitls.bcfips;

import io.omnitls.protocol.AlertDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/**
 * The alert that ends a connection where the backend cannot be left to say it: an {@code Error} of the FIPS module runs
 * through the backend without leaving a trace, so the peer would wait for ever; and the backend's own close_notify would
 * make it deaf to what the peer still has to say.
 *
 * <p>Guarded by the engine's monitor, as all that the backend does for a connection is: it encrypts with the same cipher,
 * also when it reads.
 */
final class LastWord {
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);
    private static final int HEADER_LENGTH = 5;

    private static final Set<AlertDescription> WARNINGS =
            Set.of(AlertDescription.CLOSE_NOTIFY, AlertDescription.NO_RENEGOTIATION);

    /** No cipher makes more of two alerts' two bytes, with header, padding and MAC. */
    private static final int ALERT_ROOM = 512;

    private final SSLEngine engine;
    private final ConnectionFacts facts;
    private final AlertDescription alert;
    private boolean said; // once; every wrap that comes after it makes nothing

    LastWord(SSLEngine engine, ConnectionFacts facts, AlertDescription alert) {
        this.engine = engine;
        this.facts = facts;
        this.alert = alert;
    }

    /** Makes what is left to send: first what was ready before, without which a client could not decrypt the alert. */
    SSLEngineResult wrap(ByteBuffer target) throws SSLException {
        int start = target.position();
        synchronized (engine) {
            if (!said) {
                // The answer to the peer's close_notify is among what the backend has ready.
                boolean answered = alert == AlertDescription.CLOSE_NOTIFY && engine.isInboundDone();
                finishFlight(target);
                if (target.remaining() < ALERT_ROOM) {
                    return result(Status.BUFFER_OVERFLOW, target.position() - start);
                }
                said = true;
                if (!answered) {
                    for (AlertDescription word : words()) {
                        target.put(record(word));
                    }
                }
            }
        }
        return result(Status.CLOSED, target.position() - start);
    }

    private void finishFlight(ByteBuffer target) throws SSLException {
        int before;
        do {
            before = target.position();
            engine.wrap(NO_DATA, target);
        } while (target.position() > before);
    }

    private static SSLEngineResult result(Status status, int produced) {
        return new SSLEngineResult(status, HandshakeStatus.NOT_HANDSHAKING, 0, produced);
    }

    /** RFC 5246 section 7.2.2: no_renegotiation is a warning always, after which the connection is still to be ended. */
    private List<AlertDescription> words() {
        return alert == AlertDescription.NO_RENEGOTIATION
                ? List.of(alert, AlertDescription.CLOSE_NOTIFY)
                : List.of(alert);
    }

    private byte[] record(AlertDescription word) throws SSLException {
        short level = WARNINGS.contains(word) ? AlertLevel.warning : AlertLevel.fatal;
        byte[] message = {(byte) level, (byte) word.code()};
        Optional<RecordCipher> cipher = facts.epoch()
                // In TLS 1.2 the cipher is there before change_cipher_spec puts it to use.
                .filter(epoch -> epoch.tls13() || epoch.cipher().hasEncoded())
                .map(ConnectionFacts.Epoch::cipher);
        if (cipher.isEmpty()) {
            return withHeader(new byte[] {0, 0, 0, 0, 0, message[0], message[1]}, ContentType.alert);
        }
        try {
            TlsEncodeResult encrypted = cipher.get().encodeNext(ContentType.alert, HEADER_LENGTH, message);
            byte[] record = new byte[encrypted.len];
            System.arraycopy(encrypted.buf, encrypted.off, record, 0, record.length);
            return withHeader(record, encrypted.recordType);
        } catch (IOException e) {
            throw new SSLException("cannot encrypt the last alert", e);
        }
    }

    /**
     * <pre>
     * struct { ContentType type; ProtocolVersion version; uint16 length; opaque fragment[length]; }   RFC 8446 5.1
     * </pre>
     */
    private static byte[] withHeader(byte[] record, short type) {
        int length = record.length - HEADER_LENGTH;
        record[0] = (byte) type;
        record[1] = (byte) ProtocolVersion.TLSv12.getMajorVersion();
        record[2] = (byte) ProtocolVersion.TLSv12.getMinorVersion();
        record[3] = (byte) (length >> 8);
        record[4] = (byte) length;
        return record;
    }
}
