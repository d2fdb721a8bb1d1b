package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads DER (X.690) element by element. Works on hostile input: whatever is wrong is a {@link DerException}, nothing is
 * allocated that the input does not fill, and depth is the caller's own.
 */
public final class DerReader {
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OID = 0x06;
    public static final int UTC_TIME = 0x17;
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

    public BigInteger integer() throws DerException {
        byte[] content = content(INTEGER);
        if (content.length == 0) {
            throw new DerException("an empty INTEGER");
        }
        return new BigInteger(content);
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

    /** X.690 8.19: base 128, the first number holds two arcs. Arcs may have any size. */
    static String oid(byte[] content) throws DerException {
        if (content.length == 0 || content.length > 512 || content[content.length - 1] < 0) {
            throw new DerException("an OBJECT IDENTIFIER of " + content.length + " bytes that does not end");
        }
        StringBuilder text = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        for (byte part : content) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(part & 0x7f));
            if (part >= 0) {
                if (text.length() == 0) {
                    int first = arc.divide(BigInteger.valueOf(40))
                            .min(BigInteger.valueOf(2))
                            .intValue();
                    text.append(first).append('.').append(arc.subtract(BigInteger.valueOf(40L * first)));
                } else {
                    text.append('.').append(arc);
                }
                arc = BigInteger.ZERO;
            }
        }
        return text.toString();
    }

    public void requireEnd() throws DerException {
        if (!atEnd()) {
            throw new DerException((end - at) + " bytes too many at " + at);
        }
    }

    /** Reads tag and length of the next element, and returns the length. */
    private int header(int tag) throws DerException {
        if (atEnd()) {
            throw new DerException("expected an element with the tag 0x%02x at %d, found the end".formatted(tag, at));
        }
        int found = der[at] & 0xff;
        if (found != tag) {
            throw new DerException(
                    "expected an element with the tag 0x%02x at %d, found 0x%02x".formatted(tag, at, found));
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
        return length;
    }

    private int next() throws DerException {
        if (atEnd()) {
            throw new DerException("the end in the middle of a length at " + at);
        }
        return der[at++] & 0xff;
    }
}
