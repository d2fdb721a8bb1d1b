package io.omnitls.forge;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes DER, and what is not quite DER when it is asked to. */
public final class Der {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OID = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int PRINTABLE_STRING = 0x13;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    private static final int CONTEXT = 0x80;
    private static final int CONTEXT_CONSTRUCTED = 0xa0;
    private static final int LONG_FORM = 0x80;

    private Der() {}

    /** An element whose content is all of {@code parts}. */
    public static byte[] element(int tag, byte[]... parts) {
        byte[] content = concat(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        out.writeBytes(length(content.length));
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] length(int length) {
        if (length < LONG_FORM) {
            return new byte[] {(byte) length};
        }
        byte[] digits = BigInteger.valueOf(length).toByteArray();
        int skip = digits[0] == 0 ? 1 : 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(LONG_FORM | digits.length - skip);
        out.write(digits, skip, digits.length - skip);
        return out.toByteArray();
    }

    public static byte[] sequence(byte[]... elements) {
        return element(SEQUENCE, elements);
    }

    public static byte[] sequence(List<byte[]> elements) {
        return sequence(elements.toArray(new byte[0][]));
    }

    public static byte[] set(byte[]... elements) {
        return element(SET, elements);
    }

    /** A constructed element {@code [number]}: an EXPLICIT tag, or an IMPLICIT one of something constructed. */
    public static byte[] context(int number, byte[]... parts) {
        return element(CONTEXT_CONSTRUCTED | number, parts);
    }

    /** A primitive element {@code [number]}: an IMPLICIT tag of something primitive. */
    public static byte[] primitive(int number, byte[] content) {
        return element(CONTEXT | number, content);
    }

    public static byte[] integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    public static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    public static byte[] enumerated(int value) {
        return element(ENUMERATED, new byte[] {(byte) value});
    }

    public static byte[] booleanTrue() {
        return element(BOOLEAN, new byte[] {(byte) 0xff});
    }

    public static byte[] nothing() {
        return new byte[] {5, 0};
    }

    public static byte[] octets(byte[] content) {
        return element(OCTET_STRING, content);
    }

    /** @param unused how many bits of the last byte are said to be unused */
    public static byte[] bits(int unused, byte... content) {
        return element(BIT_STRING, new byte[] {(byte) unused}, content);
    }

    public static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        arc(content, 40L * Long.parseLong(arcs[0]) + Long.parseLong(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            arc(content, Long.parseLong(arcs[i]));
        }
        return element(OID, content.toByteArray());
    }

    private static void arc(ByteArrayOutputStream content, long value) {
        for (int shift = 56; shift > 0; shift -= 7) {
            if (value >> shift != 0) {
                content.write((int) (0x80 | value >> shift & 0x7f));
            }
        }
        content.write((int) (value & 0x7f));
    }

    /** The ASCII of {@code text} under any tag. */
    public static byte[] ascii(int tag, String text) {
        return element(tag, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** All of {@code parts}, one behind the other. */
    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
