package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.internal.wire.ContentType;
import io.omnitls.internal.wire.FirstRecord;
import io.omnitls.internal.wire.HandshakeAssembler;
import io.omnitls.internal.wire.HandshakeMessage;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.internal.wire.ServerHello;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.EngineFailure;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Stands between what came in and the engine, which is handed one record at a time and none that no peer may send: content
 * types, lengths, dummies for middleboxes, alerts in the clear, and how much of all that before the handshake is complete. The
 * messages of the handshake go to {@link FlightRules} first; one that was spread over several records is joined to one, so
 * that engines work by the message and not by the record.
 *
 * <p>The reasons are those of OpenSSL's {@code ssl3_get_record} and {@code ssl3_read_bytes}.
 */
final class RecordGuard {
    /** OpenSSL's MAX_EMPTY_RECORDS. */
    private static final int MAX_DUMMIES = 32;

    /** One less than OpenSSL's MAX_WARN_ALERT_COUNT, which is the first that is too many. */
    private static final int MAX_WARNINGS = 4;

    /** Certificates of a megabyte in records of 256 bytes; each costs a slow backend 40 microseconds. */
    private static final int MAX_ENCRYPTED_RECORDS = 4096;

    /** RFC 8446 sections 5.2 and 5.4: the most data, or padding, with its content type and the longest tag of any suite. */
    private static final int MAX_FULL_RECORD_TLS_1_3 = RecordHeader.MAX_PLAINTEXT + 1 + 16;

    private static final int WARNING = 1;
    private static final int FATAL = 2;

    private final Role role;
    private final PeerAuthentication authentication;
    private ByteQueue inbound; // the one that was asked about last
    private final FlightRules rules;
    private final FlightObserver observer;
    private final EarlyDataFilter earlyData;
    private final HandshakeAssembler messages = new HandshakeAssembler();

    private boolean anyRecord; // a flaw of the first record is called by another name
    private boolean encrypted; // the peer has put its keys to use
    private int collected; // bytes at the front of the queue: records of a message that is not complete
    private int cleared; // bytes at the front of the queue: records that the engine may have
    private int dummies;
    private int warnings;
    private int encryptedRecords; // before the handshake is complete

    // Of an open connection: what a record of data has in its header.
    private int dataVersion = -1;
    private int dataLimit;

    RecordGuard(
            Role role,
            ByteQueue inbound,
            FlightRules rules,
            FlightObserver observer,
            EarlyDataFilter earlyData,
            PeerAuthentication authentication) {
        this.role = role;
        this.authentication = authentication;
        this.inbound = inbound;
        this.rules = rules;
        this.observer = observer;
        this.earlyData = earlyData;
    }

    /**
     * How many bytes the engine's next record lacks; 0 when it stands at the front of the queue.
     *
     * @throws TlsException when what came is no record, or one that no peer may send
     */
    int missing(ByteQueue queue) throws TlsException {
        inbound = queue;
        while (cleared == 0) {
            int available = inbound.size() - collected;
            if (available < RecordHeader.SIZE) {
                return RecordHeader.SIZE - available;
            }
            if (!isData()) {
                require(inbound.header(collected));
            }
            int size = inbound.recordSize(collected);
            if (size > available) {
                return size - available;
            }
            anyRecord = true;
            if (observer.complete()) {
                cleared = size;
            } else {
                take(inbound.header(collected));
            }
        }
        return 0;
    }

    /** The engine has consumed so much of the queue. */
    void taken(int bytes) {
        cleared = Math.max(0, cleared - bytes);
    }

    /** What a record has become, which no engine counts: one of {@code consumed} bytes with its header. */
    void decrypted(int consumed, int produced) throws TlsException {
        if (produced > RecordHeader.MAX_PLAINTEXT) {
            // RFC 5246 6.2.1, RFC 8446 5.4: SunJSSE counts what is encrypted, and not what comes out of it.
            throw Refusal.of(
                    ErrorReason.DATA_LENGTH_TOO_LONG,
                    AlertDescription.RECORD_OVERFLOW,
                    "a record decrypts to " + produced + " bytes, at most " + RecordHeader.MAX_PLAINTEXT
                            + " are allowed");
        }
        if (consumed > RecordHeader.SIZE + MAX_FULL_RECORD_TLS_1_3 && observer.tls13()) {
            throw Refusal.of( // SunJSSE does not count the padding
                    ErrorReason.ENCRYPTED_LENGTH_TOO_LONG,
                    AlertDescription.RECORD_OVERFLOW,
                    "a record of " + consumed + " bytes holds more than " + RecordHeader.MAX_PLAINTEXT
                            + " of data and padding (RFC 8446 section 5.4)");
        }
    }

