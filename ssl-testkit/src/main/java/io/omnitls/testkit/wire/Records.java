package io.omnitls.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Records as they are sent (RFC 8446 section 5.1), well formed or not. */
public final class Records {
    public static final int CHANGE_CIPHER_SPEC = 20;
    public static final int ALERT = 21;
    public static final int HANDSHAKE = 22;
    public static final int APPLICATION_DATA = 23;

    /** How long a header is. */
    public static final int HEADER = 5;

    private Records() {}

    /** One record, whatever its length. */
    public static byte[] of(int type, byte... content) {
        byte[] record = new byte[HEADER + content.length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (content.length >> 8);
        record[4] = (byte) content.length;
        System.arraycopy(content, 0, record, HEADER, content.length);
        return record;
    }

    /** {@code content} in records that have {@code size} bytes each. */
    public static byte[] split(int type, byte[] content, int size) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += size) {
            records.writeBytes(of(type, Arrays.copyOfRange(content, at, Math.min(content.length, at + size))));
        }
        return records.toByteArray();
    }

    /** These one after the other. */
    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The same {@code times} times. */
    public static byte[] repeat(byte[] record, int times) {
        byte[][] parts = new byte[times][];
        Arrays.fill(parts, record);
        return concat(parts);
    }

    /** The length that the record at {@code at} has by its header. */
    public static int length(byte[] records, int at) {
        return (records[at + 3] & 0xff) << 8 | records[at + 4] & 0xff;
    }
}
