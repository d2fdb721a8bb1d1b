package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Finds the ClientHello in the first records of a client, over however many it is spread. */
public final class ClientHelloCollector {
    private static final int CLIENT_HELLO = 1;
    private static final int HANDSHAKE_HEADER = 4;
    /** More than any real one, post-quantum key shares included; the length field could say 16 MiB. */
    private static final int MAX_LENGTH = 64 * 1024;

    private ClientHelloCollector() {}

    /**
     * The body of the ClientHello, without the header of the handshake message, or empty while it is not complete.
     *
     * @param buffer holds what the client sent so far, from {@code offset} on, {@code available} bytes
     * @throws TlsException when it sent something else
     */
    public static Optional<byte[]> collect(byte[] buffer, int offset, int available) throws TlsException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int at = offset;
        int end = offset + available;
        while (end - at >= RecordHeader.LENGTH) {
            checkRecord(buffer, at, at == offset);
            int next = at + RecordHeader.totalLength(buffer, at);
            if (next > end) {
                return Optional.empty();
            }
            message.write(buffer, at + RecordHeader.LENGTH, next - at - RecordHeader.LENGTH);
            Optional<byte[]> body = body(message.toByteArray());
            if (body.isPresent()) {
                return body;
            }
            at = next;
        }
        return Optional.empty();
    }

    private static void checkRecord(byte[] buffer, int at, boolean first) throws TlsException {
        if (first) {
            RecordHeader.checkFirst(buffer, at);
        } else {
            RecordHeader.check(buffer, at);
        }
        if (RecordHeader.type(buffer, at) != RecordHeader.HANDSHAKE || RecordHeader.totalLength(buffer, at) == 5) {
            throw WireReader.failure(
                    ErrorReason.UNEXPECTED_MESSAGE,
                    AlertDescription.UNEXPECTED_MESSAGE,
                    "expected a ClientHello, found a record of type " + RecordHeader.type(buffer, at) + " with "
                            + (RecordHeader.totalLength(buffer, at) - RecordHeader.LENGTH) + " bytes");
        }
    }

    /**
     * <pre>
     * struct {
     *     HandshakeType msg_type;
     *     uint24 length;
     *     ClientHello body;
     * } Handshake;
     * </pre>
     */
    private static Optional<byte[]> body(byte[] message) throws TlsException {
        if ((message[0] & 0xff) != CLIENT_HELLO) {
            throw WireReader.failure(
                    ErrorReason.UNEXPECTED_MESSAGE,
                    AlertDescription.UNEXPECTED_MESSAGE,
                    "expected a ClientHello (1), found a handshake message of type " + (message[0] & 0xff));
        }
        if (message.length < HANDSHAKE_HEADER) {
            return Optional.empty();
        }
        int length = (message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | message[3] & 0xff;
        if (length > MAX_LENGTH) {
            throw WireReader.failure(
                    ErrorReason.LENGTH_MISMATCH,
                    AlertDescription.DECODE_ERROR,
                    "a ClientHello of " + length + " bytes, at most " + MAX_LENGTH + " are accepted");
        }
        return message.length < HANDSHAKE_HEADER + length
                ? Optional.empty()
                : Optional.of(java.util.Arrays.copyOfRange(message, HANDSHAKE_HEADER, HANDSHAKE_HEADER + length));
    }
}
