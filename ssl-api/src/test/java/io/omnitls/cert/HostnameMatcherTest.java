package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
