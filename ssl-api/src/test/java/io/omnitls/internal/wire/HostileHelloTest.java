package io.omnitls.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.error.TlsException;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hellos that hold as many of something as 64 KiB can. Each is read, and its fingerprints are taken, so often that work
 * which grows with the square of their number would take minutes.
 */
@Timeout(20)
class HostileHelloTest {
    private static final int TIMES = 50;

    @Test
    void sixteen_thousand_extensions_are_read() throws TlsException {
        WireWriter block = new WireWriter();
        repeat(16_000, i -> block.uint16(1000 + i).uint16(0));
        assertEquals(16_000, read(hello(1, block)).extensions().size());
    }

    @Test
    void thirty_thousand_suites_are_read() throws TlsException {
        assertEquals(
                30_000, read(hello(30_000, new WireWriter())).cipherSuites().size());
    }

    @Test
    void thirty_thousand_groups_are_read() throws TlsException {
        ClientHello hello = read(hello(1, extension(ExtensionType.SUPPORTED_GROUPS, ids(30_000))));
        assertEquals(30_000, hello.namedGroups().size());
    }

    @Test
    void thirty_thousand_signature_schemes_are_read() throws TlsException {
        ClientHello hello = read(hello(1, extension(ExtensionType.SIGNATURE_ALGORITHMS, ids(30_000))));
        assertEquals(30_000, hello.signatureSchemes().size());
    }

    @Test
    void thirty_thousand_protocols_are_read() throws TlsException {
        WireWriter names = new WireWriter();
        repeat(30_000, i -> names.vector8(Bytes.copyOf(new byte[] {(byte) i})));
        assertEquals(
                30_000,
                read(hello(1, extension(ExtensionType.ALPN, names)))
                        .applicationProtocols()
                        .size());
    }

    @Test
    void thirteen_thousand_key_shares_are_read() throws TlsException {
        WireWriter shares = new WireWriter();
        repeat(13_000, i -> shares.uint16(i).vector16(Bytes.copyOf(new byte[1])));
        assertEquals(
                13_000,
                read(hello(1, extension(ExtensionType.KEY_SHARE, shares)))
                        .keyShares()
                        .size());
    }

    @Test
    void a_hello_in_records_and_pieces_of_one_byte_is_read() throws TlsException {
        byte[] message = WireWriter.handshake(HandshakeMessage.CLIENT_HELLO, hello(8_000, new WireWriter()));
        ClientHelloCollector collector = new ClientHelloCollector();
        for (byte octet : message) {
            byte[] record = {22, 3, 1, 0, 1, octet};
            for (int i = 0; i < record.length; i++) {
                collector.add(record, i, 1);
            }
        }
        assertEquals(
                8_000, collector.add(message, 0, 0).orElseThrow().cipherSuites().size());
    }

    private static ClientHello read(Bytes body) throws TlsException {
        for (int i = 1; i < TIMES; i++) {
            ClientHello hello = ClientHelloParser.parse(body);
            assertEquals(36, hello.ja4().length());
            assertEquals(32, hello.ja3Hash().length());
        }
        return ClientHelloParser.parse(body);
    }

    private static Bytes hello(int suites, WireWriter extensions) {
        return new WireWriter()
                .uint16(0x0303)
                .raw(Bytes.copyOf(new byte[32]))
                .uint8(0)
                .vector16(ids(suites).bytes())
                .vector8(Bytes.copyOf(new byte[1]))
                .vector16(extensions.bytes())
                .bytes();
    }

    private static WireWriter extension(int type, WireWriter list) {
        Bytes data = new WireWriter().vector16(list.bytes()).bytes();
        return new WireWriter().uint16(type).vector16(data);
    }

    private static WireWriter ids(int count) {
        WireWriter ids = new WireWriter();
        repeat(count, ids::uint16);
        return ids;
    }

    private static void repeat(int times, IntConsumer action) {
        for (int i = 0; i < times; i++) {
            action.accept(i);
        }
    }
}
