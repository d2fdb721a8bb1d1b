package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.HostnameMatcher;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Pem;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which names a certificate speaks for is what {@code openssl x509 -checkhost, -checkip, -checkemail} says. */
class NameDifferentialTest {
    private static final int COMMON_NAMES = 100;
    private static final int CASES = 600;
    private static final List<String> LABELS =
            List.of("a", "A", "www", "example", "EXAMPLE", "xn--bcher-kva", "a_b", "com", "1");
    private static final List<String> ADDRESSES =
            List.of("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "::ffff:192.0.2.1", "127.0.0.1");
    private static final List<String> MAILBOXES =
            List.of("joe@example.com", "Joe@example.com", "joe@EXAMPLE.com", "joe@example.org", "a@b@example.com");

    @TempDir
    Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    @Timeout(120)
    void namesAreJudgedAsOpenSslDoes() throws Exception {
        int matches = 0;
        for (int i = 0; i < CASES; i++) {
            Path file = directory.resolve("c" + i);
            X509Certificate certificate;
            PeerName name;
            String option;
            switch (random.nextInt(3)) {
                case 0 -> {
                    certificate = certificate(address(pick(ADDRESSES)));
                    name = PeerName.of(pick(ADDRESSES));
                    option = "-checkip";
                }
                case 1 -> {
                    certificate = certificate(text(1, pick(MAILBOXES)));
                    name = PeerName.email(pick(MAILBOXES));
                    option = "-checkemail";
                }
                default -> {
                    String pattern = pattern();
                    certificate = certificate(text(2, pattern));
                    name = PeerName.of(hostname(pattern));
                    option = "-checkhost";
                }
            }
            Files.writeString(file, Pem.encodeCertificate(certificate));
            String said = OpenSsl.run("x509", "-in", file.toString(), "-noout", option, name.toString())
                    .output();
            boolean expected = !said.contains("NOT");
            assertEquals(
                    expected,
                    HostnameMatcher.match(certificate, name),
                    () -> "seed " + seed + ": " + HostnameMatcher.names(certificate) + " for " + name + ": " + said);
            matches += expected ? 1 : 0;
        }
        int all = matches;
        assertTrue(all > CASES / 20 && all < CASES, () -> all + " matches");
    }

    /** OpenSSL takes a common name for a host's where there is no dNSName; we do when we are asked to. */
    @Test
    @Timeout(120)
    void commonNamesAreComparedAsOpenSslComparesThem(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("leaf.pem");
        int matches = 0;
        for (int i = 0; i < COMMON_NAMES; i++) {
            String commonName = pattern();
            Forge forge = new Forge()
                    .subject("O=Anybody,CN=" + commonName)
                    .valid(
                            Instant.now().minus(Duration.ofDays(1)),
                            Instant.now().plus(Duration.ofDays(1)));
            byte[] mailbox = text(1, "a@b.example");
            byte[] host = text(2, "another.example");
            switch (random.nextInt(4)) {
                case 0 -> forge.extension(Extensions.SUBJECT_ALT_NAME, false, DerWriter.sequence(mailbox));
                case 1 -> forge.extension(Extensions.SUBJECT_ALT_NAME, false, DerWriter.sequence(mailbox, host));
                default -> {
                    // No subjectAltName at all.
                }
            }
            X509Certificate certificate = forge.certificate(Keys.p256(0), Keys.p256(0));
            PeerName name = PeerName.of(hostname(commonName));
            Files.writeString(file, Pem.encodeCertificate(certificate));
            String said = OpenSsl.run("x509", "-in", file.toString(), "-noout", "-checkhost", name.toString())
                    .output();
            boolean expected = !said.contains("NOT");
            assertEquals(
                    expected,
                    HostnameMatcher.match(certificate, name, true),
                    () -> "seed " + seed + ": CN " + commonName + " for " + name + ": " + said);
            assertFalse(HostnameMatcher.match(certificate, name), "a common name counts only where it is asked for");
            matches += expected ? 1 : 0;
        }
        int all = matches;
        assertTrue(all > 0 && all < COMMON_NAMES, () -> all + " matches");
    }

    /** A pattern with no wildcard but a whole left-most label: OpenSSL takes others unless it is told not to. */
    private String pattern() {
        String name = hostname("");
        return random.nextInt(2) == 0 ? "*." + name : name;
    }

    private String hostname(String pattern) {
        if (!pattern.isEmpty() && random.nextInt(2) == 0) {
            String like = pattern.replace("*", pick(LABELS));
            return random.nextInt(3) == 0 ? pick(LABELS) + "." + like : like;
        }
        StringBuilder name = new StringBuilder(pick(LABELS));
        int more = random.nextInt(3);
        for (int i = 0; i < more; i++) {
            name.append('.').append(pick(LABELS));
        }
        return name.append(".com").toString();
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static byte[] text(int number, String value) {
        return DerWriter.element(DerReader.contextPrimitive(number), value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] address(String text) throws Exception {
        PeerName.IpAddress address = (PeerName.IpAddress) PeerName.of(text);
        byte[] bytes = new byte[address.address().length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(address.address().substring(2 * i, 2 * i + 2), 16);
        }
        return DerWriter.element(DerReader.contextPrimitive(7), bytes);
    }

    private static X509Certificate certificate(byte[] generalName) throws Exception {
        Instant now = Instant.now();
        return new Forge()
                .subject("O=no common name")
                .valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))
                .extension(Extensions.SUBJECT_ALT_NAME, false, DerWriter.sequence(generalName))
                .certificate(Keys.p256(0), Keys.p256(0));
    }
}
