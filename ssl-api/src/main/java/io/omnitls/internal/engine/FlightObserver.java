package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.wire.CertificateMessage;
import io.omnitls.internal.wire.ContentType;
import io.omnitls.internal.wire.FirstRecord;
import io.omnitls.internal.wire.HandshakeAssembler;
import io.omnitls.internal.wire.HandshakeMessage;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.internal.wire.ServerHello;
import io.omnitls.internal.wire.ServerHelloParser;
import io.omnitls.internal.wire.ServerKeyExchange;
import io.omnitls.internal.wire.ServerKeyExchangeParser;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.EngineFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads along in the part of a handshake that is not encrypted, and so knows what no {@code SSLEngine} tells: whether a
 * session was resumed, which group was used, which alert went out. Changes nothing; nothing that matters for security
 * may depend on it alone, since a peer decides what there is to see.
 */
final class FlightObserver {
    private static final int FATAL = 2;
    /** Where a client's first record has its random number: behind two headers and legacy_version. */
    private static final int RANDOM = RecordHeader.SIZE + HandshakeMessage.HEADER_SIZE + 2;
    /** No server sends more certificates than that, or it goes unobserved. */
    private static final int MAX_MESSAGE = 1 << 20;

    private final Role role;
    private final Direction sent = new Direction();
    private final Direction received = new Direction();
    private final HandshakeAssembler serverMessages = new HandshakeAssembler(MAX_MESSAGE);
    private final HandshakeAssembler clientMessages = new HandshakeAssembler(MAX_MESSAGE); // read by a server alone

    private boolean anyRecordReceived;
    private Optional<Bytes> clientRandom = Optional.empty();
    private Optional<ServerHello> serverHello = Optional.empty();
    private Optional<ServerKeyExchange> keyExchange = Optional.empty();
    private volatile Optional<Duration> ticketLifetime = Optional.empty();
    private boolean certificateSeen; // in TLS 1.2: a full handshake
    private Optional<Bytes> peerCertificate =
            Optional.empty(); // the body of the message, until the handshake is complete
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
     * The header of the next record. What is no record is refused before the engine sees it: backends call the same
     * garbage by different names.
     *
     * @throws TlsException as OpenSSL's {@code ssl3_get_record} would
     */
    RecordHeader requireRecord(byte[] buffer, int offset) throws TlsException {
        RecordHeader header = RecordHeader.read(buffer, offset);
        if (!anyRecordReceived) {
            FirstRecord.header(role, buffer, offset, RecordHeader.SIZE);
            return header;
        }
        if (header.version() >> 8 != 3) {
            throw refusal(
                    ErrorReason.WRONG_VERSION_NUMBER,
                    AlertDescription.PROTOCOL_VERSION,
                    "a record of the version 0x%04x".formatted(header.version()));
        }
        if (header.length() > RecordHeader.MAX_CIPHERTEXT) {
            throw refusal(
                    ErrorReason.PACKET_LENGTH_TOO_LONG,
                    AlertDescription.RECORD_OVERFLOW,
                    "a record of " + header.length() + " bytes, at most " + RecordHeader.MAX_CIPHERTEXT
                            + " are allowed");
        }
        if (header.is(ContentType.HANDSHAKE)
                && completed.filter(v -> !v.atLeast(TlsVersion.TLS_1_3)).isPresent()) {
            // A renegotiation would change the peer under the application's feet (RFC 7457 section 2.10).
            throw new TlsException(
                    ErrorReason.NO_RENEGOTIATION, "the peer asked for a renegotiation, which is refused");
        }
        return header;
    }

    private static TlsException refusal(ErrorReason reason, AlertDescription alert, String found) {
        return new TlsException(reason, "the peer sent " + found, Optional.of(TlsAlert.sent(alert)), Optional.empty());
    }

    /** A whole record came in. */
    void received(byte[] buffer, int offset) {
        anyRecordReceived = true;
        if (completed.isEmpty()) {
            observe(received, role == Role.CLIENT, buffer, offset);
        }
    }

    /** Whole records went out. */
    void sent(byte[] buffer, int offset, int length) {
        if (completed.isPresent()) {
            return;
        }
        int at = offset;
        if (role == Role.CLIENT && clientRandom.isEmpty()) {
            // No engine puts less than this into its first record, and a second ClientHello has the same random.
            clientRandom = Optional.of(Bytes.copyOf(buffer, offset + RANDOM, offset + RANDOM + 32));
        }
        while (at < offset + length) {
            int record = RecordHeader.read(buffer, at).recordSize();
            observe(sent, role == Role.SERVER, buffer, at);
            at += record;
        }
    }

    /** The random number of the ClientHello that a client has sent; empty before that, and on a server. */
    Optional<Bytes> clientRandomSent() {
        return clientRandom;
    }

