package io.omnitls.internal.cipher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.forge.oracle.MissingJudge;
import io.omnitls.protocol.CipherSuite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CipherStringTest {
    private static final List<String> WORDS = List.of(
            "ALL",
            "COMPLEMENTOFALL",
            "DEFAULT",
            "HIGH",
            "MEDIUM",
            "eNULL",
            "aNULL",
            "kRSA",
            "RSA",
            "aRSA",
            "DHE",
            "EDH",
            "ECDHE",
            "kECDHE",
            "aECDSA",
            "ECDSA",
            "DSS",
            "TLSv1.2",
            "TLSv1.0",
            "SSLv3",
            "AES",
            "AES128",
            "AES256",
            "AESGCM",
            "AESCCM",
            "AESCCM8",
            "ARIA",
            "CAMELLIA",
            "CAMELLIA256",
            "CHACHA20",
            "SHA1",
            "SHA256",
            "SHA384",
            "PSK",
            "kDHEPSK",
            "SRP",
            "MD5",
            "CBC",
            "NOSUCHTHING",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "AES256-SHA",
            "TLS_AES_128_GCM_SHA256",
            "DHE-RSA-AES256-SHA");

    /** One Python process judges all strings: starting openssl thousands of times takes minutes. */
    private static final String ORACLE = """
            import ssl, sys
            for line in sys.stdin:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                try:
                    context.set_ciphers(line.rstrip("\\n"))
                    print(" ".join(c["name"] for c in context.get_ciphers() if c["protocol"] != "TLSv1.3"))
                except ssl.SSLError:
                    print("error")
            """;

    @Test
    void anyStringSelectsWhatOpenSslSelectsInItsOrder() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            strings.add(string(random));
        }
        List<String> expected = judge(strings);
        for (int i = 0; i < strings.size(); i++) {
            assertEquals(expected.get(i), ours(strings.get(i)), strings.get(i) + ", seed " + seed);
        }
    }

    private static String string(Random random) {
        StringBuilder list = new StringBuilder();
        int rules = 1 + random.nextInt(6);
        for (int i = 0; i < rules; i++) {
            list.append(i == 0 ? "" : ": ,;".charAt(random.nextInt(4)));
            if (i > 0 && random.nextInt(8) == 0) {
                list.append("@STRENGTH");
                continue;
            }
            list.append(List.of("", "", "", "!", "-", "+").get(random.nextInt(6)));
            list.append(word(random));
            while (random.nextInt(3) == 0) {
                list.append('+').append(word(random));
            }
        }
        // The level filters what is used; here it is about what is selected.
        return list.append(":@SECLEVEL=0").toString();
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static String ours(String list) {
        try {
            return CipherString.select(list, CipherTable.all()).suites().stream()
                    .map(CipherSuite::name)
                    .collect(Collectors.joining(" "));
        } catch (TlsException nothing) {
            return "error";
        }
    }

    private static List<String> judge(List<String> strings) throws IOException {
        Process python;
        try {
            python = new ProcessBuilder("python3", "-c", ORACLE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            throw MissingJudge.of("python3", missing);
        }
        Thread feeder = new Thread(() -> {
            try (Writer in = new OutputStreamWriter(python.getOutputStream(), StandardCharsets.UTF_8)) {
                for (String string : strings) {
                    in.write(string + "\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        feeder.start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> verdicts = out.lines().toList();
            assertEquals(strings.size(), verdicts.size());
            return verdicts;
        } finally {
            python.destroyForcibly();
        }
    }

    @Test
    void theDefaultIsForwardSecretAndAuthenticated() throws Exception {
        for (CipherSuite suite : CipherString.select(CipherString.SECURE_DEFAULT, CipherTable.all())
                .suites()) {
            assertTrue(suite.aead() && suite.forwardSecret(), suite.name());
            assertTrue(SecurityLevel.LEVEL_3.allows(suite), suite.name());
        }
    }

    @Test
    void registryNamesAreUnderstood() throws Exception {
        assertEquals(
                "ECDHE-RSA-AES128-GCM-SHA256",
                CipherString.select("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", CipherTable.all())
                        .suites()
                        .get(0)
                        .name());
    }

    @Test
    void aStringThatSelectsNothingNamesItsFirstUselessWord() {
        TlsException refusal = assertThrows(TlsException.class, () -> CipherString.select("BOGUS", CipherTable.all()));
        assertEquals(ErrorReason.NO_CIPHER_MATCH, refusal.reason());
        assertTrue(refusal.getMessage().contains("'BOGUS' names no cipher suite"), refusal.getMessage());
    }

    @Test
    void anUnknownCommandIsRefused() {
        for (String list : List.of("ALL:@SECLEVEL=9", "ALL:@BOGUS", "ALL:%", "ALL:+")) {
            TlsException refusal =
                    assertThrows(TlsException.class, () -> CipherString.select(list, CipherTable.all()), list);
            assertEquals(ErrorReason.INVALID_COMMAND, refusal.reason(), list);
        }
    }
}
