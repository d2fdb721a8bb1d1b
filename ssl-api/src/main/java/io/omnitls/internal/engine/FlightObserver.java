package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.internal.wire.ServerHello;
import io.omnitls.internal.wire.ServerHelloParser;
import io.omnitls.internal.wire.ServerKeyExchange;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.EngineFailure;
import java.util.Optional;

/**
 * Reads along in the part of a handshake that is not encrypted, and so knows what no {@code SSLEngine} tells: whether a
 * session was resumed, which group was used, which alert went out. Changes nothing; believes nothing that would matter
 * for security.
 */
final class FlightObserver {
    private static final int FATAL = 2;

    private final Role role;
    private final Direction sent = new Direction();
    private final Direction received = new Direction();
    private final HandshakeMessages serverMessages = new HandshakeMessages(this::serverMessage);

    private boolean anyRecordReceived;
    private Optional<ServerHello> serverHello = Optional.empty();
    private Optional<NamedGroup> keyExchangeGroup = Optional.empty();
    private boolean certificateSeen; // in TLS 1.2: a full handshake
    private volatile Optional<TlsAlert> sentAlert = Optional.empty();
    private Optional<EngineFailure> receivedAlert = Optional.empty();
    private Optional<TlsVersion> completed = Optional.empty();

    /** What is known of one direction. */
    private static final class Direction {
        boolean encrypted; // behind a ChangeCipherSpec (TLS 1.2) or an application_data record (TLS 1.3)
    }

    FlightObserver(Role role) {
        this.role = role;
    }

    /**
     * Refuses what is no record, before the engine sees it: backends call the same garbage by different names.
     *
     * @throws TlsException as OpenSSL's {@code ssl3_get_record} would
     */
    void checkHeader(byte[] buffer, int offset) throws TlsException {
        if (anyRecordReceived) {
            RecordHeader.check(buffer, offset);
        } else {
            RecordHeader.checkFirst(buffer, offset);
        }
        if (completed.isPresent()
                && !completed.get().atLeast(TlsVersion.TLS_1_3)
                && RecordHeader.type(buffer, offset) == RecordHeader.HANDSHAKE) {
            // RFC 7457 2.10: a renegotiation would change the peer under the application's feet.
            throw new TlsException(
                    ErrorReason.NO_RENEGOTIATION, "the peer asked for a renegotiation, which is refused");
        }
    }

    /** A whole record came in. */
    void received(byte[] buffer, int offset, int length) {
        anyRecordReceived = true;
        if (completed.isEmpty()) {
            observe(received, role == Role.CLIENT, buffer, offset, length);
        }
    }

    /** Whole records went out. */
    void sent(byte[] buffer, int offset, int length) {
        if (completed.isPresent()) {
            return;
        }
        int at = offset;
        while (at < offset + length) {
            int record = RecordHeader.totalLength(buffer, at);
            observe(sent, role == Role.SERVER, buffer, at, record);
            at += record;
        }
    }

    private void observe(Direction direction, boolean fromServer, byte[] buffer, int offset, int length) {
        if (direction.encrypted) {
            return;
        }
        int body = offset + RecordHeader.LENGTH;
        int bodyLength = length - RecordHeader.LENGTH;
        switch (RecordHeader.type(buffer, offset)) {
            // In TLS 1.3 it is a dummy for middleboxes and changes nothing (RFC 8446 appendix D.4).
            case RecordHeader.CHANGE_CIPHER_SPEC -> direction.encrypted = !tls13();
            case RecordHeader.APPLICATION_DATA -> direction.encrypted = true;
            case RecordHeader.ALERT -> {
                if (bodyLength == 2) {
                    alert(direction, buffer[body], buffer[body + 1] & 0xff);
                }
            }
            case RecordHeader.HANDSHAKE -> {
                if (fromServer) {
                    serverMessages.add(buffer, body, bodyLength);
                }
            }
            default -> {
                // The engine will refuse it.
            }
        }
    }

    private void alert(Direction direction, int level, int code) {
        if (direction == received && level == FATAL) {
            receivedAlert = Optional.of(EngineFailure.received(code));
        } else if (direction == sent && sentAlert.isEmpty()) {
            sentAlert = Optional.of(new TlsAlert(code, TlsAlert.Direction.SENT));
        }
    }

    private void serverMessage(int type, byte[] body) {
        try {
            switch (type) {
                case HandshakeMessages.SERVER_HELLO -> serverHello = Optional.of(ServerHelloParser.parse(body));
                case HandshakeMessages.CERTIFICATE -> certificateSeen = true;
                case HandshakeMessages.SERVER_KEY_EXCHANGE -> keyExchangeGroup = ServerKeyExchange.namedGroup(body);
                default -> {
                    // The others tell nothing that is asked for.
                }
            }
        } catch (TlsException malformed) {
            // The engine judges the message; here it just tells nothing.
        }
    }

    /** The handshake is complete: what follows is none of the observer's business, but for a renegotiation. */
    void handshakeComplete(TlsVersion version) {
        completed = Optional.of(version);
    }

    /** Whether an earlier session was resumed. */
    boolean resumed() {
        return serverHello
                .map(hello -> tls13() ? hello.preSharedKey() : !certificateSeen)
                .orElse(false);
    }

    /** The group of the key exchange, if it took place in the clear part. */
    Optional<NamedGroup> namedGroup() {
        return tls13() ? serverHello.flatMap(ServerHello::keyShare) : keyExchangeGroup;
    }

    /**
     * The fatal alert that came in the clear. It is taken at its word even where TLS 1.3 wants it encrypted, as OpenSSL
     * does until the peer's first encrypted record: a client that has not got that far may not be able to encrypt, and
     * whoever could forge it could as well cut the connection.
     */
    Optional<EngineFailure> fatalAlertReceived() {
        return receivedAlert;
    }

    /** The first alert that went out unencrypted. */
    Optional<TlsAlert> sentAlert() {
        return sentAlert;
    }

    /** Whether an alert of this end has to be encrypted by now. */
    boolean encrypting() {
        return sent.encrypted || completed.isPresent() || tls13() && !helloRetryRequested();
    }

    /** Whether this end has sent nothing encrypted, although it may have the keys: a TLS 1.3 client in mid-handshake. */
    boolean nothingEncryptedSent() {
        return role == Role.CLIENT && !sent.encrypted && completed.isEmpty();
    }

    private boolean tls13() {
        return serverHello
                .map(hello -> hello.version() == TlsVersion.TLS_1_3.wireVersion())
                .orElse(false);
    }

    private boolean helloRetryRequested() {
        return serverHello.map(ServerHello::helloRetryRequest).orElse(false);
    }
}
