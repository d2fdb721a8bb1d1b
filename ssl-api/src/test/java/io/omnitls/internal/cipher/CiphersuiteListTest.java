package io.omnitls.internal.cipher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.oracle.MissingJudge;
import io.omnitls.protocol.CipherSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CiphersuiteListTest {
    private static final List<String> NAMES = CipherTable.all().stream()
            .filter(CipherSuite::tls13)
            .map(CipherSuite::ianaName)
            .toList();

    @Test
    void anyNamesSelectWhatOpenSslSelectsInItsOrder() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            String list = list(random);
            // OpenSSL keeps a suite that is named twice.
            assertEquals(judge(list), ours(list), () -> "'" + list + "', seed " + seed);
        }
        assertEquals(judge(""), ours(""));
    }

    private static String list(Random random) {
        StringBuilder list = new StringBuilder(NAMES.get(random.nextInt(NAMES.size())));
        for (int i = random.nextInt(8); i > 0; i--) {
            list.append(List.of(":", " :", ": ", "::").get(random.nextInt(4)))
                    .append(NAMES.get(random.nextInt(NAMES.size())));
        }
        return list.append(random.nextInt(4) == 0 ? ":" : "").toString();
    }

    private static List<String> ours(String list) {
        return CiphersuiteList.of(list).suites().stream().map(CipherSuite::name).toList();
    }

    private static List<String> judge(String list) throws Exception {
        Process openssl;
        try {
            openssl = new ProcessBuilder("openssl", "ciphers", "-s", "-v", "-tls1_3", "-ciphersuites", list)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            throw MissingJudge.of("openssl", missing);
        }
        try {
            List<String> names = new ArrayList<>();
            new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> names.add(line.split(" ", 2)[0]));
            assertTrue(openssl.waitFor(20, TimeUnit.SECONDS), "openssl does not end");
            assertEquals(0, openssl.exitValue(), names::toString);
            return names.stream().distinct().toList();
        } finally {
            openssl.destroyForcibly();
        }
    }

    @Test
    void whatIsNoSuiteOfTls13IsRefusedByName() {
        for (String unknown : List.of("TLS_NOBODY_SHA256", "AES128-SHA", "tls_aes_128_gcm_sha256")) {
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class, () -> CiphersuiteList.of("TLS_AES_128_GCM_SHA256:" + unknown));
            assertTrue(String.valueOf(refusal.getMessage()).contains("'" + unknown + "'"), refusal::toString);
        }
    }
}