    private void observe(Direction direction, boolean fromServer, byte[] buffer, int offset) {
        if (direction.encrypted) {
            return;
        }
        RecordHeader header = RecordHeader.read(buffer, offset);
        int body = offset + RecordHeader.SIZE;
        if (header.is(ContentType.CHANGE_CIPHER_SPEC)) {
            // In TLS 1.3 it is a dummy for middleboxes and changes nothing (RFC 8446 appendix D.4).
            direction.encrypted = !tls13();
        } else if (header.is(ContentType.APPLICATION_DATA)) {
            direction.encrypted = true;
        } else if (header.is(ContentType.ALERT) && header.length() == 2) {
            alert(direction, buffer[body], buffer[body + 1] & 0xff);
        } else if (header.is(ContentType.HANDSHAKE) && fromServer) {
            serverMessages.add(buffer, body, header.length());
            readServerMessages();
        } else if (header.is(ContentType.HANDSHAKE) && direction == received) {
            clientMessages.add(buffer, body, header.length());
            readClientMessages();
        }
    }

    private void alert(Direction direction, int level, int code) {
        if (direction == received && level == FATAL) {
            receivedAlert = Optional.of(EngineFailure.received(code));
        } else if (direction == sent && sentAlert.isEmpty()) {
            sentAlert = Optional.of(new TlsAlert(code, TlsAlert.Direction.SENT));
        }
    }

    private void readServerMessages() {
        try {
            for (Optional<HandshakeMessage> message = serverMessages.next();
                    message.isPresent();
                    message = serverMessages.next()) {
                serverMessage(message.get());
            }
        } catch (TlsException malformed) {
            // The engine judges the message; here it just tells nothing.
        }
    }

    /** A server's own engine tells what else there is to know of a client. */
    private void readClientMessages() {
        try {
            for (Optional<HandshakeMessage> message = clientMessages.next();
                    message.isPresent();
                    message = clientMessages.next()) {
                if (message.get().type() == HandshakeMessage.CERTIFICATE) {
                    peerCertificate = message.map(HandshakeMessage::body);
                }
            }
        } catch (TlsException malformed) {
            // The engine judges the message.
        }
    }

    private void serverMessage(HandshakeMessage message) throws TlsException {
        switch (message.type()) {
            case HandshakeMessage.SERVER_HELLO -> serverHello = Optional.of(ServerHelloParser.parse(message.body()));
            case HandshakeMessage.NEW_SESSION_TICKET -> ticketLifetime = Optional.of(lifetime(message.body()));
            case HandshakeMessage.CERTIFICATE -> {
                certificateSeen = true;
                peerCertificate = role == Role.CLIENT ? Optional.of(message.body()) : peerCertificate;
            }
            case HandshakeMessage.SERVER_KEY_EXCHANGE -> keyExchange = keyExchange(message.body());
            default -> {
                // The others tell nothing that is asked for.
            }
        }
    }

    /** RFC 5077 section 3.3: the first four bytes are the lifetime hint in seconds. */
    private static Duration lifetime(Bytes body) {
        long seconds = body.size() < 4 ? 0 : (long) body.at(0) << 24 | body.at(1) << 16 | body.at(2) << 8 | body.at(3);
        return Duration.ofSeconds(seconds);
    }

    /** For how long a server says a TLS 1.2 ticket is good; empty when it sent none, and in TLS 1.3. */
    Optional<Duration> ticketLifetime() {
        return ticketLifetime;
    }

    /** Whether the handshake is complete. */
    boolean complete() {
        return completed.isPresent();
    }

    private Optional<ServerKeyExchange> keyExchange(Bytes body) throws TlsException {
        Optional<CipherSuite> suite = serverHello.flatMap(hello -> CipherTable.byId(hello.cipherSuite()));
        return suite.isPresent()
                ? Optional.of(ServerKeyExchangeParser.parse(body, suite.get(), TlsVersion.TLS_1_2))
                : Optional.empty();
    }

    /** The handshake is complete: what follows is none of the observer's business, but for a renegotiation. */
    void handshakeComplete(TlsVersion version) {
        completed = Optional.of(version);
        peerCertificate = Optional.empty();
    }

    /**
     * What the peer presented in this handshake, its own certificate first, as the bytes that came: for when the engine
     * cannot read them. Empty where it did not, and in TLS 1.3, where that is encrypted.
     */
    List<Bytes> peerCertificates() {
        try {
            return peerCertificate.isPresent() ? CertificateMessage.parse(peerCertificate.get()) : List.of();
        } catch (TlsException malformed) {
            return List.of(); // and the engine says so
        }
    }

    /** Whether an earlier session was resumed. */
    boolean resumed() {
        return serverHello
                .map(hello -> tls13() ? hello.preSharedKey() : !certificateSeen)
                .orElse(false);
    }

    /** The group of the key exchange, if it took place in the clear part. */
    Optional<NamedGroup> namedGroup() {
        return tls13() ? serverHello.flatMap(ServerHello::keyShare) : keyExchange.flatMap(ServerKeyExchange::group);
    }

    /** What a TLS 1.2 server signed its key exchange with; in TLS 1.3 the signature is encrypted. */
    Optional<SignatureScheme> signatureScheme() {
        return keyExchange.flatMap(ServerKeyExchange::signatureScheme);
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
                .map(hello -> hello.selectedVersion() == TlsVersion.TLS_1_3.wireVersion())
                .orElse(false);
    }

    private boolean helloRetryRequested() {
        return serverHello.map(ServerHello::helloRetryRequest).orElse(false);
    }
}
