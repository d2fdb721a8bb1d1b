package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The header of a record, read where it lies in a buffer (RFC 8446 section 5.1).
 *
 * <pre>
 * struct {
 *     ContentType type;
 *     ProtocolVersion legacy_record_version;
 *     uint16 length;
 *     opaque fragment[length];
 * } TLSPlaintext;
 * </pre>
 */
public final class RecordHeader {
    /** How many bytes a header has. */
    public static final int LENGTH = 5;

    public static final int CHANGE_CIPHER_SPEC = 20;
    public static final int ALERT = 21;
    public static final int HANDSHAKE = 22;
    public static final int APPLICATION_DATA = 23;

    /** RFC 5246 6.2.3: the largest fragment that encryption may make; RFC 8446 allows less. */
    private static final int MAX_FRAGMENT = 16_384 + 2_048;

    private RecordHeader() {}

    /** The content type. */
    public static int type(byte[] buffer, int offset) {
        return buffer[offset] & 0xff;
    }

    /** The length of the whole record, header included. */
    public static int totalLength(byte[] buffer, int offset) {
        return LENGTH + fragmentLength(buffer, offset);
    }

    private static int fragmentLength(byte[] buffer, int offset) {
        return (buffer[offset + 3] & 0xff) << 8 | buffer[offset + 4] & 0xff;
    }

    /**
     * Refuses what cannot be a record of an established conversation.
     *
     * @throws TlsException with the alert that tells the peer
     */
    public static void check(byte[] buffer, int offset) throws TlsException {
        if ((buffer[offset + 1] & 0xff) != 3) {
            throw refusal(
                    ErrorReason.WRONG_VERSION_NUMBER,
                    AlertDescription.PROTOCOL_VERSION,
                    "a record with the version 0x%02x%02x".formatted(buffer[offset + 1], buffer[offset + 2]));
        }
        int type = type(buffer, offset);
        if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) {
            throw refusal(
                    ErrorReason.UNEXPECTED_MESSAGE,
                    AlertDescription.UNEXPECTED_MESSAGE,
                    "a record of the unknown type " + type);
        }
        int length = fragmentLength(buffer, offset);
        if (length > MAX_FRAGMENT) {
            throw refusal(
                    ErrorReason.PACKET_LENGTH_TOO_LONG,
                    AlertDescription.RECORD_OVERFLOW,
                    "a record of " + length + " bytes, at most " + MAX_FRAGMENT + " are allowed");
        }
    }

    /**
     * Refuses what cannot be the first record of a peer, without an alert if it does not look like TLS at all: OpenSSL's
     * {@code ssl3_get_record} decides the same way.
     */
    public static void checkFirst(byte[] buffer, int offset) throws TlsException {
        if ((buffer[offset + 1] & 0xff) == 3 && type(buffer, offset) <= APPLICATION_DATA) {
            check(buffer, offset);
            return;
        }
        String start = new String(buffer, offset, LENGTH, StandardCharsets.ISO_8859_1);
        if (start.startsWith("GET ") || start.equals("POST ") || start.equals("HEAD ") || start.startsWith("PUT ")) {
            throw new TlsException(ErrorReason.HTTP_REQUEST, "the peer speaks HTTP, not TLS; use https there");
        }
        if (start.equals("CONNE")) {
            throw new TlsException(
                    ErrorReason.HTTPS_PROXY_REQUEST, "the peer takes this for an HTTP proxy and sent CONNECT");
        }
        throw new TlsException(
                ErrorReason.WRONG_VERSION_NUMBER,
                "what the peer sent is not TLS" + (start.startsWith("HTTP") ? " but HTTP" : "")
                        + "; is this the right port, and does it want STARTTLS first?");
    }

    private static TlsException refusal(ErrorReason reason, AlertDescription alert, String found) {
        return new TlsException(reason, "the peer sent " + found, Optional.of(TlsAlert.sent(alert)), Optional.empty());
    }
}