    /** This end has sent something. */
    void sent() {
        if (rules.answered()) {
            earlyData.answered(inbound.size());
        }
    }

    /** The handshake is complete. */
    void opened() {
        dataVersion = rules.serverHello().map(ServerHello::legacyVersion).orElse(-1);
        dataLimit = rules.tls13() ? RecordHeader.MAX_CIPHERTEXT_TLS_1_3 : RecordHeader.MAX_CIPHERTEXT;
    }

    /** Nearly all records of an open connection are data, in which nothing of what is required would be found missing. */
    private boolean isData() {
        int length = inbound.recordSize(collected) - RecordHeader.SIZE;
        return inbound.at(collected) == ContentType.APPLICATION_DATA.code()
                && (inbound.at(collected + 1) << 8 | inbound.at(collected + 2)) == dataVersion
                && length > 0
                && length <= dataLimit;
    }

    private void require(RecordHeader header) throws TlsException {
        if (!anyRecord) {
            FirstRecord.header(role, inbound.array(), inbound.start() + collected, RecordHeader.SIZE);
        }
        if (header.version() >> 8 != 3) {
            throw Refusal.of(
                    ErrorReason.WRONG_VERSION_NUMBER,
                    AlertDescription.PROTOCOL_VERSION,
                    String.format("the peer sent a record of the version 0x%04x", header.version()));
        }
        if (header.length() > RecordHeader.MAX_CIPHERTEXT) {
            throw tooLong(ErrorReason.PACKET_LENGTH_TOO_LONG, header, RecordHeader.MAX_CIPHERTEXT);
        }
        if (ContentType.of(header.type()).isEmpty()) {
            // RFC 8446 5: an unexpected record type ends the connection.
            throw unexpected(ErrorReason.UNEXPECTED_RECORD, "a record of the content type " + header.type());
        }
        boolean keysInUse = encrypted || observer.complete();
        if (keysInUse) {
            requireNotEmpty(header);
        }
        if (rules.tls13() && keysInUse) {
            requireTls13(header);
        } else if (keysInUse) {
            requireTls12(header);
        } else if (header.length() > RecordHeader.MAX_PLAINTEXT && !header.is(ContentType.APPLICATION_DATA)) {
            throw tooLong(ErrorReason.DATA_LENGTH_TOO_LONG, header, RecordHeader.MAX_PLAINTEXT);
        } else if (header.length() > RecordHeader.MAX_CIPHERTEXT_TLS_1_3) {
            throw tooLong(ErrorReason.ENCRYPTED_LENGTH_TOO_LONG, header, RecordHeader.MAX_CIPHERTEXT_TLS_1_3);
        }
    }

    /** RFC 8446 section 5: what is encrypted is application_data, and dummies end with the handshake. */
    private void requireTls13(RecordHeader header) throws TlsException {
        boolean dummy = header.is(ContentType.CHANGE_CIPHER_SPEC) && !observer.complete();
        if (!header.is(ContentType.APPLICATION_DATA) && !dummy) {
            throw unexpected(
                    ErrorReason.BAD_RECORD_TYPE, "a record of the content type " + header.type() + " in the clear");
        }
        if (header.length() > RecordHeader.MAX_CIPHERTEXT_TLS_1_3) {
            throw tooLong(ErrorReason.ENCRYPTED_LENGTH_TOO_LONG, header, RecordHeader.MAX_CIPHERTEXT_TLS_1_3);
        }
    }

    private void requireTls12(RecordHeader header) throws TlsException {
        Optional<ServerHello> chosen = rules.serverHello();
        if (chosen.isPresent() && chosen.get().legacyVersion() != header.version()) {
            throw Refusal.of(
                    ErrorReason.WRONG_VERSION_NUMBER,
                    AlertDescription.PROTOCOL_VERSION,
                    String.format(
                            "the peer sent a record of the version 0x%04x, which is not the connection's",
                            header.version()));
        }
        if (header.is(ContentType.CHANGE_CIPHER_SPEC)) {
            throw unexpected(ErrorReason.CCS_RECEIVED_EARLY, "a ChangeCipherSpec after its keys were in use");
        }
        if (header.is(ContentType.HANDSHAKE) && observer.complete()) {
            // A renegotiation would change the peer under the application's feet (RFC 7457 section 2.10).
            throw new TlsException(
                    ErrorReason.NO_RENEGOTIATION, "the peer asked for a renegotiation, which is refused");
        }
        if (header.is(ContentType.APPLICATION_DATA) && !observer.complete()) {
            throw unexpected(ErrorReason.APP_DATA_IN_HANDSHAKE, "application data before its Finished");
        }
    }

