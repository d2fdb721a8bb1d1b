package io.omnitls.internal.engine;

import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.ContentType;
import io.omnitls.internal.wire.HandshakeAssembler;
import io.omnitls.internal.wire.HandshakeMessage;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ObservedMessage;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Reads one direction of a connection along, in whatever pieces it comes, for an observer. What is no record ends the
 * observation: it may be what follows TLS on the same transport.
 */
final class RecordTap {
    private final ObservedTransport connection;
    private final long number;
    private final boolean sent;
    private final Consumer<ObservedMessage> observer;
    private final HandshakeAssembler messages = new HandshakeAssembler(); // larger messages go unobserved

    private final byte[] header = new byte[RecordHeader.SIZE];
    private int headerSize;
    private RecordHeader record = new RecordHeader(0, 0, 0);
    private byte[] fragment = new byte[0]; // of a record in the clear; empty where it is encrypted
    private int missing; // of the record, behind its header
    private boolean changedCipher; // a ChangeCipherSpec has passed, which in TLS 1.3 changes nothing
    private boolean over; // nothing more is observed

    RecordTap(ObservedTransport connection, long number, boolean sent, Consumer<ObservedMessage> observer) {
        this.connection = connection;
        this.number = number;
        this.sent = sent;
        this.observer = observer;
    }

    /** Takes the next bytes of the stream. */
    void add(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && !over) {
            if (missing == 0) {
                header[headerSize++] = bytes[at++];
                if (headerSize == RecordHeader.SIZE) {
                    headerSize = 0;
                    begin(RecordHeader.read(header, 0));
                }
                continue;
            }
            int size = Math.min(missing, end - at);
            if (fragment.length > 0) {
                System.arraycopy(bytes, at, fragment, fragment.length - missing, size);
            }
            at += size;
            missing -= size;
            if (missing == 0 && fragment.length > 0) {
                inTheClear();
            }
        }
    }

    private void begin(RecordHeader next) {
        if (ContentType.of(next.type()).isEmpty()
                || next.version() >> 8 != 3
                || next.length() > RecordHeader.MAX_CIPHERTEXT) {
            over = true;
            return;
        }
        record = next;
        missing = next.length();
        boolean encrypted = next.is(ContentType.APPLICATION_DATA) || changedCipher && !connection.tls13();
        fragment = new byte[encrypted ? 0 : missing];
        if (encrypted) {
            tell(OptionalInt.empty(), true, Bytes.copyOf(header));
        }
    }

    private void inTheClear() {
        if (record.is(ContentType.HANDSHAKE)) {
            messages.add(fragment, 0, fragment.length);
            handshakeMessages();
            return;
        }
        boolean alert = record.is(ContentType.ALERT) && fragment.length == 2;
        changedCipher |= record.is(ContentType.CHANGE_CIPHER_SPEC);
        tell(alert ? OptionalInt.of(fragment[1] & 0xff) : OptionalInt.empty(), false, Bytes.copyOf(fragment));
    }

    private void handshakeMessages() {
        try {
            for (Optional<HandshakeMessage> next = messages.next(); next.isPresent(); next = messages.next()) {
                HandshakeMessage message = next.get();
                tell(OptionalInt.of(message.type()), false, message.encoded());
                if (message.type() == HandshakeMessage.SERVER_HELLO) {
                    connection.serverHello(message.body());
                }
            }
        } catch (TlsException malformed) {
            // The connection judges it.
        }
    }

    private void tell(OptionalInt messageType, boolean encrypted, Bytes bytes) {
        observer.accept(
                new ObservedMessage(number, sent, record.version(), record.type(), messageType, encrypted, bytes));
    }
}
