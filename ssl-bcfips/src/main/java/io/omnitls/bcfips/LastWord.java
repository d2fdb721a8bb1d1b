package io.omnitls.bcfips;

import io.omnitls.protocol.AlertDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
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
 * The alert of a connection that the FIPS module has broken off. An {@code Error} runs through the backend without
 * leaving a trace, so the peer would wait for ever.
 */
final class LastWord {
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);
    private static final int HEADER_LENGTH = 5;

    private final SSLEngine engine;
    private final ConnectionFacts facts;
    private final AlertDescription alert;
    private boolean said; // once; the wrap that comes after only closes

    LastWord(SSLEngine engine, ConnectionFacts facts, AlertDescription alert) {
        this.engine = engine;
        this.facts = facts;
        this.alert = alert;
    }

    /** Makes what is left to send, all at once. */
    SSLEngineResult wrap(ByteBuffer target) throws SSLException {
        int start = target.position();
        if (!said) {
            said = true;
            finishFlight(target);
            target.put(record());
        }
        return new SSLEngineResult(Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0, target.position() - start);
    }

    /** Messages that were ready before the failure: without the ServerHello a client cannot decrypt the alert. */
    private void finishFlight(ByteBuffer target) throws SSLException {
        int before;
        do {
            before = target.position();
            engine.wrap(NO_DATA, target);
        } while (target.position() > before);
    }

    private byte[] record() throws SSLException {
        byte[] message = {(byte) AlertLevel.fatal, (byte) alert.code()};
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
