package io.omnitls.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
    private static final Bytes NOTHING = Bytes.copyOf(new byte[0]);

    /** The client of the example in FoxIO's technical description of JA4. */
    private static final ClientHello EXAMPLE = hello(
            0x0303,
            "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035",
            "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015",
            "0403,0804,0401,0503,0805,0501,0806,0601",
            List.of(0x0304, 0x0303),
            List.of("h2", "http/1.1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The two examples in Salesforce's description of JA3.
                "769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0|ada70206e40642a3e4461f35503241d5",
                "769,4-5-10-9-100-98-3-6-19-18-99,,,|de350869b8c85de67a350c8d186f11e6",
                // Chrome 143 and an app with Apple's URLSession, as two public services saw them.
                "771,4865-4866-4867-49195-49199-49196-49200-52393-52392-49171-49172-156-157-47-53,"
                        + "45-51-16-65037-23-17613-0-11-10-43-65281-35-18-5-13-27,4588-29-23-24,0"
                        + "|98487aa16281980e7d1120d399efb6a4",
                "771,49195-49196-52393-49199-49200-52392-49171-49172-156-157-47-53,"
                        + "65281-0-23-35-13-5-16-11-10,29-23-24,0|6f5e62edfa5933b1332ddf8b9fb3ef9d",
            })
    void published_ja3_fingerprints_are_computed(String text, String hash) {
        String[] fields = text.split(",", -1);
        ClientHello hello = ClientHello.builder()
                .legacyVersion(Integer.parseInt(fields[0]))
                .cipherSuites(numbers(fields[1], "-", 10))
                .extensions(extensions(numbers(fields[2], "-", 10)))
                .namedGroups(
                        numbers(fields[3], "-", 10).stream().map(NamedGroup::of).collect(Collectors.toList()))
                .ecPointFormats(numbers(fields[4], "-", 10))
                .build();
        assertEquals(text, hello.ja3());
        assertEquals(hash, hello.ja3Hash());
    }

    @Test
    void the_published_example_of_ja4_is_computed() {
        assertEquals("t13d1516h2_8daaf6152771_e5627efa2ab1", EXAMPLE.ja4());
    }

    @Test
    void ja4_of_chrome_143_is_the_one_that_was_published() {
        ClientHello chrome = hello(
                0x0303,
                "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035",
                "002d,0033,0010,fe0d,0017,44cd,0000,000b,000a,002b,ff01,0023,0012,0005,000d,001b",
                "0403,0804,0401,0503,0805,0501,0806,0601",
                List.of(0x0304, 0x0303),
                List.of("h2", "http/1.1"));
        assertEquals("t13d1516h2_8daaf6152771_d8a2da3f94cd", chrome.ja4());
    }

    @Test
    void grease_and_order_change_nothing_in_ja4() {
        Random random = new Random(8701);
        for (int grease = 0x0a0a; grease <= 0xfafa; grease += 0x1010) {
            List<Integer> suites = new ArrayList<>(EXAMPLE.cipherSuites());
            suites.add(grease);
            Collections.shuffle(suites, random);
            List<Integer> types = new ArrayList<>(types(EXAMPLE));
            types.add(grease);
            Collections.shuffle(types, random);
            List<SignatureScheme> schemes = new ArrayList<>(EXAMPLE.signatureSchemes());
            schemes.add(random.nextInt(schemes.size()), SignatureScheme.of(grease));
            ClientHello greased = hello(
                    0x0303, suites, types, schemes, List.of(grease, 0x0304, 0x0303), EXAMPLE.applicationProtocols());
            assertEquals(EXAMPLE.ja4(), greased.ja4());
        }
    }

    @Test
    void what_only_looks_like_grease_is_counted() {
        ClientHello hello = hello(0x0303, "0a1a,1a0a,0a0b,0b0b,fa0a", "0a1a", "", List.of(0x0303), List.of());
        assertEquals("771,2586-6666-2571-2827-64010,2586,,", hello.ja3());
        assertEquals("t12i0501", hello.ja4().substring(0, 8));
    }

    @Test
    void grease_is_left_out_of_ja3() {
        ClientHello hello = ClientHello.builder()
                .cipherSuites(List.of(0x2a2a, 0x1301))
                .extensions(extensions(List.of(0xcaca, 10, 11, 0x0a0a)))
                .namedGroups(List.of(NamedGroup.of(0x3a3a), NamedGroup.X25519))
                .ecPointFormats(List.of(0, 10))
                .build();
        assertEquals("771,4865,10-11,29,0-10", hello.ja3());
    }

    @Test
    void without_signature_algorithms_the_extensions_are_hashed_alone() {
        ClientHello hello = hello(
                0x0303,
                EXAMPLE.cipherSuites(),
                types(EXAMPLE),
                List.of(),
                EXAMPLE.supportedVersions(),
                EXAMPLE.applicationProtocols());
        assertEquals("t13d1516h2_8daaf6152771_6d807ffa2a79", hello.ja4());
    }

    @Test
    void empty_lists_are_not_hashed() {
        assertEquals(
                "t10i000000_000000000000_000000000000",
                hello(0x0301, "", "", "", List.of(0x0301), List.of()).ja4());
        assertEquals(
                "t10d0002h2_000000000000_000000000000",
                hello(0x0301, "1a1a", "0000,0010,2a2a", "", List.of(0x0301), List.of("h2"))
                        .ja4());
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0, 00",
        "1, 01",
        "9, 09",
        "10, 10",
        "98, 98",
        "99, 99",
        "100, 99",
        "20000, 99",
    })
    void more_than_ninety_nine_are_ninety_nine(int count, String digits) {
        List<Integer> ids = IntStream.range(100, 100 + count).boxed().collect(Collectors.toList());
        ClientHello hello = hello(0x0303, ids, ids, List.of(), List.of(0x0303), List.of());
        assertEquals("t12i" + digits + digits + "00_", hello.ja4().substring(0, 11));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0304, 13",
        "0303, 12",
        "0302, 11",
        "0301, 10",
        "0300, s3",
        "0002, s2",
        "feff, d1",
        "0305, 00",
        "7f1c 0304, 00",
        "0301 0303 0302, 12",
        "fafa 0303, 12",
        "fafa, 00",
    })
    void the_version_is_the_highest_offered(String versions, String digits) {
        ClientHello hello = hello(0x0303, "1301", "", "", numbers(versions, " ", 16), List.of());
        assertEquals("t" + digits + "i", hello.ja4().substring(0, 4));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "6832, h2",
        "687474702f312e31, h1",
        "61, aa",
        "5a39, Z9",
        // The examples of the technical description.
        "ab, ab",
        "abcd, ad",
        "30ab, 3b",
        "3031abcd, 3d",
        "30abcd31, 01",
        // Neighbours of the letters and digits.
        "2f, 2f",
        "3a, 3a",
        "40, 40",
        "5b, 5b",
        "60, 60",
        "7b, 7b",
        "00, 00",
        // A GREASE protocol is the first one like any other.
        "0a0a, 0a",
    })
    void the_first_protocol_is_abbreviated(String bytes, String characters) {
        String name = new String(HexFormat.of().parseHex(bytes), StandardCharsets.ISO_8859_1);
        ClientHello hello = hello(0x0303, "1301", "0010", "", List.of(0x0304), List.of(name, "other"));
        assertEquals("t13i0101" + characters, hello.ja4().substring(0, 10));
    }

    private static ClientHello hello(
            int legacyVersion,
            String suites,
            String types,
            String schemes,
            List<Integer> versions,
            List<String> protocols) {
        return hello(
                legacyVersion,
                numbers(suites, ",", 16),
                numbers(types, ",", 16),
                numbers(schemes, ",", 16).stream().map(SignatureScheme::of).collect(Collectors.toList()),
                versions,
                protocols);
    }

    private static ClientHello hello(
            int legacyVersion,
            List<Integer> suites,
            List<Integer> types,
            List<SignatureScheme> schemes,
            List<Integer> versions,
            List<String> protocols) {
        return ClientHello.builder()
                .legacyVersion(legacyVersion)
                .cipherSuites(suites)
                .extensions(extensions(types))
                .applicationProtocols(protocols)
                .supportedVersions(versions)
                .signatureSchemes(schemes)
                .build();
    }

    private static List<ClientHello.Extension> extensions(List<Integer> types) {
        return types.stream()
                .map(type -> new ClientHello.Extension(type, NOTHING))
                .collect(Collectors.toList());
    }

    private static List<Integer> types(ClientHello hello) {
        return hello.extensions().stream().map(ClientHello.Extension::type).collect(Collectors.toList());
    }

    private static List<Integer> numbers(String list, String separator, int radix) {
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(separator, -1))
                        .map(number -> Integer.parseInt(number, radix))
                        .collect(Collectors.toList());
    }
}