    /** A whole record came before the handshake is complete. */
    private void take(RecordHeader header) throws TlsException {
        if (encrypted && !rules.tls13()) {
            letThrough(header);
            return;
        }
        if (collected > 0 && !header.is(ContentType.HANDSHAKE) && !header.is(ContentType.ALERT)) {
            // RFC 8446 5.1: nothing may stand between the fragments of a message.
            throw unexpected(
                    ErrorReason.UNEXPECTED_MESSAGE,
                    "a record of the content type " + header.type() + " within a handshake message");
        }
        if (header.is(ContentType.HANDSHAKE)) {
            handshake(header);
        } else if (header.is(ContentType.ALERT)) {
            alert(header);
        } else if (header.is(ContentType.CHANGE_CIPHER_SPEC)) {
            changeCipherSpec(header);
        } else {
            applicationData(header);
        }
    }

    private void letThrough(RecordHeader header) throws TlsException {
        if (++encryptedRecords > MAX_ENCRYPTED_RECORDS) {
            throw unexpected(
                    ErrorReason.RECORD_TOO_SMALL, "more than " + MAX_ENCRYPTED_RECORDS + " records in the handshake");
        }
        cleared = header.recordSize();
    }

    private void handshake(RecordHeader header) throws TlsException {
        if (rules.tls13() && rules.answered()) {
            throw unexpected(ErrorReason.BAD_RECORD_TYPE, "a handshake message in the clear after the ServerHello");
        }
        if (header.length() == 0) {
            throw unexpected(ErrorReason.UNEXPECTED_MESSAGE, "an empty handshake record (RFC 8446 section 5.1)");
        }
        int body = inbound.start() + collected + RecordHeader.SIZE;
        messages.add(inbound.array(), body, header.length());
        judgeMessages();
        collected += header.recordSize();
        if (messages.isEmpty()) {
            joinCollected(header.recordSize());
        } else if (collected > 8 * HandshakeAssembler.MAX_BODY) {
            throw Refusal.of(
                    ErrorReason.EXCESSIVE_MESSAGE_SIZE,
                    AlertDescription.ILLEGAL_PARAMETER,
                    "the peer sent " + collected + " bytes of handshake messages, none of which ends with its record");
        }
    }

    private void judgeMessages() throws TlsException {
        for (; ; ) {
            OptionalInt type = messages.nextType();
            if (type.isPresent()) {
                rules.expect(type.getAsInt());
            }
            Optional<HandshakeMessage> message = messages.next();
            if (message.isEmpty()) {
                return;
            }
            boolean early = dummies > 0 && message.get().type() == HandshakeMessage.SERVER_HELLO;
            rules.received(message.get());
            observer.received(message.get());
            if (early && !rules.tls13()) {
                throw unexpected(ErrorReason.CCS_RECEIVED_EARLY, "a ChangeCipherSpec before its ServerHello");
            }
            boolean hello = message.get().type() == HandshakeMessage.CLIENT_HELLO
                    || message.get().type() == HandshakeMessage.SERVER_HELLO && rules.tls13();
            if (hello && !messages.isEmpty()) {
                // RFC 8446 5.1: what precedes a change of keys ends with its record.
                throw unexpected(ErrorReason.NOT_ON_RECORD_BOUNDARY, "something behind the hello in its record");
            }
        }
    }

    /** The records collected end with a message: the engine gets them, as one if they were several. */
    private void joinCollected(int last) {
        if (collected > last) {
            int version = inbound.header(0).version();
            ByteArrayOutputStream content = new ByteArrayOutputStream(collected);
            for (int at = 0; at < collected; ) {
                RecordHeader record = inbound.header(at);
                content.write(inbound.array(), inbound.start() + at + RecordHeader.SIZE, record.length());
                at += record.recordSize();
            }
            byte[] joined = RecordHeader.framed(ContentType.HANDSHAKE, version, content.toByteArray());
            inbound.replaceFront(collected, joined);
            cleared = joined.length;
        } else {
            cleared = collected;
        }
        collected = 0;
    }

