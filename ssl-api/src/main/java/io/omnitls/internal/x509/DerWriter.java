package io.omnitls.internal.x509;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes the little DER that key forms are converted with. */
public final class DerWriter {
    private DerWriter() {}

    /** A SEQUENCE of whole elements. */
    public static byte[] sequence(byte[]... elements) {
        return element(DerReader.SEQUENCE, elements);
    }

    static byte[] octetString(byte[] content) {
        return element(DerReader.OCTET_STRING, content);
    }

    /** Of whole bytes. */
    static byte[] bitString(byte[] content) {
        return element(DerReader.BIT_STRING, new byte[1], content);
    }

    static byte[] integer(int value) {
        return element(DerReader.INTEGER, BigInteger.valueOf(value).toByteArray());
    }

    /** An OBJECT IDENTIFIER from its form with dots: X.690 8.19. */
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        base128(
                content,
                new BigInteger(arcs[0]).multiply(BigInteger.valueOf(40)).add(new BigInteger(arcs[1])));
        for (int i = 2; i < arcs.length; i++) {
            base128(content, new BigInteger(arcs[i]));
        }
        return element(DerReader.OID, content.toByteArray());
    }

    private static void base128(ByteArrayOutputStream out, BigInteger arc) {
        for (int group = Math.max(0, (arc.bitLength() - 1) / 7); group >= 0; group--) {
            out.write(arc.shiftRight(7 * group).intValue() & 0x7f | (group == 0 ? 0 : 0x80));
        }
    }

    /** An element whose content is all of {@code parts}. */
    public static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int skip = digits[0] == 0 ? 1 : 0;
            out.write(0x80 | digits.length - skip);
            out.write(digits, skip, digits.length - skip);
        }
        for (byte[] part : parts) {
            out.write(part, 0, part.length);
        }
        return out.toByteArray();
    }

    /** An AlgorithmIdentifier: the content of the OID, and parameters as a whole element or nothing. */
    static byte[] algorithm(byte[] oidContent, byte[] parameters) {
        return sequence(element(DerReader.OID, oidContent), parameters);
    }
}
