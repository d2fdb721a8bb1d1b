package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.protocol.Bytes;

/** One message of the handshake protocol (RFC 8446 section 4). Immutable. */
public final class HandshakeMessage {
    public static final int HELLO_REQUEST = 0;
    public static final int CLIENT_HELLO = 1;
    public static final int SERVER_HELLO = 2;
    public static final int NEW_SESSION_TICKET = 4;
    public static final int CERTIFICATE = 11;
    public static final int SERVER_KEY_EXCHANGE = 12;
    public static final int CERTIFICATE_REQUEST = 13;
    public static final int SERVER_HELLO_DONE = 14;
    public static final int CERTIFICATE_VERIFY = 15;
    public static final int CLIENT_KEY_EXCHANGE = 16;
    public static final int CERTIFICATE_STATUS = 22;

    /** How many bytes the header has. */
    public static final int HEADER_SIZE = 4;

    private final byte[] encoded;

    private HandshakeMessage(byte[] encoded) {
        this.encoded = encoded;
    }

    /** The message that is {@code encoded}, header and body, which the caller has no other use for. */
    static HandshakeMessage owning(byte[] encoded) {
        return new HandshakeMessage(encoded);
    }

    /** The message of this type, 0 to 255, with this body. */
    static HandshakeMessage of(int type, Bytes body) {
        byte[] encoded = new byte[HEADER_SIZE + body.size()];
        encoded[0] = (byte) type;
        encoded[1] = (byte) (body.size() >> 16);
        encoded[2] = (byte) (body.size() >> 8);
        encoded[3] = (byte) body.size();
        System.arraycopy(body.toByteArray(), 0, encoded, HEADER_SIZE, body.size());
        return new HandshakeMessage(encoded);
    }

    /** The {@code HandshakeType}, 0 to 255. */
    public int type() {
        return encoded[0] & 0xff;
    }

    /** What follows the header of four bytes. */
    public Bytes body() {
        return Bytes.copyOf(encoded, HEADER_SIZE, encoded.length);
    }

    /** The message as it is sent, header and body. */
    public Bytes encoded() {
        return Bytes.copyOf(encoded);
    }

    /** Whether {@code other} is what {@link #encoded} gives. */
    public boolean isEncodedAs(Bytes other) {
        boolean same = other.size() == encoded.length;
        for (int i = 0; i < encoded.length && same; i++) {
            same = other.at(i) == (encoded[i] & 0xff);
        }
        return same;
    }

    /** Reads the body; a flaw is reported as {@code reason} in {@code structure}. */
    WireReader reader(String structure, ErrorReason reason) {
        return WireReader.of(encoded, HEADER_SIZE, structure, reason);
    }
}
