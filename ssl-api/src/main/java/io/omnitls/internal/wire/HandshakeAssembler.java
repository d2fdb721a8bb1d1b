package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Joins the fragments that records carry to handshake messages: a message may be spread over several records, a record
 * may hold several messages (RFC 8446 section 5.1). Not thread-safe.
 *
 * <pre>
 * struct {
 *     HandshakeType msg_type;
 *     uint24 length;
 *     select (Handshake.msg_type) { ... };
 * } Handshake;
 * </pre>
 */
public final class HandshakeAssembler {
    /** No peer sends a longer message, which would be one of certificates. */
    public static final int MAX_BODY = 1 << 20;

    private static final byte[] NOTHING = {};

    private final int maximumBody;
    private byte[] pending = NOTHING; // none where nothing is: most messages come whole and alone
    private int size;

    /** Refuses messages whose body has more than {@link #MAX_BODY} bytes. */
    public HandshakeAssembler() {
        this(MAX_BODY);
    }

    /** Refuses messages whose body has more than {@code maximumBody} bytes. */
    public HandshakeAssembler(int maximumBody) {
        this.maximumBody = maximumBody;
    }

    /** Takes the content of a handshake record, or a part of it. */
    public void add(byte[] fragment, int offset, int length) {
        if (pending.length - size < length) {
            pending = Arrays.copyOf(pending, Math.max(Math.max(512, 2 * pending.length), size + length));
        }
        System.arraycopy(fragment, offset, pending, size, length);
        size += length;
    }

    /** Whether nothing of a message is left, or waits for the rest of it. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The type of the next message, or empty while its header is incomplete. */
    public OptionalInt nextType() {
        return size < HandshakeMessage.HEADER_SIZE ? OptionalInt.empty() : OptionalInt.of(pending[0] & 0xff);
    }

    /**
     * Takes the next message out, or empty while it is incomplete.
     *
     * @throws TlsException EXCESSIVE_MESSAGE_SIZE, as soon as its header announces too much
     */
    public Optional<HandshakeMessage> next() throws TlsException {
        if (size < HandshakeMessage.HEADER_SIZE) {
            return Optional.empty();
        }
        int length = (pending[1] & 0xff) << 16 | (pending[2] & 0xff) << 8 | (pending[3] & 0xff);
        if (length > maximumBody) {
            throw Refusal.of(
                    ErrorReason.EXCESSIVE_MESSAGE_SIZE,
                    AlertDescription.ILLEGAL_PARAMETER,
                    "handshake message " + (pending[0] & 0xff) + " has " + length + " bytes, expected at most "
                            + maximumBody);
        }
        int end = HandshakeMessage.HEADER_SIZE + length;
        if (size < end) {
            return Optional.empty();
        }
        byte[] message = pending.length == end ? pending : Arrays.copyOf(pending, end);
        System.arraycopy(pending, end, pending, 0, size - end);
        size -= end;
        if (size == 0) {
            pending = NOTHING;
        }
        return Optional.of(HandshakeMessage.owning(message));
    }
}
