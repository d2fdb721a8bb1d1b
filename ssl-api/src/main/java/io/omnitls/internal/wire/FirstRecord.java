package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Role;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Tells whether a peer speaks TLS at all from the first bytes it sends, in the words of OpenSSL's
 * {@code ssl3_get_record}: somebody who talks HTTP to a TLS port, or TLS to an HTTP port, shall read just that.
 */
public final class FirstRecord {
    private static final int SSL2_CLIENT_HELLO = 1;

    private FirstRecord() {}

    /**
     * The header of the first record of a connection, or empty while fewer than five bytes have arrived. As in OpenSSL
     * no alert is sent to a peer that does not look like TLS: it could not read it.
     *
     * @param role the end that received the bytes
     * @throws TlsException when no TLS peer sends such bytes first: HTTP_REQUEST, HTTPS_PROXY_REQUEST,
     *     UNSUPPORTED_PROTOCOL for a client that starts with an SSL 2.0 hello, WRONG_VERSION_NUMBER for all else;
     *     PACKET_LENGTH_TOO_LONG when it announces more than a record in the clear may hold
     */
    public static Optional<RecordHeader> header(Role role, byte[] bytes, int offset, int length) throws TlsException {
        if (length < RecordHeader.SIZE) {
            return Optional.empty();
        }
        if (role == Role.SERVER && isSsl2ClientHello(bytes, offset)) {
            throw Refusal.of(
                    ErrorReason.UNSUPPORTED_PROTOCOL,
                    AlertDescription.PROTOCOL_VERSION,
                    "the client started with an SSL 2.0 hello, which RFC 6176 retired; expected a TLS record");
        }
        RecordHeader header = RecordHeader.read(bytes, offset);
        if (header.version() >> 8 != 3) {
            throw notTls(new String(bytes, offset, RecordHeader.SIZE, StandardCharsets.ISO_8859_1), header);
        }
        if (header.length() > RecordHeader.MAX_PLAINTEXT) {
            throw Refusal.of(
                    ErrorReason.PACKET_LENGTH_TOO_LONG,
                    AlertDescription.RECORD_OVERFLOW,
                    "the peer's first record has " + header.length() + " bytes, expected at most "
                            + RecordHeader.MAX_PLAINTEXT);
        }
        return Optional.of(header);
    }

    /** Two bytes of length with the highest bit set, then the message type: RFC 5246 appendix E.2. */
    private static boolean isSsl2ClientHello(byte[] bytes, int offset) {
        return (bytes[offset] & 0x80) != 0 && bytes[offset + 2] == SSL2_CLIENT_HELLO;
    }

    private static TlsException notTls(String start, RecordHeader header) {
        if (start.startsWith("GET ")
                || start.startsWith("POST ")
                || start.startsWith("HEAD ")
                || start.startsWith("PUT ")) {
            return new TlsException(
                    ErrorReason.HTTP_REQUEST, "the peer sent an HTTP request in the clear, expected a TLS record");
        }
        if (start.equals("CONNE")) {
            return new TlsException(
                    ErrorReason.HTTPS_PROXY_REQUEST,
                    "the peer sent an HTTP CONNECT request, as to a proxy, expected a TLS record");
        }
        return new TlsException(
                ErrorReason.WRONG_VERSION_NUMBER,
                String.format(
                        "the peer does not speak TLS: its first record has version 0x%04x, expected 0x03xx",
                        header.version()));
    }
}
