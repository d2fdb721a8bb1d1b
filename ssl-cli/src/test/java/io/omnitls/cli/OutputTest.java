package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.forge.issue.CertificateDraft;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What goes to terminals and to programs. */
class OutputTest {
    /** A direction, a line, half a character, an invisible letter outside of the first plane, and a line of Latin-1's. */
    private static final String EVIL = "a\u202eb\u2028c\ud800d\udb40\udc41e\u0085f\ud83d\ude00";

    private static boolean isHarmless(String line) {
        return line.codePoints().noneMatch(Printable::isHarmful);
    }

    /** As any reader of JSON does it. */
    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < json.length() - 1; i++) {
            char c = json.charAt(i);
            if (c == '\\' && json.charAt(i + 1) == 'u') {
                text.append((char) Integer.parseInt(json.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                text.append(c == '\\' ? json.charAt(++i) : c);
            }
        }
        return text.toString();
    }

    @Test
    void jsonEscapesWhatLinesLeaveOut() {
        assertEquals("a?b?c?d?e?f\ud83d\ude00", Printable.of(EVIL));
        String json = Json.line(EVIL);
        assertEquals("\"a\\u202eb\\u2028c\\ud800d\\udb40\\udc41e\\u0085f\ud83d\ude00\"", json);
        assertEquals(EVIL, unescaped(json));
    }

    @Property
    void anyTextIsHarmlessAsJsonAndTheSameAgain(@ForAll String text) {
        String json = Json.line(text);
        assertTrue(isHarmless(json), json);
        assertEquals(text, unescaped(json));
        assertTrue(isHarmless(Printable.of(text)));
    }

    @Test
    void aServersLogIsHarmlessAndItsJsonLosesNothing() {
        StringWriter text = new StringWriter();
        ServerLog people = new ServerLog(new PrintWriter(text), false);
        people.trouble("peer", EVIL);
        people.certificate(EVIL, "one\ntwo\n");
        List<String> lines = text.toString().lines().toList();
        assertEquals(List.of("peer  " + Printable.of(EVIL), Printable.of(EVIL), "one", "two"), lines);
        StringWriter json = new StringWriter();
        ServerLog programs = new ServerLog(new PrintWriter(json), true);
        programs.trouble("peer", EVIL);
        programs.note(EVIL);
        programs.listening(443, "jsse");
        List<String> events = json.toString().lines().toList();
        assertEquals(3, events.size());
        assertTrue(events.get(0).matches("\\{\"event\": \"trouble\",\"time\": \"[^\"]+\",\"peer\": \"peer\",.*"));
        assertTrue(events.get(1).endsWith("\"message\": " + Json.line(EVIL) + "}"), events.get(1));
        assertTrue(events.get(2).endsWith("\"port\": 443,\"provider\": \"jsse\"}"), events.get(2));
        assertTrue(events.stream().allMatch(OutputTest::isHarmless));
    }

    @Test
    void keysComeInTheSameOrderEachTime() {
        String facts = Json.line(new CertificateFacts(CertificateDraft.server(List.of("localhost", "192.0.2.1"))
                        .selfSigned()
                        .certificate())
                .json());
        assertTrue(facts.contains("\"names\": [{\"kind\": \"DNS\",\"value\": \"localhost\"}, {\"kind\": "), facts);
        String doctor = Cli.here("doctor", "--provider", "jsse", "--json").output();
        assertTrue(
                doctor.replaceAll("\\s+|[0-9]+", "")
                        .contains("{\"serverCertificates\":,\"clientCertificates\":,\"certificateMessage\":}"),
                doctor);
    }

    /** Both ends belong to it, and fields have seconds alone. */
    @Test
    void theLastSecondOfACertificateIsStillItsOwn() {
        Instant from = Instant.parse("2030-01-01T00:00:00Z");
        Instant to = Instant.parse("2030-01-03T00:00:00Z");
        CertificateInfo certificate = CertificateInfo.of(
                CertificateDraft.client("a").valid(from, to).selfSigned().certificate());
        Map<Instant, String> expected = Map.of(
                from.minusNanos(1),
                "not yet valid",
                from,
                "2 days left",
                to,
                "0 days left",
                to.plusMillis(999),
                "0 days left",
                to.plus(Duration.ofSeconds(1)),
                "expired");
        expected.forEach((now, words) -> assertEquals(
                "2030-01-01 to 2030-01-03 (" + words + ")",
                Validity.of(certificate, now).text()));
    }
}
