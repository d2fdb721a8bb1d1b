package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerNameTest {
    private static final int CASES = 20_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @CsvSource({
        "B\u00fccher.example, xn--bcher-kva.example",
        "Example.ORG., example.org",
        "a_b.example.org, a_b.example.org",
        "_sip._tcp.example, _sip._tcp.example",
        "a-.example, a-.example",
        "-a.example, -a.example",
        "localhost, localhost",
        "\uff45\uff58\u3002example\uff61, ex.example",
        "1.2.3.example, 1.2.3.example",
        "4a, 4a",
        "0xg.0xyz, 0xg.0xyz",
        "1.2.3.4.in-addr.arpa, 1.2.3.4.in-addr.arpa"
    })
    void namesAreNormalised(String text, String name) {
        assertEquals(Optional.of(name), PeerName.of(text).dnsName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "192.0.2.1.",
                "192.0.2.1\u3002",
                "\uff11\uff19\uff12.0.2.1",
                "192\uff0e0\u30022\uff611",
                "192\u20240.2.1",
                "\u2460\u2468\u2461.0.2.1",
                "[192.0.2.1]"
            })
    void anIpv4AddressIsOneInAnySpelling(String text) {
        assertEquals(
                "c0000201",
                assertInstanceOf(PeerName.IpAddress.class, PeerName.of(text)).address());
        assertEquals("192.0.2.1", PeerName.of(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"::1", "2001:db8::192.0.2.1", "[2001:db8::1]", "fe80::1%eth0", "1:2:3:4:5:6:7:8", "\uff1a:1"})
    void addressesAreRecognised(String text) {
        assertInstanceOf(PeerName.IpAddress.class, PeerName.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "256.1.1.1",
                "1.2.3",
                "01.2.3.4",
                "1.2.3.4.5",
                "192.0.2.0x1",
                "0x7f000001",
                "2130706433",
                "example.1",
                "example.0x",
                "1.2.3.\uff14\uff15\uff16",
                "127.0.0.1.."
            })
    void whatOnlyLooksLikeAnAddressIsNoName(String text) {
        assertThrows(IllegalArgumentException.class, () -> PeerName.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "\u3002",
                ".example.org",
                "\uff0eexample.org",
                "a..b",
                "a.\u3002b",
                "a.\u00ad.b",
                "example..",
                "example.\u3002",
                "example\u3002\uff61",
                "a b",
                "a\u0000b",
                "a\nb",
                "1:2",
                ":::",
                "a/b",
                "a%b",
                "a@b",
                "[example.org]",
                "\u2488\u2488.example"
            })
    void whatIsNeitherIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PeerName.of(text));
    }

    /** Whatever the text is: what comes out is the same when it is read again, and a name is never an address. */
    @Test
    void aNameIsANameToEverybody() {
        int names = 0;
        int addresses = 0;
        for (int i = 0; i < CASES; i++) {
            String text = text();
            PeerName parsed;
            try {
                parsed = PeerName.of(text);
            } catch (IllegalArgumentException refusal) {
                assertTrue(refusal.getMessage().length() < 300, refusal::getMessage);
                assertTrue(
                        refusal.getMessage().chars().noneMatch(Character::isISOControl),
                        () -> "seed " + seed + ": " + refusal.getMessage());
                continue;
            }
            assertEquals(parsed, PeerName.of(parsed.toString()), () -> "seed " + seed + ": " + text);
            if (parsed instanceof PeerName.DnsName dns) {
                names++;
                String last = dns.name().substring(dns.name().lastIndexOf('.') + 1);
                assertTrue(
                        !last.isEmpty() && !last.matches("[0-9]+|0x[0-9a-f]*"),
                        () -> "seed " + seed + ": " + text + " became " + dns);
                assertTrue(dns.name().matches("[!-~]+(?<!\\.)"), () -> "seed " + seed + ": " + text);
                assertTrue(!("." + dns.name() + ".").contains(".."), () -> "seed " + seed + ": " + text);
            } else {
                addresses++;
            }
        }
        assertTrue(names > CASES / 50 && addresses > CASES / 500, names + " names, " + addresses + " addresses");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(10) == 0) {
            return "%d%s%d.%d%s%d%s"
                    .formatted(
                            random.nextInt(300),
                            pick(DOTS),
                            random.nextInt(300),
                            random.nextInt(300),
                            pick(DOTS),
                            random.nextInt(300),
                            random.nextBoolean() ? pick(DOTS) : "");
        }
        int labels = 1 + random.nextInt(4);
        for (int i = 0; i < labels; i++) {
            text.append(pick(LABELS)).append(i < labels - 1 || random.nextInt(4) == 0 ? pick(DOTS) : "");
        }
        if (random.nextInt(20) == 0) {
            text.append(pick(DOTS));
        }
        if (random.nextInt(8) == 0) {
            text.insert(random.nextInt(text.length() + 1), (char) random.nextInt(0x10000));
        }
        return text.toString();
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static final List<String> DOTS = List.of(".", ".", ".", "\u3002", "\uff0e", "\uff61", "\u2024", "..");
    private static final List<String> LABELS = List.of(
            "0",
            "1",
            "127",
            "255",
            "256",
            "010",
            "0x7f",
            "\uff11",
            "\u2460",
            "\u0661",
            "\uff10\uff58\uff11",
            "a",
            "www",
            "example",
            "EXAMPLE",
            "a_b",
            "-a",
            "a-",
            "b\u00fccher",
            "xn--bcher-kva",
            "\u00ad",
            "",
            "\n",
            "[",
            "%1");

    @Test
    void theSameAddressInAnotherFormIsTheSame() {
        PeerName.IpAddress one = (PeerName.IpAddress) PeerName.of("2001:DB8:0:0::1");
        PeerName.IpAddress two = (PeerName.IpAddress) PeerName.of("2001:db8::0.0.0.1");
        assertEquals(one.address(), two.address());
    }

    @Test
    void aMessageShowsABoundedPartOfTheName() {
        String message = assertThrows(IllegalArgumentException.class, () -> PeerName.of("a\u001b[2J\n".repeat(5000)))
                .getMessage();

        assertTrue(message.length() < 300, message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
}
