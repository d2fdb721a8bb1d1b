package io.omnitls.protocol;

import java.util.Arrays;
import java.util.Objects;

/** An immutable sequence of bytes that prints as hexadecimal and compares by content. */
public final class Bytes {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final byte[] content;
    private int hash; // 0 until it is asked for, as in String

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of {@code content}. */
    public static Bytes copyOf(byte[] content) {
        Objects.requireNonNull(content, "content");
        return new Bytes(content.clone());
    }

    /** A copy of the bytes from {@code start}, inclusive, to {@code end}, exclusive. */
    public static Bytes copyOf(byte[] content, int start, int end) {
        Objects.requireNonNull(content, "content");
        return new Bytes(Arrays.copyOfRange(content, start, end));
    }

    /** How many bytes there are. */
    public int size() {
        return content.length;
    }

    /** The byte at {@code index} as a number from 0 to 255. */
    public int at(int index) {
        return content[index] & 0xff;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Arrays.hashCode(content);
            hash = known;
        }
        return known;
    }

    /** Two lower-case hexadecimal digits for each byte. */
    @Override
    public String toString() {
        char[] hex = new char[content.length * 2];
        for (int i = 0; i < content.length; i++) {
            hex[2 * i] = HEX[(content[i] >> 4) & 0xf];
            hex[2 * i + 1] = HEX[content[i] & 0xf];
        }
        return new String(hex);
    }
}
