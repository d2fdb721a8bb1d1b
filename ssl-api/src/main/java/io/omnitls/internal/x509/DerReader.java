package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads DER (X.690) element by element. Works on hostile input: whatever is wrong is a {@link DerException}, nothing is
 * allocated that the input does not fill, and depth is the caller's own.
 */
public final class DerReader {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OID = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int IA5_STRING = 0x16;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    private final byte[] der;
    private int at;
    private final int end;

    private DerReader(byte[] der, int start, int end) {
        this.der = der;
        this.at = start;
        this.end = end;
    }

    public static DerReader of(byte[] der) {
        return new DerReader(der, 0, der.length);
    }

    /** The tag of a context-specific, constructed element: {@code [number]}. */
    public static int context(int number) {
        return 0xa0 | number;
    }

    /** The tag of a context-specific, primitive element: {@code [number] IMPLICIT} over a primitive type. */
    public static int contextPrimitive(int number) {
        return 0x80 | number;
    }

    /** A reader of what is left, which this one does not follow. */
    DerReader copy() {
        return new DerReader(der, at, end);
    }

    public boolean atEnd() {
        return at == end;
    }

    /** The tag of the next element; -1 at the end. */
    public int peek() {
        return atEnd() ? -1 : der[at] & 0xff;
    }

    /** Goes into the next element, which must have this tag. */
    public DerReader enter(int tag) throws DerException {
        int start = at;
        int length = header(tag);
        if (length > end - at) {
            throw new DerException(
                    "the element at " + start + " is " + length + " bytes long, but only " + (end - at) + " are left");
        }
        at += length;
        return new DerReader(der, at - length, at);
    }

    /** Goes into the next element if it has this tag. */
    public Optional<DerReader> enterIf(int tag) throws DerException {
        return peek() == tag ? Optional.of(enter(tag)) : Optional.empty();
    }

    /** The content of the next element, which must have this tag. */
    public byte[] content(int tag) throws DerException {
        return enter(tag).rest();
    }

    /** The whole next element, header included, whatever its tag. */
    public byte[] element() throws DerException {
        int start = at;
        skip();
        return Arrays.copyOfRange(der, start, at);
    }

    /** Passes over the next element. */
    public void skip() throws DerException {
        enter(peek());
    }

    /** All that is left. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(der, at, end);
        at = end;
        return rest;
    }

    /** An INTEGER in its shortest form: X.690 8.3.2 knows no other, and neither does OpenSSL. */
    public BigInteger integer() throws DerException {
        return integer(content(INTEGER));
    }

    /** The value of an INTEGER's content, which must be as short as it can be. */
    static BigInteger integer(byte[] content) throws DerException {
        if (content.length == 0) {
            throw new DerException("an empty INTEGER");
        }
        boolean padded =
                content.length > 1 && (content[0] == 0 && content[1] >= 0 || content[0] == -1 && content[1] < 0);
        if (padded) {
            throw new DerException("an INTEGER with a byte too many in front");
        }
        return new BigInteger(content);
    }

    /** A BOOLEAN; any byte but zero is true, as BER has it and OpenSSL reads it. */
    public boolean bool() throws DerException {
        byte[] content = content(BOOLEAN);
        if (content.length != 1) {
            throw new DerException("a BOOLEAN of " + content.length + " bytes");
        }
        return content[0] != 0;
    }

    /** All that is left, of which nothing is passed over. */
    public byte[] remaining() {
        return Arrays.copyOfRange(der, at, end);
    }

    /** Where the next element begins, in the array that the outermost reader was made for. */
    public int position() {
        return at;
    }

    /** An INTEGER of the range of an int, not negative. */
    public int smallInteger() throws DerException {
        BigInteger value = integer();
        if (value.signum() < 0 || value.bitLength() > 31) {
            throw new DerException("expected a small INTEGER, found one of " + value.bitLength() + " bits");
        }
        return value.intValue();
    }

    /** A BIT STRING of whole bytes. */
    public byte[] bitString() throws DerException {
        byte[] content = content(BIT_STRING);
        if (content.length == 0 || content[0] != 0) {
            throw new DerException("expected a BIT STRING of whole bytes");
        }
        return Arrays.copyOfRange(content, 1, content.length);
    }

    /** An OBJECT IDENTIFIER with dots. */
    public String oid() throws DerException {
        return oid(content(OID));
    }

    /** X.690 8.19: base 128, the first number holds two arcs. Arcs may have any size, but no zeros in front. */
    static String oid(byte[] content) throws DerException {
        if (content.length == 0 || content.length > 512 || content[content.length - 1] < 0) {
            throw new DerException("an OBJECT IDENTIFIER of " + content.length + " bytes that does not end");
        }
        StringBuilder text = new StringBuilder(content.length * 3);
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] < 0) {
                continue;
            }
            if (content[start] == (byte) 0x80) {
                throw new DerException("an OBJECT IDENTIFIER with an arc that begins with zeros");
            }
            appendArc(text, content, start, i + 1);
            start = i + 1;
        }
        return text.toString();
    }

    private static void appendArc(StringBuilder text, byte[] content, int start, int end) {
        if (end - start > 8) {
            appendArc(text, largeArc(content, start, end));
            return;
        }
        long arc = 0;
        for (int i = start; i < end; i++) {
            arc = arc << 7 | content[i] & 0x7f;
        }
        if (text.length() == 0) {
            long first = Math.min(arc / 40, 2);
            text.append(first).append('.').append(arc - 40 * first);
        } else {
            text.append('.').append(arc);
        }
    }

    private static BigInteger largeArc(byte[] content, int start, int end) {
        BigInteger arc = BigInteger.ZERO;
        for (int i = start; i < end; i++) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(content[i] & 0x7f));
        }
        return arc;
    }

    private static void appendArc(StringBuilder text, BigInteger arc) {
        text.append(text.length() == 0 ? "2." + arc.subtract(BigInteger.valueOf(80)) : "." + arc);
    }

    public void requireEnd() throws DerException {
        if (!atEnd()) {
            throw new DerException((end - at) + " bytes too many at " + at);
        }
    }

    /** Reads tag and length of the next element, and returns the length. */
    private int header(int tag) throws DerException {
        if (atEnd()) {
            throw new DerException(
                    String.format("expected an element with the tag 0x%02x at %d, found the end", tag, at));
        }
        int found = der[at] & 0xff;
        if (found != tag) {
            throw new DerException(
                    String.format("expected an element with the tag 0x%02x at %d, found 0x%02x", tag, at, found));
        }
        if ((found & 0x1f) == 0x1f) {
            throw new DerException("a tag of several bytes at " + at);
        }
        at++;
        int length = next();
        if (length < 0x80) {
            return length;
        }
        int bytes = length & 0x7f;
        if (bytes == 0 || bytes > 4) {
            throw new DerException("a length of " + bytes + " bytes at " + at + ", expected 1 to 4");
        }
        length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | next();
        }
        if (length < 0) {
            throw new DerException("a length beyond 2 GiB at " + at);
        }
        if (length == 0) {
            // Longer than it has to be is let pass, as OpenSSL lets it pass, but this one it does not.
            throw new DerException("a length of nothing in its long form at " + at);
        }
        return length;
    }

    private int next() throws DerException {
        if (atEnd()) {
            throw new DerException("the end in the middle of a length at " + at);
        }
        return der[at++] & 0xff;
    }
}
