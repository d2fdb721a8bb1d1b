package io.omnitls.internal.wire;

import io.omnitls.protocol.Bytes;

/**
 * One message of the handshake protocol (RFC 8446 section 4).
 *
 * @param type the {@code HandshakeType}, 0 to 255
 * @param body what follows the header of four bytes
 */
public record HandshakeMessage(int type, Bytes body) {
    public static final int HELLO_REQUEST = 0;
    public static final int CLIENT_HELLO = 1;
    public static final int SERVER_HELLO = 2;
    public static final int NEW_SESSION_TICKET = 4;
    public static final int CERTIFICATE = 11;
    public static final int SERVER_KEY_EXCHANGE = 12;
    public static final int CERTIFICATE_REQUEST = 13;
    public static final int SERVER_HELLO_DONE = 14;
    public static final int CLIENT_KEY_EXCHANGE = 16;
    public static final int CERTIFICATE_STATUS = 22;

    /** How many bytes the header has. */
    public static final int HEADER_SIZE = 4;

    /** The message as it is sent, header and body. */
    public Bytes encoded() {
        byte[] encoded = new byte[HEADER_SIZE + body.size()];
        encoded[0] = (byte) type;
        encoded[1] = (byte) (body.size() >> 16);
        encoded[2] = (byte) (body.size() >> 8);
        encoded[3] = (byte) body.size();
        System.arraycopy(body.toByteArray(), 0, encoded, HEADER_SIZE, body.size());
        return Bytes.copyOf(encoded);
    }
}
