package io.omnitls.internal.engine;

import java.io.ByteArrayOutputStream;

/**
 * Puts the handshake messages of one direction together: a message may be spread over records, and a record may hold
 * several.
 */
final class HandshakeMessages {
    static final int SERVER_HELLO = 2;
    static final int CERTIFICATE = 11;
    static final int SERVER_KEY_EXCHANGE = 12;

    private static final int HEADER = 4;
    /** What is longer is not kept: only the peer's certificates are, and nobody here reads those. */
    private static final int MAX_KEPT = 16 * 1024;

    private final Listener listener;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int headerBytes;
    private int header; // msg_type in the highest byte, then the length
    private int missing; // of the body

    /** Hears of each message when it is complete. */
    interface Listener {
        /** A message is complete; {@code body} has no header, and is cut short when it was too long to keep. */
        void message(int type, byte[] body);
    }

    HandshakeMessages(Listener listener) {
        this.listener = listener;
    }

    /**
     * Takes in what one record holds.
     *
     * <pre>
     * struct {
     *     HandshakeType msg_type;
     *     uint24 length;
     *     opaque body[length];
     * } Handshake;
     * </pre>
     */
    void add(byte[] buffer, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (headerBytes < HEADER) {
                header = header << 8 | buffer[at++] & 0xff;
                headerBytes++;
                missing = header & 0xffffff;
            } else {
                int part = Math.min(missing, end - at);
                if (kept.size() + part <= MAX_KEPT) {
                    kept.write(buffer, at, part);
                }
                at += part;
                missing -= part;
            }
            if (headerBytes == HEADER && missing == 0) {
                listener.message(header >>> 24, kept.toByteArray());
                kept.reset();
                headerBytes = 0;
            }
        }
    }
}
