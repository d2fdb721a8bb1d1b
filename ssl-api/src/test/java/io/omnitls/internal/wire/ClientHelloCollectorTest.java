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
import java.util.function.IntSupplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientHelloCollectorTest {
    @Provide
    Arbitrary<ClientHello> hellos() {
        return ClientHellos.arbitrary().filter(hello -> hello.raw().size() <= ClientHelloCollector.MAX_CLIENT_HELLO);
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
    void a_corrupted_stream_gives_what_it_says_or_a_refusal_or_waits(
            @ForAll("hellos") ClientHello hello, @ForAll Random random) {
        byte[] stream = records(hello, random);
        for (int flaws = 1 + random.nextInt(3); flaws > 0; flaws--) {
            int position = random.nextInt(random.nextBoolean() ? 5 : stream.length);
            stream[position] = (byte) random.nextInt();
        }
        try {
            Optional<ClientHello> collected = new ClientHelloCollector().add(stream, 0, stream.length);
            collected.ifPresent(parsed -> {
                Bytes raw = parsed.raw();
                ReadBack.check(Bytes.copyOf(raw.toByteArray(), HandshakeMessage.HEADER_SIZE, raw.size()), parsed);
            });
        } catch (TlsException refused) {
            // Who does not speak TLS could not read an alert; SSL 2.0 had its own, and gets one of ours nevertheless.
            boolean speaksTls = stream[1] == 3 || refused.reason() == ErrorReason.UNSUPPORTED_PROTOCOL;
            assertEquals(speaksTls, refused.alert().isPresent(), refused::getMessage);
            refused.alert().ifPresent(alert -> assertEquals(TlsAlert.Direction.SENT, alert.direction()));
        }
    }

    @Property(tries = 20)
    void a_stream_that_breaks_off_anywhere_decides_nothing(@ForAll("hellos") ClientHello hello, @ForAll Random random)
            throws TlsException {
        byte[] stream = records(hello, random);
        Assume.that(stream.length < 3000);
        for (int kept = 0; kept < stream.length; kept++) {
            assertEquals(Optional.empty(), new ClientHelloCollector().add(stream, 0, kept));
        }
    }

    @Test
    void a_hello_of_16_kib_is_collected() throws TlsException {
        byte[] stream = recordsOfHello(ClientHelloCollector.MAX_CLIENT_HELLO);
        ClientHello hello =
                new ClientHelloCollector().add(stream, 0, stream.length).orElseThrow();
        assertEquals(4 + ClientHelloCollector.MAX_CLIENT_HELLO, hello.raw().size());
    }

    @Test
    void a_hello_beyond_16_kib_is_refused_as_soon_as_it_says_its_length() throws TlsException {
        byte[] stream = recordsOfHello(ClientHelloCollector.MAX_CLIENT_HELLO + 1);
        ClientHelloCollector collector = new ClientHelloCollector();
        int headers = RecordHeader.SIZE + HandshakeMessage.HEADER_SIZE;
        assertEquals(Optional.empty(), collector.add(stream, 0, headers - 1));
        TlsException failure = assertThrows(TlsException.class, () -> collector.add(stream, headers - 1, 1));
        assertEquals(ErrorReason.EXCESSIVE_MESSAGE_SIZE, failure.reason());
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, alert(failure));
    }

    private static AlertDescription alert(TlsException refused) {
        TlsAlert alert = refused.alert().orElseThrow();
        assertEquals(TlsAlert.Direction.SENT, alert.direction());
        return alert.description().orElseThrow();
    }

    /** A hello whose body has this size, in records as long as they may be. */
    private static byte[] recordsOfHello(int size) {
        byte[] start = HexFormat.of().parseHex("0303" + "00".repeat(32) + "00" + "0002c02f" + "0100");
        int extensions = size - start.length - 2;
        Bytes body = new WireWriter()
                .raw(Bytes.copyOf(start))
                .uint16(extensions)
                .uint16(21)
                .vector16(Bytes.copyOf(new byte[extensions - 4]))
                .bytes();
        return records(WireWriter.handshake(HandshakeMessage.CLIENT_HELLO, body), () -> RecordHeader.MAX_PLAINTEXT);
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
        int most = random.nextBoolean() ? 10 : RecordHeader.MAX_PLAINTEXT;
        return records(hello.raw().toByteArray(), () -> 1 + random.nextInt(most));
    }

    private static byte[] records(byte[] message, IntSupplier sizes) {
        WireWriter stream = new WireWriter();
        for (int position = 0; position < message.length; ) {
            int size = Math.min(sizes.getAsInt(), message.length - position);
            stream.raw(
                    WireWriter.record(ContentType.HANDSHAKE.code(), Bytes.copyOf(message, position, position + size)));
            position += size;
        }
        return stream.bytes().toByteArray();
    }
}
