package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.Role;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gathers the ClientHello that a server receives first, in however many pieces the transport delivers it and over
 * however many records the client spreads it. The work is proportional to the bytes, also for a client that sends them
 * one by one. Not thread-safe.
 */
public final class ClientHelloCollector {
    /**
     * The longest ClientHello that is taken, in bytes: what every backend takes. BoringSSL has no more room for a message of a
     * client that was not asked for a certificate, SunJSSE and BC-FIPS end at twice as much.
     */
    public static final int MAX_CLIENT_HELLO = 1 << 14;

    private final HandshakeAssembler messages = new HandshakeAssembler(MAX_CLIENT_HELLO);
    private final byte[] header = new byte[RecordHeader.SIZE];
    private int headerSize;
    private int fragmentLeft;
    private int consumed;
    // Not a phase: the first record is told from the others only by how a flaw in it is reported.
    private boolean firstRecordSeen;
    private Optional<ClientHello> hello = Optional.empty();

    /**
     * Takes bytes that follow those of the calls before, and returns the ClientHello as soon as it is complete; from
     * then on further bytes are ignored.
     *
     * @throws TlsException when the bytes are not the start of a TLS connection, or the ClientHello is malformed; it
     *     carries the alert to be sent, or none when the peer could not read one
     */
    public Optional<ClientHello> add(byte[] inbound, int offset, int length) throws TlsException {
        int position = offset;
        int end = offset + length;
        while (position < end && hello.isEmpty()) {
            if (fragmentLeft == 0) {
                header[headerSize++] = inbound[position++];
                consumed++;
                if (headerSize == RecordHeader.SIZE) {
                    fragmentLeft = startRecord().length();
                    headerSize = 0;
                }
                continue;
            }
            int size = Math.min(fragmentLeft, end - position);
            messages.add(inbound, position, size);
            position += size;
            consumed += size;
            fragmentLeft -= size;
            hello = completed();
        }
        return hello;
    }

    /** How many bytes of all that was added belong to the ClientHello and the headers of its records. */
    public int consumed() {
        return consumed;
    }

    private RecordHeader startRecord() throws TlsException {
        RecordHeader record = RecordHeader.read(header, 0);
        if (!firstRecordSeen) {
            FirstRecord.header(Role.SERVER, header, 0, header.length);
            firstRecordSeen = true;
        }
        if (!record.is(ContentType.HANDSHAKE)) {
            throw unexpected("a record of type " + record.type() + " arrived, expected a handshake record (22)");
        }
        if (record.version() >> 8 != 3) {
            throw Refusal.of(
                    ErrorReason.WRONG_VERSION_NUMBER,
                    AlertDescription.PROTOCOL_VERSION,
                    String.format("a record has version 0x%04x, expected 0x03xx", record.version()));
        }
        if (record.length() > RecordHeader.MAX_PLAINTEXT) {
            throw Refusal.of(
                    ErrorReason.PACKET_LENGTH_TOO_LONG,
                    AlertDescription.RECORD_OVERFLOW,
                    "a record has " + record.length() + " bytes, expected at most " + RecordHeader.MAX_PLAINTEXT);
        }
        if (record.length() == 0) {
            // RFC 8446 5.1: zero-length fragments of handshake types must not be sent.
            throw unexpected("an empty handshake record arrived, expected at least one byte");
        }
        return record;
    }

    private Optional<ClientHello> completed() throws TlsException {
        OptionalInt type = messages.nextType();
        if (type.isPresent() && type.getAsInt() != HandshakeMessage.CLIENT_HELLO) {
            throw unexpected("handshake message " + type.getAsInt() + " arrived, expected a ClientHello (1)");
        }
        Optional<HandshakeMessage> message = messages.next();
        if (message.isPresent() && (fragmentLeft > 0 || !messages.isEmpty())) {
            // RFC 8446 5.1: what precedes a change of keys ends with its record; before TLS 1.3 the server is next.
            throw Refusal.of(
                    ErrorReason.NOT_ON_RECORD_BOUNDARY,
                    AlertDescription.UNEXPECTED_MESSAGE,
                    "something follows the ClientHello in its record");
        }
        return message.isPresent() ? Optional.of(ClientHelloParser.parse(message.get())) : Optional.empty();
    }

    private static TlsException unexpected(String detail) {
        return Refusal.of(ErrorReason.UNEXPECTED_MESSAGE, AlertDescription.UNEXPECTED_MESSAGE, detail);
    }
}
