package io.omnitls.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.TlsAlert;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientHelloCollectorTest {
    @Provide
    Arbitrary<ClientHello> hellos() {
        return ClientHellos.arbitrary();
    }

    @Property
    void a_hello_is_collected_from_any_records_in_any_pieces(@ForAll("hellos") ClientHello hello, @ForAll Random random)
            throws TlsException {
        byte[] stream = records(hello, random);
        ClientHelloCollector collector = new ClientHelloCollector();
        int position = 0;
        while (position < stream.length) {
            int size = Math.min(1 + random.nextInt(random.nextBoolean() ? 7 : 5000), stream.length - position);
            Optional<ClientHello> collected = collector.add(stream, position, size);
            position += size;
            assertEquals(position == stream.length ? Optional.of(hello) : Optional.empty(), collected);
        }
        assertEquals(Optional.of(hello), collector.add(stream, 0, stream.length), "bytes after the hello are ignored");
    }

    @Property
    void a_corrupted_stream_gives_a_hello_or_a_refusal_or_waits(
            @ForAll("hellos") ClientHello hello, @ForAll Random random) {
        byte[] stream = records(hello, random);
        stream[random.nextInt(stream.length)] = (byte) random.nextInt();
        try {
            Optional<ClientHello> collected = new ClientHelloCollector().add(stream, 0, stream.length);
            collected.ifPresent(parsed -> assertEquals(32, parsed.random().size()));
        } catch (TlsException refused) {
            refused.alert().ifPresent(alert -> assertEquals(TlsAlert.Direction.SENT, alert.direction()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "alert record,            15 0301 0002 0228, UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE",
        "close_notify,            15 0301 0002 0100, UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE",
        "change_cipher_spec,      14 0301 0001 01, UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE",
        "application data,        17 0301 0003 010101, UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE",
        "unknown record type,     00 0301 0003 010101, UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE",
        "ServerHello,             16 0301 0004 02000000, UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE",
        "endless ClientHello,     16 0301 0004 01ffffff, EXCESSIVE_MESSAGE_SIZE, ILLEGAL_PARAMETER",
        "empty handshake record,  16 0301 0000, UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE",
        "record too long,         16 0301 ffff, PACKET_LENGTH_TOO_LONG, RECORD_OVERFLOW",
        "SSL 2.0 hello,           80 2e 01 0301 0000, UNSUPPORTED_PROTOCOL, PROTOCOL_VERSION",
        "2nd record of SSL 2.0,   16 0301 0001 01 16 0200 0001 00, WRONG_VERSION_NUMBER, PROTOCOL_VERSION",
        "2nd record too long,     16 0301 0001 01 16 0301 4001, PACKET_LENGTH_TOO_LONG, RECORD_OVERFLOW",
        "2nd record of any type,  16 0301 0001 01 17 0301 0001 00, UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE",
        "empty ClientHello,       16 0301 0004 01000000, LENGTH_MISMATCH, DECODE_ERROR",
    })
    void a_stream_that_is_no_hello_is_refused(String what, String hex, ErrorReason reason, AlertDescription alert) {
        TlsException failure = refusal(HexFormat.of().parseHex(hex.replace(" ", "")));
        assertEquals(reason, failure.reason(), failure::getMessage);
        assertEquals(Optional.of(TlsAlert.sent(alert)), failure.alert());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "GET / HTTP/1.1, HTTP_REQUEST",
        "POST /, HTTP_REQUEST",
        "HEAD /, HTTP_REQUEST",
        "PUT /x, HTTP_REQUEST",
        "CONNECT example.org:443, HTTPS_PROXY_REQUEST",
        "DELETE /, WRONG_VERSION_NUMBER",
        "SSH-2.0-OpenSSH, WRONG_VERSION_NUMBER",
    })
    void a_peer_that_does_not_speak_tls_gets_no_alert(String text, ErrorReason reason) {
        TlsException failure = refusal(WireWriter.ascii(text).toByteArray());
        assertEquals(reason, failure.reason());
        assertEquals(Optional.empty(), failure.alert());
    }

    @Test
    void four_bytes_decide_nothing() throws TlsException {
        assertEquals(
                Optional.empty(),
                new ClientHelloCollector().add(WireWriter.ascii("GET ").toByteArray(), 0, 4));
    }

    private static TlsException refusal(byte[] stream) {
        return assertThrows(TlsException.class, () -> new ClientHelloCollector().add(stream, 0, stream.length));
    }

    private static byte[] records(ClientHello hello, Random random) {
        byte[] message = WireWriter.handshake(HandshakeMessage.CLIENT_HELLO, WireWriter.clientHello(hello));
        WireWriter stream = new WireWriter();
        int most = random.nextBoolean() ? 10 : RecordHeader.MAX_PLAINTEXT;
        for (int position = 0; position < message.length; ) {
            int size = Math.min(1 + random.nextInt(most), message.length - position);
            stream.raw(
                    WireWriter.record(ContentType.HANDSHAKE.code(), Bytes.copyOf(message, position, position + size)));
            position += size;
        }
        return stream.bytes().toByteArray();
    }
}
