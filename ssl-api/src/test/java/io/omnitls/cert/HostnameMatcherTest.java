package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostnameMatcherTest {
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, true",
        "example.org, www.example.org, false",
        "*.example.org, www.example.org, true",
        "*.example.org, example.org, false",
        "*.example.org, a.b.example.org, false",
        "*.org, example.org, false",
        "*, example, false",
        "w*.example.org, www.example.org, false",
        "*w.example.org, www.example.org, false",
        "www.*.org, www.example.org, false",
        "*.*.example.org, a.b.example.org, false",
        "*.example.org, xn--bcher-kva.example.org, true",
        "xn--*.example.org, xn--bcher-kva.example.org, false",
        "xn--bcher-kva.example.org, xn--bcher-kva.example.org, true",
        "*.example.org, a_b.example.org, false",
        "a_b.example.org, a_b.example.org, true"
    })
    void aPatternMatchesAName(String pattern, String name, boolean expected) {
        assertEquals(expected, HostnameMatcher.matches(pattern, name));
    }

    @Test
    void namesAreNormalised() {
        assertEquals("xn--bcher-kva.example", PeerName.of("B\u00fccher.example").toString());
        assertEquals("example.org", PeerName.of("Example.ORG.").toString());
        assertTrue(PeerName.of("a_b.example.org").dnsName().isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.1", "::1", "2001:db8::192.0.2.1", "[2001:db8::1]", "fe80::1%eth0", "1:2:3:4:5:6:7:8"})
    void addressesAreRecognised(String text) {
        assertFalse(PeerName.of(text).dnsName().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"256.1.1.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"})
    void whatOnlyLooksLikeAnAddressIsAName(String text) {
        assertTrue(PeerName.of(text).dnsName().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".example.org", "a..b", "a b", "a\u0000b", "1:2", ":::", "a/b"})
    void whatIsNeitherIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PeerName.of(text));
    }

    @Test
    void theSameAddressInAnotherFormIsTheSame() {
        PeerName.IpAddress one = (PeerName.IpAddress) PeerName.of("2001:DB8:0:0::1");
        PeerName.IpAddress two = (PeerName.IpAddress) PeerName.of("2001:db8::0.0.0.1");
        assertEquals(one.address(), two.address());
    }
}
