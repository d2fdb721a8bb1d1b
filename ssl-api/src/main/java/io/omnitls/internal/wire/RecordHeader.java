package io.omnitls.internal.wire;

import java.nio.ByteBuffer;

/**
 * The five bytes before every record (RFC 8446 section 5.1), as they were sent.
 *
 * <pre>
 * struct {
 *     ContentType type;
 *     ProtocolVersion legacy_record_version;
 *     uint16 length;
 *     opaque fragment[TLSPlaintext.length];
 * } TLSPlaintext;
 * </pre>
 *
 * @param type the code of the {@link ContentType}, 0 to 255, which may be one that TLS does not use
 * @param version the {@code legacy_record_version}
 * @param length how many bytes follow the header
 */
public record RecordHeader(int type, int version, int length) {
    /** How many bytes the header has. */
    public static final int SIZE = 5;

    /** The most bytes that a record may carry in the clear. */
    public static final int MAX_PLAINTEXT = 1 << 14;

    /** The most bytes that an encrypted record of TLS 1.2 and older may have (RFC 5246 section 6.2.3). */
    public static final int MAX_CIPHERTEXT = MAX_PLAINTEXT + 2048;

    /** The most bytes that an encrypted record of TLS 1.3 may have (RFC 8446 section 5.2). */
    public static final int MAX_CIPHERTEXT_TLS_1_3 = MAX_PLAINTEXT + 256;

    /** The header that starts at {@code offset}; the caller has made sure that {@link #SIZE} bytes are there. */
    public static RecordHeader read(byte[] bytes, int offset) {
        return new RecordHeader(bytes[offset] & 0xff, uint16(bytes, offset + 1), uint16(bytes, offset + 3));
    }

    /** The header that starts at index {@code at} of {@code bytes}; the same holds. */
    public static RecordHeader read(ByteBuffer bytes, int at) {
        return new RecordHeader(bytes.get(at) & 0xff, uint16(bytes, at + 1), uint16(bytes, at + 3));
    }

    /** Whether the record carries {@code contentType}. */
    public boolean is(ContentType contentType) {
        return type == contentType.code();
    }

    /** How many bytes the whole record has, header included. */
    public int recordSize() {
        return SIZE + length;
    }

    /** {@code content} in as few records of {@code type} as it takes. */
    public static byte[] framed(ContentType type, int version, byte[] content) {
        int records = Math.max(1, (content.length + MAX_PLAINTEXT - 1) / MAX_PLAINTEXT);
        byte[] framed = new byte[content.length + records * SIZE];
        int at = 0;
        for (int from = 0; at < framed.length; from += MAX_PLAINTEXT) {
            int length = Math.min(MAX_PLAINTEXT, content.length - from);
            framed[at++] = (byte) type.code();
            framed[at++] = (byte) (version >> 8);
            framed[at++] = (byte) version;
            framed[at++] = (byte) (length >> 8);
            framed[at++] = (byte) length;
            System.arraycopy(content, from, framed, at, length);
            at += length;
        }
        return framed;
    }

    private static int uint16(ByteBuffer bytes, int at) {
        return (bytes.get(at) & 0xff) << 8 | (bytes.get(at + 1) & 0xff);
    }

    private static int uint16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
    }
}
