package io.omnitls.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.TlsProviders;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.spi.TlsProvider;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tls ciphers} beside {@code openssl ciphers}. */
@Timeout(120)
class CiphersTest {
    /** Those that this build of OpenSSL has: Debian leaves some out. */
    private static Set<String> known() throws Exception {
        return new TreeSet<>(List.of(
                OpenSsl.run("ciphers", "ALL:COMPLEMENTOFALL").output().trim().split(":", -1)));
    }

    private static List<String> lines(String output) {
        return output.lines()
                .map(line -> line.replaceAll(" +", " ").trim())
                .filter(line -> !line.contains(" TLSv1.3 "))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALL",
                "HIGH",
                "DEFAULT",
                "ECDHE+AESGCM",
                "HIGH:!aNULL:@STRENGTH",
                "AES256:-RSA:CHACHA20",
                "kRSA:+AES128",
                "ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-SHA",
                "ALL:!PSK:!aDSS",
                "TLSv1.2+aECDSA",
                "eNULL",
                "AES:!SHA1:@SECLEVEL=3"
            })
    void selectsWhatOpenSslSelectsAndSaysItInItsWords(String list) throws Exception {
        Set<String> known = known();
        Cli.Ended ours = Cli.here("ciphers", list);
        assertEquals(0, ours.exitCode(), ours.errors());
        List<String> theirs = lines(OpenSsl.run("ciphers", "-v", list).output());
        assertFalse(theirs.isEmpty());
        assertEquals(
                theirs,
                lines(ours.output()).stream()
                        .filter(line -> known.contains(line.substring(0, line.indexOf(' '))))
                        .toList());
        String names = Cli.here("ciphers", list, "--names").output().trim();
        assertEquals(
                names,
                String.join(
                        ":",
                        ours.output()
                                .lines()
                                .map(line -> line.substring(0, line.indexOf(' ')))
                                .toList()));
    }

    @Test
    void withAProviderThereAreThoseThatItsContextsHave() {
        for (TlsProvider provider : TlsProviders.available()) {
            Cli.Ended all = Cli.here("ciphers", "--provider", provider.name(), "ALL");
            assertEquals(0, all.exitCode(), all.errors());
            assertTrue(all.output().startsWith("TLS_") && all.output().contains(" TLSv1.3 "), all.output());
            Cli.Ended none = Cli.here("ciphers", "--provider", provider.name(), "eNULL");
            Cli.assertOneLine(none, "NO_CIPHER_MATCH");
            assertEquals(1, none.exitCode());
        }
        assertTrue(Cli.here("ciphers", "--json").output().contains("\"ianaName\": \"TLS_AES_128_GCM_SHA256\""));
    }

    @Test
    void whatOpenSslDoesNotReadIsAWrongCall() throws Exception {
        assertEquals(1, OpenSsl.run("ciphers", "@NOTHING").exitCode());
        Cli.Ended unreadable = Cli.here("ciphers", "@NOTHING");
        Cli.assertOneLine(unreadable, "@NOTHING");
        assertEquals(2, unreadable.exitCode());
    }
}
