package io.omnitls.internal.wire;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.ClientHello.Extension;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the presentation language of RFC 8446 section 3: the inverse of the parsers, for tests. */
final class WireWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The body. */
    static Bytes clientHello(ClientHello hello) {
        WireWriter compressionMethods = new WireWriter();
        hello.compressionMethods().forEach(compressionMethods::uint8);
        WireWriter suites = new WireWriter();
        hello.cipherSuites().forEach(suites::uint16);
        return new WireWriter()
                .uint16(hello.legacyVersion())
                .raw(hello.random())
                .vector8(hello.sessionId())
                .vector16(suites.bytes())
                .vector8(compressionMethods.bytes())
                .vector16(extensions(hello.extensions()))
                .bytes();
    }

    static Bytes extensions(List<Extension> extensions) {
        WireWriter block = new WireWriter();
        extensions.forEach(extension -> block.uint16(extension.type()).vector16(extension.data()));
        return block.bytes();
    }

    /** The message with its handshake header. */
    static byte[] handshake(int type, Bytes body) {
        return new WireWriter()
                .uint8(type)
                .uint8(body.size() >> 16)
                .uint16(body.size() & 0xffff)
                .raw(body)
                .bytes()
                .toByteArray();
    }

    static Bytes record(int type, Bytes fragment) {
        return new WireWriter().uint8(type).uint16(0x0301).vector16(fragment).bytes();
    }

    static Bytes ascii(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    WireWriter uint8(int value) {
        out.write(value);
        return this;
    }

    WireWriter uint16(int value) {
        return uint8(value >> 8).uint8(value);
    }

    WireWriter raw(Bytes bytes) {
        out.writeBytes(bytes.toByteArray());
        return this;
    }

    WireWriter vector8(Bytes bytes) {
        return uint8(bytes.size()).raw(bytes);
    }

    WireWriter vector16(Bytes bytes) {
        return uint16(bytes.size()).raw(bytes);
    }

    Bytes bytes() {
        return Bytes.copyOf(out.toByteArray());
    }
}
