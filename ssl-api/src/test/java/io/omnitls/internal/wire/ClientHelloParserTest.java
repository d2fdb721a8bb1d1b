package io.omnitls.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.ClientHello.Extension;
import io.omnitls.protocol.TlsAlert;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientHelloParserTest {
    private static final String PREFIX = "0303" + "00".repeat(32);

    @Provide
    Arbitrary<ClientHello> hellos() {
        return ClientHellos.arbitrary();
    }

    @Property
    void what_was_written_is_parsed(@ForAll("hellos") ClientHello hello) throws TlsException {
        assertEquals(hello, ClientHelloParser.parse(WireWriter.clientHello(hello)));
    }

    @Property
    void a_hello_that_breaks_off_is_malformed(
            @ForAll("hellos") ClientHello hello, @ForAll @IntRange(max = 1 << 20) int cut) {
        byte[] body = WireWriter.clientHello(hello).toByteArray();
        int kept = cut % body.length;
        int extensionBlock = 2 + WireWriter.extensions(hello.extensions()).size();
        if (kept == body.length - extensionBlock) {
            return; // a hello without any extensions is a hello of TLS 1.2
        }
        TlsException failure =
                assertThrows(TlsException.class, () -> ClientHelloParser.parse(Bytes.copyOf(body, 0, kept)));
        assertEquals(ErrorReason.LENGTH_MISMATCH, failure.reason());
        assertEquals(Optional.of(TlsAlert.sent(AlertDescription.DECODE_ERROR)), failure.alert());
    }

    @Property(tries = 30)
    void a_hello_that_breaks_off_anywhere_is_malformed(@ForAll("hellos") ClientHello hello) {
        byte[] body = WireWriter.clientHello(hello).toByteArray();
        Assume.that(body.length < 2000);
        int withoutExtensions =
                body.length - 2 - WireWriter.extensions(hello.extensions()).size();
        for (int kept = 0; kept < body.length; kept++) {
            if (kept != withoutExtensions) {
                assertRefused(ErrorReason.LENGTH_MISMATCH, AlertDescription.DECODE_ERROR, Bytes.copyOf(body, 0, kept));
            }
        }
    }

    @Property
    void a_corrupted_hello_is_parsed_as_it_is_or_refused_with_an_alert(
            @ForAll("hellos") ClientHello hello,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1 << 24) Integer> flaws) {
        byte[] body = WireWriter.clientHello(hello).toByteArray();
        // Half of the flaws hit the first 200 bytes, where the lengths of most hellos are.
        flaws.forEach(flaw ->
                body[(flaw >> 9) % Math.min(body.length, (flaw & 1) == 0 ? 200 : 1 << 16)] = (byte) (flaw >> 1));
        parseOrRefuse(Bytes.copyOf(body));
    }

    @Property
    void corrupted_extension_data_is_parsed_as_it_is_or_refused_with_an_alert(
            @ForAll("hellos") ClientHello hello, @ForAll Random random) {
        List<Extension> extensions = new ArrayList<>(hello.extensions());
        Assume.that(!extensions.isEmpty());
        int index = random.nextInt(extensions.size());
        byte[] data = extensions.get(index).data().toByteArray();
        byte[] changed = Arrays.copyOf(data, Math.max(0, data.length + random.nextInt(3) - 1));
        if (changed.length > 0) {
            int position = random.nextInt(Math.min(changed.length, 4));
            changed[position] = (byte) (changed[position] + random.nextInt(5) - 2);
        }
        extensions.set(index, new Extension(extensions.get(index).type(), Bytes.copyOf(changed)));
        parseOrRefuse(WireWriter.clientHello(ClientHellos.with(hello, extensions)));
    }

    @Property
    void any_bytes_are_parsed_as_they_are_or_refused_with_an_alert(@ForAll @ByteRange(max = 40) byte[] body) {
        parseOrRefuse(Bytes.copyOf(body));
    }

    private static void parseOrRefuse(Bytes body) {
        try {
            ReadBack.check(body, ClientHelloParser.parse(body));
        } catch (TlsException refused) {
            AlertDescription alert = refused.alert().orElseThrow().description().orElseThrow();
            assertEquals(TlsAlert.sent(alert), refused.alert().orElseThrow());
            assertTrue(
                    refused.reason() == ErrorReason.LENGTH_MISMATCH
                            ? alert == AlertDescription.DECODE_ERROR
                            : ALERTS_FOR_EXTENSIONS.contains(alert),
                    refused::getMessage);
        }
    }

    private static final Set<AlertDescription> ALERTS_FOR_EXTENSIONS = Set.of(
            AlertDescription.DECODE_ERROR, AlertDescription.ILLEGAL_PARAMETER, AlertDescription.UNRECOGNIZED_NAME);

    @Property
    void an_extension_that_is_sent_twice_is_an_illegal_parameter(@ForAll("hellos") ClientHello hello) {
        Assume.that(!hello.extensions().isEmpty());
        List<Extension> twice = new ArrayList<>(hello.extensions());
        twice.add(0, hello.extensions().get(hello.extensions().size() / 2));
        Assume.that(WireWriter.extensions(twice).size() <= 0xffff);
        assertRefused(
                ErrorReason.BAD_EXTENSION,
                AlertDescription.ILLEGAL_PARAMETER,
                WireWriter.clientHello(ClientHellos.with(hello, twice)));
    }

    @Property
    void bytes_after_the_last_extension_are_malformed(@ForAll("hellos") ClientHello hello) {
        byte[] body = WireWriter.clientHello(hello).toByteArray();
        assertRefused(
                ErrorReason.LENGTH_MISMATCH,
                AlertDescription.DECODE_ERROR,
                Bytes.copyOf(Arrays.copyOf(body, body.length + 1)));
    }

    @Test
    void a_hello_of_tls_1_2_needs_no_extensions() throws TlsException {
        ClientHello hello = ClientHelloParser.parse(bytes(PREFIX + "00" + "0002c02f" + "0100"));
        assertEquals(List.of(0xc02f), hello.cipherSuites());
        assertEquals(List.of(0x0303), hello.supportedVersions());
        assertEquals(List.of(), hello.extensions());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "session id too long,         21000000000000000000000000000000000000000000000000000000000000000000 0002c02f 0100",
        "no cipher suites,            00 0000 0100",
        "odd cipher suites,           00 0003c02fc0 0100",
        "no compression methods,      00 0002c02f 00",
        "half an extension length,    00 0002c02f 0100 00",
        "extensions too short,        00 0002c02f 0100 0004 0017",
        "extension header breaks off, 00 0002c02f 0100 0003 001700",
    })
    void a_malformed_structure_is_a_decode_error(String what, String rest) {
        assertRefused(
                ErrorReason.LENGTH_MISMATCH, AlertDescription.DECODE_ERROR, bytes(PREFIX + rest.replace(" ", "")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "server_name that is empty,               0, ''",
        "server_name with an empty list,          0, 0000",
        "server_name with an empty name,          0, 0003 00 0000",
        "server_name of another type,             0, 0004 01 0001 61",
        "server_name with two names,              0, 0008 00 0001 61 00 0001 62",
        "server_name with a byte after it,        0, 0004 00 0001 61 00",
        "alpn with an empty list,                 16, 0000",
        "alpn with an empty name,                 16, 0001 00",
        "alpn with a name that breaks off,        16, 0003 03 6832",
        "alpn with a byte after it,               16, 0003 02 6832 00",
        "supported_versions with an empty list,   43, 00",
        "supported_versions of odd length,        43, 03 0304 03",
        "supported_versions with a byte after it, 43, 02 0304 03",
        "supported_groups with an empty list,     10, 0000",
        "supported_groups of odd length,          10, 0003 001d 00",
        "ec_point_formats with an empty list,     11, 00",
        "ec_point_formats that break off,         11, 02 00",
        "ec_point_formats with a byte after it,   11, 01 00 00",
        "signature_algorithms with an empty list, 13, 0000",
        "signature_algorithms of odd length,      13, 0003 0403 04",
        "key_share with an empty key,             51, 0004 001d 0000",
        "key_share with a key that breaks off,    51, 0005 001d 0002 00",
        "key_share that is empty,                 51, ''",
    })
    void a_malformed_extension_is_a_bad_extension(String what, int type, String data) {
        assertRefused(
                ErrorReason.BAD_EXTENSION,
                AlertDescription.DECODE_ERROR,
                helloWith(type, bytes(data.replace(" ", ""))));
    }

    @Test
    void a_key_share_without_shares_asks_for_a_retry() throws TlsException {
        assertEquals(
                List.of(), ClientHelloParser.parse(helloWith(51, bytes("0000"))).keyShares());
    }

    @Test
    void extensions_after_pre_shared_key_are_an_illegal_parameter() {
        Bytes extensions = new WireWriter()
                .uint16(ExtensionType.PRE_SHARED_KEY)
                .vector16(bytes("00"))
                .uint16(23)
                .vector16(bytes(""))
                .bytes();
        Bytes body = new WireWriter()
                .raw(bytes(PREFIX + "00" + "0002c02f" + "0100"))
                .vector16(extensions)
                .bytes();
        assertRefused(ErrorReason.BAD_EXTENSION, AlertDescription.ILLEGAL_PARAMETER, body);
    }

    @Test
    void a_host_name_may_have_255_ascii_characters() throws TlsException {
        String longest = "a".repeat(255);
        ClientHello hello = ClientHelloParser.parse(helloWith(0, serverName(WireWriter.ascii(longest))));
        assertEquals(Optional.of(longest), hello.serverName());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a NUL, 610062", "UTF-8, c3bc"})
    void a_host_name_that_is_not_ascii_text_is_unrecognized(String what, String name) {
        assertRefused(
                ErrorReason.BAD_EXTENSION, AlertDescription.UNRECOGNIZED_NAME, helloWith(0, serverName(bytes(name))));
    }

    @Test
    void a_host_name_of_256_characters_is_unrecognized() {
        assertRefused(
                ErrorReason.BAD_EXTENSION,
                AlertDescription.UNRECOGNIZED_NAME,
                helloWith(0, serverName(WireWriter.ascii("a".repeat(256)))));
    }

    @Test
    void a_refusal_says_which_field_was_wrong() {
        TlsException failure = assertThrows(
                TlsException.class, () -> ClientHelloParser.parse(bytes(PREFIX + "00" + "0003c02fc0" + "0100")));
        assertEquals(
                "[SSL: LENGTH_MISMATCH] malformed ClientHello: cipher_suites breaks off: 1 bytes left, expected 2",
                failure.getMessage());
    }

    private static Bytes serverName(Bytes name) {
        Bytes list = new WireWriter().uint8(0).vector16(name).bytes();
        return new WireWriter().vector16(list).bytes();
    }

    private static Bytes helloWith(int type, Bytes data) {
        return new WireWriter()
                .raw(bytes(PREFIX + "00" + "0002c02f" + "0100"))
                .vector16(WireWriter.extensions(List.of(new Extension(type, data))))
                .bytes();
    }

    private static void assertRefused(ErrorReason reason, AlertDescription alert, Bytes body) {
        TlsException failure = assertThrows(TlsException.class, () -> ClientHelloParser.parse(body));
        assertEquals(reason, failure.reason(), failure::getMessage);
        assertEquals(Optional.of(TlsAlert.sent(alert)), failure.alert());
    }

    private static Bytes bytes(String hex) {
        return Bytes.copyOf(java.util.HexFormat.of().parseHex(hex));
    }
}