    /**
     * An alert in the clear. It is taken at its word even where TLS 1.3 wants it encrypted, as OpenSSL does until the peer's
     * first encrypted record: a client that has not got that far may not be able to encrypt, and whoever could forge it could
     * as well cut the connection.
     */
    private void alert(RecordHeader header) throws TlsException {
        int at = collected + RecordHeader.SIZE;
        if (header.length() != 2) {
            throw unexpected(ErrorReason.INVALID_ALERT, "an alert record of " + header.length() + " bytes");
        }
        int level = inbound.at(at);
        int code = inbound.at(at + 1);
        if (level != WARNING && level != FATAL) {
            throw Refusal.of(
                    ErrorReason.UNKNOWN_ALERT_TYPE,
                    AlertDescription.ILLEGAL_PARAMETER,
                    "the peer sent an alert of the level " + level);
        }
        if (code == AlertDescription.CLOSE_NOTIFY.code() && collected == 0) {
            cleared = header.recordSize();
            return;
        }
        // RFC 8446 6: the level is a matter of course, but for what does not end the connection.
        if (level == FATAL || rules.tls13() && code != AlertDescription.USER_CANCELED.code()) {
            EngineFailure received = EngineFailure.received(code);
            TlsAlert alert = TlsAlert.received(code);
            throw new TlsException(
                    received.reason(),
                    received.detail() + OwnKeys.part(received.reason(), Optional.of(alert), authentication),
                    alert);
        }
        if (collected > 0 || ++warnings > MAX_WARNINGS) {
            throw unexpected(ErrorReason.TOO_MANY_WARN_ALERTS, "warnings instead of its part of the handshake");
        }
        drop(header);
    }

    private void changeCipherSpec(RecordHeader header) throws TlsException {
        boolean wellFormed = header.length() == 1 && inbound.at(RecordHeader.SIZE) == 1;
        if (rules.mayBeTls13()) {
            // RFC 8446 5: dropped without further processing from the ClientHello to the peer's Finished.
            if (!wellFormed) {
                throw unexpected(ErrorReason.INVALID_CCS_MESSAGE, "a ChangeCipherSpec that is not the byte 1");
            }
            if (++dummies > MAX_DUMMIES) {
                throw unexpected(ErrorReason.UNEXPECTED_CCS_MESSAGE, "more than " + MAX_DUMMIES + " ChangeCipherSpecs");
            }
            drop(header);
            return;
        }
        if (!rules.changeCipherSpecDue(observer.encrypting())) {
            throw unexpected(ErrorReason.CCS_RECEIVED_EARLY, "a ChangeCipherSpec before it has the keys");
        }
        if (!wellFormed) {
            throw Refusal.of(
                    ErrorReason.BAD_CHANGE_CIPHER_SPEC,
                    header.length() == 1 ? AlertDescription.ILLEGAL_PARAMETER : AlertDescription.DECODE_ERROR,
                    "the peer sent a ChangeCipherSpec that is not the byte 1");
        }
        encrypted = true;
        cleared = header.recordSize();
    }

    private void applicationData(RecordHeader header) throws TlsException {
        if (earlyData.skips(header)) {
            drop(header);
            return;
        }
        if (!rules.tls13() || !rules.answered()) {
            throw unexpected(ErrorReason.APP_DATA_IN_HANDSHAKE, "application data before its keys");
        }
        requireNotEmpty(header);
        encrypted = true;
        letThrough(header);
    }

    private void drop(RecordHeader header) {
        earlyData.passed(header);
        inbound.skip(header.recordSize());
    }

    private static void requireNotEmpty(RecordHeader encrypted) throws TlsException {
        if (encrypted.length() == 0) {
            throw Refusal.of(
                    ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    AlertDescription.BAD_RECORD_MAC,
                    "the peer sent a record without a byte, which nobody has encrypted");
        }
    }

    private static TlsException unexpected(ErrorReason reason, String found) {
        return Refusal.of(reason, AlertDescription.UNEXPECTED_MESSAGE, "the peer sent " + found);
    }

    private static TlsException tooLong(ErrorReason reason, RecordHeader header, int limit) {
        return Refusal.of(
                reason,
                AlertDescription.RECORD_OVERFLOW,
                "the peer sent a record of " + header.length() + " bytes, at most " + limit + " are allowed");
    }
}
