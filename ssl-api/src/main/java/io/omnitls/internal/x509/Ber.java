package io.omnitls.internal.x509;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Brings BER (X.690) to definite lengths and whole strings. Those who write PKCS#12 in one go, such as NSS, Windows of old
 * and Bouncy Castle, leave lengths open and write OCTET STRINGs in pieces.
 */
final class Ber {
    /** The structures here are a dozen deep. */
    private static final int MAX_DEPTH = 32;

    private static final int CONSTRUCTED = 0x20;

    private final byte[] ber;
    private int at;

    private Ber(byte[] ber) {
        this.ber = ber;
    }

    /** The first element of {@code ber}; what follows it is passed over. */
    static byte[] toDer(byte[] ber) throws DerException {
        return new Ber(ber).element(ber.length, 0);
    }

    private byte[] element(int end, int depth) throws DerException {
        if (depth > MAX_DEPTH) {
            throw new DerException("elements more than " + MAX_DEPTH + " deep");
        }
        int start = at;
        int tag = next(end);
        if ((tag & 0x1f) == 0x1f) {
            throw new DerException("a tag of several bytes at " + start);
        }
        int length = length(end, start);
        if (length < 0 && (tag & CONSTRUCTED) == 0) {
            throw new DerException("an open length of a primitive element at " + start);
        }
        if ((tag & CONSTRUCTED) == 0) {
            at += length;
            return DerWriter.element(tag, Arrays.copyOfRange(ber, at - length, at));
        }
        byte[] content = constructed(length < 0 ? end : at + length, length < 0, depth);
        // X.690 8.7.3: a string in pieces is what the pieces are together.
        return tag == (DerReader.OCTET_STRING | CONSTRUCTED)
                ? DerWriter.element(DerReader.OCTET_STRING, joined(content))
                : DerWriter.element(tag, content);
    }

    /** The elements up to {@code end}, or up to the two zeros that close an open length. */
    private byte[] constructed(int end, boolean open, int depth) throws DerException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (open || at < end) {
            if (open && end - at >= 2 && ber[at] == 0 && ber[at + 1] == 0) {
                at += 2;
                break;
            }
            byte[] element = element(end, depth + 1);
            content.write(element, 0, element.length);
        }
        return content.toByteArray();
    }

    /** The pieces of an OCTET STRING, which may be [0] IMPLICIT, as one. */
    static byte[] joined(byte[] pieces) throws DerException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DerReader reader = DerReader.of(pieces);
        while (!reader.atEnd()) {
            byte[] piece = reader.content(DerReader.OCTET_STRING);
            whole.write(piece, 0, piece.length);
        }
        return whole.toByteArray();
    }

    /** The length of the element at {@code start}; -1 when it is open. */
    private int length(int end, int start) throws DerException {
        int first = next(end);
        if (first == 0x80) {
            return -1;
        }
        long length = first;
        if (first > 0x80) {
            length = 0;
            for (int i = 0; i < (first & 0x7f); i++) {
                length = Math.min(length << 8 | next(end), Integer.MAX_VALUE);
            }
        }
        if (length > end - at) {
            throw new DerException("the element at " + start + " is longer than what is left");
        }
        return (int) length;
    }

    private int next(int end) throws DerException {
        if (at >= end) {
            throw new DerException("the end in the middle of an element at " + at);
        }
        return ber[at++] & 0xff;
    }
}
