package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Reads the presentation language of RFC 8446 section 3 from a range of bytes, front to back. Every method names the
 * field it reads, so that a message that breaks off says where.
 */
final class WireReader {
    private final byte[] bytes;
    private final String structure;
    private final ErrorReason reason;
    private final int end;
    private int position;

    private WireReader(byte[] bytes, int start, int end, String structure, ErrorReason reason) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.structure = structure;
        this.reason = reason;
    }

    /** Reads all of {@code bytes}; a flaw is reported as {@code reason} in {@code structure}. */
    static WireReader of(Bytes bytes, String structure, ErrorReason reason) {
        return new WireReader(bytes.toByteArray(), 0, bytes.size(), structure, reason);
    }

    /** Reads {@code bytes} from {@code start} on, which nobody changes meanwhile. */
    static WireReader of(byte[] bytes, int start, String structure, ErrorReason reason) {
        return new WireReader(bytes, start, bytes.length, structure, reason);
    }

    /** Reads what this reader has left, and leaves it there. */
    WireReader again(String otherStructure, ErrorReason otherReason) {
        return new WireReader(bytes, position, end, otherStructure, otherReason);
    }

    int uint8(String field) throws TlsException {
        need(1, field);
        return bytes[position++] & 0xff;
    }

    int uint16(String field) throws TlsException {
        need(2, field);
        return uint8(field) << 8 | uint8(field);
    }

    int uint24(String field) throws TlsException {
        need(3, field);
        return uint8(field) << 16 | uint16(field);
    }

    Bytes opaque(int size, String field) throws TlsException {
        need(size, field);
        position += size;
        return Bytes.copyOf(bytes, position - size, position);
    }

    /** {@code opaque field<minimum..maximum>} with a length of one byte. */
    Bytes opaque8(int minimum, int maximum, String field) throws TlsException {
        return vector8(minimum, maximum, field).rest();
    }

    /** {@code opaque field<minimum..2^16-1>}. */
    Bytes opaque16(int minimum, String field) throws TlsException {
        return vector16(minimum, field).rest();
    }

    /** The content of {@code field<minimum..maximum>} with a length of one byte. */
    WireReader vector8(int minimum, int maximum, String field) throws TlsException {
        return vector(uint8(field), minimum, maximum, field);
    }

    /** The content of {@code field<minimum..2^16-1>}. */
    WireReader vector16(int minimum, String field) throws TlsException {
        return vector(uint16(field), minimum, 0xffff, field);
    }

    /** The content of {@code field<minimum..2^24-1>}. */
    WireReader vector24(int minimum, String field) throws TlsException {
        return vector(uint24(field), minimum, 0xffffff, field);
    }

    /** All that is left. */
    Bytes rest() {
        Bytes rest = Bytes.copyOf(bytes, position, end);
        position = end;
        return rest;
    }

    /** All that is left as a list of {@code uint8}. */
    List<Integer> uint8s() {
        List<Integer> values = new ArrayList<>(end - position);
        while (hasRemaining()) {
            values.add(bytes[position++] & 0xff);
        }
        return values;
    }

    /** All that is left as a list of {@code uint16}. */
    List<Integer> uint16s(String field) throws TlsException {
        return uint16s(field, Integer::valueOf);
    }

    /** The same, each as what it stands for. */
    <T> List<T> uint16s(String field, IntFunction<T> meaning) throws TlsException {
        List<T> values = new ArrayList<>((end - position) / 2);
        while (hasRemaining()) {
            values.add(meaning.apply(uint16(field)));
        }
        return values;
    }

    boolean hasRemaining() {
        return position < end;
    }

    /** Makes sure that the structure has been read to its end. */
    void finish() throws TlsException {
        if (hasRemaining()) {
            throw malformed((end - position) + " bytes follow its last field, expected none");
        }
    }

    /** The failure that this reader throws, for a flaw that its caller found. */
    TlsException malformed(String detail) {
        return Refusal.of(reason, AlertDescription.DECODE_ERROR, "malformed " + structure + ": " + detail);
    }

    private WireReader vector(int size, int minimum, int maximum, String field) throws TlsException {
        if (size < minimum || size > maximum) {
            throw malformed(field + " has " + size + " bytes, expected " + minimum + " to " + maximum);
        }
        need(size, field);
        position += size;
        return new WireReader(bytes, position - size, position, structure, reason);
    }

    private void need(int size, String field) throws TlsException {
        if (end - position < size) {
            throw malformed(field + " breaks off: " + (end - position) + " bytes left, expected " + size);
        }
    }
}
