package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.cert.VerifyResult;
import io.omnitls.forge.Der;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.forge.Names;
import io.omnitls.forge.oracle.OpenSslVerify;
import io.omnitls.internal.x509.Ascii;
import io.omnitls.spi.CryptoServices;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Names that are written so that a constraint, or the comparison with the peer's name, might look past them. */
class EscapedNamesTest {
    private static final int UTF8 = 0x0c;
    private static final int NUMERIC = 0x12;
    private static final int BMP = 0x1e;
    private static final String SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

    @TempDir
    static Path directory;

    private static byte[] commonName(int tag, byte[] value) {
        return Names.name(Names.rdn(Names.attribute(Names.COMMON_NAME, Der.element(tag, value))));
    }

    private static byte[] utf8(String value) {
        return commonName(UTF8, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] otherName(String type, int tag, String value) {
        return Der.sequence(Der.context(
                0, Der.oid(type), Der.context(0, Der.element(tag, value.getBytes(StandardCharsets.UTF_8)))));
    }

    /** @param subtrees 0 for permitted, 1 for excluded */
    private static byte[] constraints(int subtrees, byte[] base) {
        return Der.sequence(Der.context(subtrees, Der.sequence(base)));
    }

    private static byte[] mail(String base) {
        return Der.primitive(1, base.getBytes(StandardCharsets.US_ASCII));
    }

    @TestFactory
    Stream<DynamicTest> openSslAgrees() {
        List<DynamicTest> tests = new ArrayList<>();
        List<byte[]> subjects = List.of(
                utf8("key.example.com"),
                utf8("\u212aey.example.com"),
                utf8("*.\u212aey.example.com"),
                utf8("evil.com\0"),
                utf8("a.example.com\0.good.org"),
                utf8("a-.example.com"),
                utf8("a..example.com"),
                utf8("-a.example.com"),
                utf8("a_b.example.com"),
                utf8("com"),
                utf8("a-".repeat(20_000) + "a.example.com"),
                commonName(BMP, "a.example.com".getBytes(StandardCharsets.UTF_16BE)),
                commonName(NUMERIC, "12 34".getBytes(StandardCharsets.US_ASCII)));
        for (int subtrees = 0; subtrees < 2; subtrees++) {
            for (String base : List.of("good.org", "example.com")) {
                byte[] limit = constraints(subtrees, Names.dnsName(base));
                for (int i = 0; i < subjects.size(); i++) {
                    byte[] subject = subjects.get(i);
                    tests.add(DynamicTest.dynamicTest(
                            "common name " + i + ", " + base + ", " + subtrees,
                            () -> compare(subject, Optional.empty(), limit)));
                }
            }
            for (byte[] name : List.of(
                    otherName(SMTP_UTF8_MAILBOX, UTF8, "x@evil.example"),
                    otherName(SMTP_UTF8_MAILBOX, UTF8, "x@good.example"),
                    // not x@sub.good.example: OpenSSL finds no mailbox of this kind below a base with a dot in front
                    otherName(SMTP_UTF8_MAILBOX, UTF8, "nobody"),
                    otherName(SMTP_UTF8_MAILBOX, 0x16, "x@good.example"),
                    otherName("1.3.6.1.4.1.32473.2", UTF8, "x@good.example"))) {
                for (byte[] base : List.of(
                        mail("good.example"),
                        mail(".good.example"),
                        Der.context(0, Der.oid("1.3.6.1.4.1.32473.2"), Der.context(0, Der.ascii(UTF8, "x"))),
                        Der.context(0, Der.oid("1.3.6.1.4.1.32473.3"), Der.context(0, Der.ascii(UTF8, "x"))))) {
                    byte[] limit = constraints(subtrees, base);
                    tests.add(DynamicTest.dynamicTest(
                            "otherName " + tests.size(), () -> compare(utf8("Jane"), Optional.of(name), limit)));
                }
            }
        }
        return tests.stream();
    }

    private static void compare(byte[] subject, Optional<byte[]> altNames, byte[] limit) throws Exception {
        byte[] root = dates(new Forge().subject("CN=root").issuer("CN=root"))
                .extension(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, -1))
                .extension(Extensions.NAME_CONSTRAINTS, true, limit)
                .certificate(Keys.p256(0), Keys.p256(0))
                .getEncoded();
        Forge end = dates(new Forge().subject(subject).issuer("CN=root").serial(2));
        altNames.ifPresent(names -> end.extension(Extensions.SUBJECT_ALT_NAME, false, names));
        byte[] leaf = end.certificate(Keys.p256(1), Keys.p256(0)).getEncoded();
        OpenSslVerify.Verdict judge = new OpenSslVerify(
                        List.of(leaf), pem(root), Set.of(), 1, 100, OpenSslVerify.Purpose.ANY, Optional.empty())
                .run(directory);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate anchor = (X509Certificate) factory.generateCertificate(new java.io.ByteArrayInputStream(root));
        VerifyResult ours = new ChainVerifier(TrustAnchors.of(List.of(anchor)), CryptoServices.ofPlatform())
                .verifyEncoded(
                        List.of(leaf),
                        new VerifyRequest(
                                Purpose.ANY,
                                Optional.empty(),
                                Instant.now(),
                                new VerifyRules(Set.of(), 80, 100, true, VerifyProfile.OPENSSL, false)));
        assertEquals(judge.code(), ours.code().number(), () -> ours.explanation() + "\n" + judge.output());
    }

    private static Forge dates(Forge forge) {
        return forge.valid(
                Instant.now().minus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(9)));
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void lettersOfOtherAlphabetsStayWhatTheyAre() {
        assertEquals("\u212aey.\u0130x", Ascii.lowerCase("\u212aEY.\u0130X"));
        assertEquals("\u212aey.org", ((PeerName.EmailAddress) PeerName.email("a@\u212aEY.org")).domain());
    }
}
