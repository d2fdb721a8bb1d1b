package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.TlsAlert;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the presentation language of RFC 8446 section 3 from a part of an array. Whatever does not fit is a
 * decode_error that names what was being read.
 */
final class WireReader {
    private final byte[] buffer;
    private final String what;
    private int at;
    private final int end;

    private WireReader(byte[] buffer, int start, int end, String what) {
        this.buffer = buffer;
        this.at = start;
        this.end = end;
        this.what = what;
    }

    /** Reads all of {@code message}; {@code what} names it in errors. */
    static WireReader of(byte[] message, String what) {
        return new WireReader(message, 0, message.length, what);
    }

    static WireReader of(Bytes data, String what) {
        return of(data.toByteArray(), what);
    }

    boolean atEnd() {
        return at == end;
    }

    int uint8() throws TlsException {
        need(1);
        return buffer[at++] & 0xff;
    }

    int uint16() throws TlsException {
        return uint8() << 8 | uint8();
    }

    int uint24() throws TlsException {
        return uint8() << 16 | uint16();
    }

    Bytes bytes(int length) throws TlsException {
        need(length);
        at += length;
        return Bytes.copyOf(buffer, at - length, at);
    }

    /** {@code opaque name<0..2^8-1>}. */
    Bytes vector8() throws TlsException {
        return bytes(uint8());
    }

    /** A part of its own, as long as the next two bytes say. */
    WireReader part16(String name) throws TlsException {
        return part(uint16(), name);
    }

    /** A part of its own, as long as the next byte says. */
    WireReader part8(String name) throws TlsException {
        return part(uint8(), name);
    }

    private WireReader part(int length, String name) throws TlsException {
        need(length);
        at += length;
        return new WireReader(buffer, at - length, at, name);
    }

    /** All that is left, as numbers of two bytes; none is malformed. */
    List<Integer> uint16List() throws TlsException {
        if (atEnd()) {
            throw malformed("is empty");
        }
        List<Integer> numbers = new ArrayList<>((end - at) / 2);
        while (!atEnd()) {
            numbers.add(uint16());
        }
        return numbers;
    }

    void requireEnd() throws TlsException {
        if (!atEnd()) {
            throw malformed("has " + (end - at) + " bytes too many");
        }
    }

    private void need(int length) throws TlsException {
        if (end - at < length) {
            throw malformed("ends " + (length - (end - at)) + " bytes too early");
        }
    }

    TlsException malformed(String how) {
        return failure(ErrorReason.DECODE_ERROR, AlertDescription.DECODE_ERROR, what + " " + how);
    }

    static TlsException failure(ErrorReason reason, AlertDescription alert, String detail) {
        return new TlsException(reason, detail, Optional.of(TlsAlert.sent(alert)), Optional.empty());
    }
}
