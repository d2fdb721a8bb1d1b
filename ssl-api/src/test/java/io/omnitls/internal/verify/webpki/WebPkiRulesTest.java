package io.omnitls.internal.verify.webpki;

import static io.omnitls.internal.verify.webpki.WebValues.bytes;
import static io.omnitls.internal.verify.webpki.WebValues.names;
import static io.omnitls.internal.verify.webpki.WebValues.purposes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.VerifyCode;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Keys;
import io.omnitls.internal.x509.DerWriter;
import io.omnitls.internal.x509.Extension;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each rule has certificates that it refuses, and neighbours that it does not. What is refused by its code here is not
 * refused by OpenSSL with another, as long as OpenSSL refuses it at all.
 */
class WebPkiRulesTest {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY = "2.5.29.37.0";
    private static final String SGC = "2.16.840.1.113730.4.1";
    private static final String SAN = Extensions.SUBJECT_ALT_NAME;
    private static final String EKU = Extensions.EXTENDED_KEY_USAGE;
    private static final String KU = Extensions.KEY_USAGE;
    private static final String NC = Extensions.NAME_CONSTRAINTS;
    private static final String AIA = Extension.AUTHORITY_INFO_ACCESS;
    private static final String AKI = Extensions.AUTHORITY_KEY_IDENTIFIER;

    private record Row(String rule, WebChain.Change change, VerifyCode code, int depth, String word) {
        Row {
            assertTrue(code == VerifyCode.OK || !word.isEmpty(), "a row without a word to look for");
        }
    }

    private final List<Row> rows = new ArrayList<>();

    private void good(String rule, WebChain.Change change) {
        rows.add(new Row(rule, change, VerifyCode.OK, 0, ""));
    }

    private void bad(String rule, int depth, VerifyCode code, String word, WebChain.Change change) {
        rows.add(new Row(rule, change, code, depth, word));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleAndItsNeighbours() {
        fields();
        keys();
        extensions();
        usage();
        peerNames();
        constraints();
        revocation();
        Set<String> tested = new TreeSet<>();
        rows.forEach(row -> tested.add(row.rule()));
        assertTrue(tested.containsAll(CertificateRules.numbers()), () -> "of the table are tested " + tested);
        return rows.stream()
                .map(row ->
                        DynamicTest.dynamicTest(row.rule() + " " + row.code() + " " + row.word(), () -> judge(row)));
    }

    private static void judge(Row row) throws Exception {
        WebChain chain = new WebChain();
        row.change().to(chain);
        VerifyResult result = chain.verify();
        assertEquals(row.code(), result.code(), result::explanation);
        assertEquals(row.depth(), result.depth(), result::explanation);
        assertTrue(result.explanation().contains(row.word()), result::explanation);
        VerifyResult openSsl = chain.strictly();
        assertTrue(openSsl.ok() || openSsl.code() == result.code(), openSsl::explanation);
    }

    @Test
    void everyRuleOfTheTablesStandsInTheSpecification() throws Exception {
        String spec = Files.readString(Path.of("..", "SPEC.md"));
        assertTrue(CertificateRules.numbers().size() > 10, () -> "a table that is empty");
        assertEquals(
                List.of(),
                CertificateRules.numbers().stream()
                        .filter(number -> !spec.contains("\n**" + number + "** "))
                        .toList());
    }

    @Test
    void theChainItselfIsGood() {
        assertEquals(VerifyCode.OK, new WebChain().verify().code());
        assertEquals(VerifyCode.OK, new WebChain().direct().verify().code());
        assertEquals(VerifyCode.OK, new WebChain().pinned().verify().code());
    }

    private void fields() {
        bad("5.61", 0, VerifyCode.EXTENSIONS_REQUIRE_VERSION_3, "version 1", chain -> {
            chain.leaf.version(1).withoutExtensions();
            chain.peer = Optional.empty();
        });
        byte[] longest = new byte[20];
        Arrays.fill(longest, (byte) 0x7f);
        good("5.62", chain -> chain.leaf.serial(new BigInteger(1, longest)));
        good("5.62", chain -> chain.root.serial(BigInteger.ZERO));
        bad("5.62", 0, VerifyCode.INVALID_EXTENSION, "21 octets", chain -> {
            byte[] number = longest.clone();
            number[0] = (byte) 0x80;
            chain.leaf.serial(new BigInteger(1, number));
        });
        bad("5.62", 0, VerifyCode.INVALID_EXTENSION, "zero", chain -> chain.leaf.serial(BigInteger.ZERO));
        bad("5.62", 0, VerifyCode.INVALID_EXTENSION, "negative", chain -> chain.leaf.serial(BigInteger.TEN.negate()));
        bad("5.62", 1, VerifyCode.INVALID_EXTENSION, "zero", chain -> chain.ica.serial(BigInteger.ZERO));
        bad(
                "5.62",
                0,
                VerifyCode.INVALID_EXTENSION,
                "negative",
                chain -> chain.pinned().leaf.serial(BigInteger.TEN.negate()));
        bad(
                "5.63",
                0,
                VerifyCode.SIGNATURE_ALGORITHM_INCONSISTENCY,
                "under it",
                chain -> chain.pinned().leaf.outerAlgorithm("1.2.840.10045.4.3.3"));
        good("5.64", chain -> chain.leaf.algorithm("SHA384withECDSA"));
        good("5.64", chain -> chain.root.algorithm("SHA1withECDSA"));
        bad("5.64", 0, VerifyCode.CA_MD_TOO_WEAK, "SHA224withECDSA", chain -> chain.leaf.algorithm("SHA224withECDSA"));
        bad("5.64", 1, VerifyCode.CA_MD_TOO_WEAK, "SHA224withECDSA", chain -> chain.ica.algorithm("SHA224withECDSA"));
    }

    private static KeyPair pair(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private void keys() {
        bad(
                "5.65",
                0,
                VerifyCode.EC_KEY_EXPLICIT_PARAMS,
                "spells",
                chain -> chain.pinned().leaf.key(WebValues.explicitCurve()));
        good("5.66", chain -> chain.leaf.key(WebValues.rsa(2048, 65537)));
        good("5.66", chain -> chain.leaf.key(WebValues.rsa(2056, 3)));
        good("5.66", chain -> chain.leaf.key(WebValues.onCurve("1.3.132.0.35")));
        VerifyCode weak = VerifyCode.EE_KEY_TOO_SMALL;
        bad("5.66", 0, weak, "multiple of 8", chain -> chain.leaf.key(WebValues.rsa(2052, 65537)));
        bad("5.66", 0, weak, "exponent 1", chain -> chain.leaf.key(WebValues.rsa(2048, 1)));
        bad("5.66", 0, weak, "exponent 4", chain -> chain.leaf.key(WebValues.rsa(2048, 4)));
        bad("5.66", 0, weak, "exponent -3", chain -> chain.leaf.key(WebValues.rsa(2048, -3)));
        bad(
                "5.66",
                0,
                weak,
                "DSA",
                chain -> chain.leaf.key(pair("DSA", 2048).getPublic().getEncoded()));
        bad("5.66", 0, weak, "secp256k1", chain -> chain.leaf.key(WebValues.onCurve("1.3.132.0.10")));
        bad("5.66", 0, weak, "Ed25519", chain -> chain.leaf.key(WebValues.ed25519()));
        bad("5.66", 1, VerifyCode.CA_KEY_TOO_SMALL, "2052", chain -> chain.ica.key(pair("RSA", 2052)));
        bad("5.66", 2, VerifyCode.CA_KEY_TOO_SMALL, "2052", chain -> chain.root.key(pair("RSA", 2052)));
    }

    private void extensions() {
        VerifyCode invalid = VerifyCode.INVALID_EXTENSION;
        byte[] access = WebValues.access("uri:http://ocsp.example/");
        byte[] trailing = Arrays.copyOf(access, access.length + 1);
        good("5.67", chain -> chain.leaf.with(AIA, false, access));
        good("5.67", chain -> chain.leaf.with(AIA, false, WebValues.access("dns:example.com")));
        bad(
                "5.67",
                0,
                invalid,
                "authorityInfoAccess",
                chain -> chain.leaf.with(AIA, false, bytes('m', 'a', 'l', 'f', 'o', 'r', 'm', 'e', 'd')));
        bad("5.67", 0, invalid, "authorityInfoAccess", chain -> chain.leaf.with(AIA, false, bytes(0x30, 0)));
        bad("5.67", 0, invalid, "authorityInfoAccess", chain -> chain.leaf.with(AIA, false, trailing));
        bad(
                "5.67",
                0,
                invalid,
                "two of the authorityInfoAccess",
                chain -> chain.leaf.with(AIA, false, access).and(AIA, false, access));
        bad(
                "5.67",
                1,
                invalid,
                "certificatePolicies",
                chain -> chain.ica.with(Extension.CERTIFICATE_POLICIES, false, bytes(0x30, 2, 0x30, 0)));
        bad(
                "5.67",
                2,
                invalid,
                "subjectInfoAccess",
                chain -> chain.root.with(Extension.SUBJECT_INFO_ACCESS, false, bytes(0x30, 0)));
        bad(
                "5.67",
                1,
                invalid,
                "policyMappings",
                chain -> chain.ica.with(Extension.POLICY_MAPPINGS, true, bytes(0x30, 0)));
        byte[] explicitPolicy = bytes(0x30, 3, 0x80, 1, 3);
        good("5.68", chain -> chain.ica.with(Extension.POLICY_CONSTRAINTS, true, explicitPolicy));
        bad(
                "5.68",
                1,
                VerifyCode.INVALID_POLICY_EXTENSION,
                "policyConstraints",
                chain -> chain.ica.with(Extension.POLICY_CONSTRAINTS, false, explicitPolicy));
        bad(
                "5.68",
                1,
                VerifyCode.INVALID_POLICY_EXTENSION,
                "inhibitAnyPolicy",
                chain -> chain.ica.with(Extension.INHIBIT_ANY_POLICY, false, bytes(2, 1, 0)));
        keyIdentifiers();
        good("5.71", chain -> chain.ica.with(NC, false, WebValues.permitted("dns:example.com")));
        for (boolean critical : new boolean[] {true, false}) {
            bad(
                    "5.71",
                    0,
                    invalid,
                    "nameConstraints",
                    chain -> chain.leaf.with(NC, critical, WebValues.permitted("dns:example.com")));
        }
    }

    private void keyIdentifiers() {
        byte[] own = Keys.identifier(Keys.p256(0));
        byte[] keyId = DerWriter.element(0x80, own);
        good("5.69", chain -> chain.root.with(AKI, false, DerWriter.sequence(keyId)));
        bad(
                "5.69",
                2,
                VerifyCode.AKID_SKID_MISMATCH,
                "without a keyIdentifier",
                chain -> chain.root.with(AKI, false, bytes(0x30, 0)));
        bad(
                "5.69",
                2,
                VerifyCode.AKID_SKID_MISMATCH,
                "is not its",
                chain -> chain.root.with(AKI, false, Extensions.authorityKeyIdentifier(bytes(9, 9, 9, 9))));
        bad(
                "5.69",
                2,
                VerifyCode.AKID_ISSUER_SERIAL_MISMATCH,
                "names its issuer",
                chain -> chain.root.with(
                        AKI,
                        false,
                        DerWriter.sequence(
                                keyId, DerWriter.element(0xa1, DerWriter.element(0xa4, chain.root.subject())))));
        bad(
                "5.69",
                2,
                VerifyCode.AKID_ISSUER_SERIAL_MISMATCH,
                "serial number",
                chain -> chain.root
                        .serial(BigInteger.ONE)
                        .with(AKI, false, DerWriter.sequence(keyId, bytes(0x82, 1, 1))));
        WebChain.Change trustTheIntermediate = chain -> {
            chain.anchors.clear();
            chain.anchors.add(chain.ica);
            chain.untrusted.clear();
        };
        good("5.70", trustTheIntermediate);
        bad("5.70", 1, VerifyCode.MISSING_AUTHORITY_KEY_IDENTIFIER, "authorityKeyIdentifier", chain -> {
            trustTheIntermediate.to(chain);
            chain.ica.without(AKI);
        });
        good("5.70", chain -> chain.root.without(AKI));
    }

    private void usage() {
        VerifyCode purpose = VerifyCode.INVALID_PURPOSE;
        good("5.72", chain -> chain.leaf.with(Extensions.BASIC_CONSTRAINTS, true, bytes(0x30, 0)));
        bad(
                "5.72",
                0,
                VerifyCode.INVALID_NON_CA,
                "authority",
                chain -> chain.leaf.with(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, -1)));
        bad(
                "5.72",
                0,
                VerifyCode.KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA,
                "may sign",
                chain -> chain.pinned()
                        .leaf
                        .with(Extensions.BASIC_CONSTRAINTS, true, bytes(0x30, 0))
                        .with(KU, false, Extensions.keyUsage(Extensions.DIGITAL_SIGNATURE | Extensions.KEY_CERT_SIGN)));
        good("5.73", chain -> chain.leaf.with(EKU, false, purposes(WebCertificate.SERVER_AUTH, CLIENT_AUTH)));
        bad("5.73", 0, purpose, "no extendedKeyUsage", chain -> chain.leaf.without(EKU));
        bad(
                "5.73",
                0,
                purpose,
                "no extendedKeyUsage",
                chain -> chain.pinned().leaf.without(EKU));
        bad("5.73", 0, purpose, "any", chain -> chain.leaf.with(EKU, false, purposes(WebCertificate.SERVER_AUTH, ANY)));
        bad("5.73", 0, purpose, "not for", chain -> chain.leaf.with(EKU, false, purposes(SGC)));
        bad("5.73", 0, purpose, "not for", chain -> chain.leaf.with(EKU, false, purposes(CLIENT_AUTH)));
        bad(
                "5.73",
                0,
                VerifyCode.INVALID_EXTENSION,
                "critical",
                chain -> chain.leaf.with(EKU, true, purposes(WebCertificate.SERVER_AUTH)));
        bad("5.73", 0, VerifyCode.INVALID_EXTENSION, "without any purpose", chain -> {
            chain.purpose = Purpose.ANY;
            chain.leaf.with(EKU, false, bytes(0x30, 0));
        });
        good("5.73", chain -> {
            chain.purpose = Purpose.CLIENT;
            chain.leaf.with(EKU, false, purposes(CLIENT_AUTH));
        });
        bad("5.74", 2, purpose, "root", chain -> chain.root.with(EKU, false, purposes(WebCertificate.SERVER_AUTH)));
        good("5.75", chain -> chain.ica.with(EKU, false, purposes(WebCertificate.SERVER_AUTH, CLIENT_AUTH)));
        bad("5.75", 1, purpose, "not for", chain -> chain.ica.with(EKU, false, purposes(SGC)));
        for (String forbidden : List.of(
                ANY,
                CODE_SIGNING,
                "1.3.6.1.5.5.7.3.4",
                "1.3.6.1.5.5.7.3.8",
                "1.3.6.1.5.5.7.3.9",
                "1.3.6.1.4.1.11129.2.4.4")) {
            bad(
                    "5.75",
                    1,
                    purpose,
                    "intermediate",
                    chain -> chain.ica.with(EKU, false, purposes(WebCertificate.SERVER_AUTH, forbidden)));
        }
        VerifyCode usage = VerifyCode.KEYUSAGE_NO_DIGITAL_SIGNATURE;
        good("5.76", chain -> chain.leaf.without(KU));
        good("5.76", chain -> chain.leaf.key(WebValues.rsa(2048, 65537)).with(KU, false, Extensions.keyUsage(0x20)));
        bad("5.76", 0, usage, "digitalSignature", chain -> chain.leaf.with(KU, false, Extensions.keyUsage(0x08)));
        bad(
                "5.76",
                0,
                usage,
                "keyEncipherment",
                chain -> chain.leaf.key(WebValues.rsa(2048, 65537)).with(KU, false, Extensions.keyUsage(0x08)));
    }

    private void peerNames() {
        bad(
                "5.77",
                0,
                VerifyCode.INVALID_EXTENSION,
                "critical",
                chain -> chain.leaf.with(SAN, true, names("dns:example.com")));
        good("5.77", chain -> chain.leaf.subject("").with(SAN, true, names("dns:example.com")));
        good("5.78", chain -> chain.names("dns:example.com", "dns:*.xn--628h.example.com", "ip:7f000001", "other:"));
        for (String malformed : List.of(
                "foo_bar.example.com",
                ".example.com",
                "example.com.",
                "a..example.com",
                "ba*.example.com",
                "foo.*.example.com",
                "*",
                "xn--*-1b3c148a.example.com",
                "\u00e4.example.com",
                "-a.example.com",
                "")) {
            bad(
                    "5.78",
                    0,
                    VerifyCode.UNSUPPORTED_NAME_SYNTAX,
                    "dNSName",
                    chain -> chain.names("dns:example.com", "dns:" + malformed));
        }
        bad(
                "5.78",
                0,
                VerifyCode.UNSUPPORTED_NAME_SYNTAX,
                "5 octets",
                chain -> chain.names("dns:example.com", "ip:7f00000101"));
        for (String commonName : List.of("Example Inc.", "example.com", "foo", "10.0.0.1", "*.example.com")) {
            good(
                    "5.79",
                    chain -> chain.names("dns:example.com", "dns:*.example.com", "dns:localhost")
                            .leaf
                            .subject("CN=" + commonName));
        }
        for (String commonName : List.of("Example.com", "other.example", "www.example.com", "*.other.example")) {
            bad(
                    "5.79",
                    0,
                    VerifyCode.UNSUPPORTED_NAME_SYNTAX,
                    commonName,
                    chain -> chain.leaf.subject("CN=" + commonName));
        }
        bad("5.79", 0, VerifyCode.UNSUPPORTED_NAME_SYNTAX, "010.0.0.1", chain -> {
            chain.peer = Optional.of("10.0.0.1");
            chain.names("ip:0a000001").leaf.subject("CN=010.0.0.1");
        });
        good("5.85", chain -> {
            chain.peer = Optional.of("www.example.com");
            chain.names("dns:*.example.com").leaf.subject("O=example");
        });
        for (String host : List.of("example.co.uk", "me.github.io", "bucket.s3.amazonaws.com")) {
            String base = host.substring(host.indexOf('.') + 1);
            bad("5.85", 0, VerifyCode.HOSTNAME_MISMATCH, "public suffix", chain -> {
                chain.peer = Optional.of(host);
                chain.names("dns:*." + base).leaf.subject("O=example");
            });
            good("5.85", chain -> {
                chain.peer = Optional.of(host);
                chain.names("dns:*." + base, "dns:" + host).leaf.subject("O=example");
            });
        }
    }

    private void constraints() {
        VerifyCode syntax = VerifyCode.UNSUPPORTED_CONSTRAINT_SYNTAX;
        for (String base : List.of(
                "dns:",
                "dns:example.com",
                "ip:0a000000ff000000",
                "email:a@b.example",
                "email:.b.example",
                "uri:b.example")) {
            good("5.80", chain -> chain.ica.with(NC, true, WebValues.permitted("dns:example.com", base)));
        }
        for (byte[] vain : List.of(
                bytes(0x30, 0),
                bytes(0x30, 2, 0xa0, 0),
                bytes(0x30, 4, 0xa0, 0, 0xa1, 0),
                DerWriter.sequence(bytes(0xa0, 0), WebValues.subtrees(1, "dns:other.example")))) {
            bad("5.80", 1, VerifyCode.INVALID_EXTENSION, "without a subtree", chain -> chain.ica.with(NC, true, vain));
        }
        for (String base : List.of(
                "dns:.other.example",
                "dns:*.other.example",
                "dns:a_b.example",
                "ip:0a0000",
                "ip:0a000000ff00ff00",
                "email:@b.example",
                "email:a@b@c",
                "uri:a b")) {
            bad("5.80", 1, syntax, "malformed", chain -> chain.ica.with(NC, true, WebValues.excluded(base)));
        }
        bad(
                "5.80",
                1,
                VerifyCode.SUBTREE_MINMAX,
                "minimum",
                chain -> chain.ica.with(
                        NC,
                        true,
                        DerWriter.sequence(DerWriter.element(
                                0xa1, DerWriter.sequence(WebValues.name("email:a.example"), bytes(0x80, 1, 1))))));
        bad("5.81", 0, VerifyCode.UNSUPPORTED_NAME_SYNTAX, "rfc822Name", chain -> {
            chain.ica.with(NC, true, WebValues.excluded("email:other.example"));
            chain.names("dns:example.com", "email:a@@b.example");
        });
        bad("5.81", 1, VerifyCode.UNSUPPORTED_NAME_SYNTAX, "dNSName", chain -> {
            chain.root.with(NC, true, WebValues.excluded("dns:other.example"));
            chain.ica.with(SAN, false, names("dns:.example.com"));
        });
        good("5.81", chain -> {
            chain.ica.with(NC, true, WebValues.excluded("dns:other.example"));
            chain.names("dns:example.com", "email:a@@b.example");
        });
        for (String excluded : List.of("dns:deep.bar.example.com", "dns:bar.example.org", "dns:rexample.com")) {
            good("5.82", chain -> {
                chain.ica.with(NC, true, WebValues.excluded(excluded));
                chain.names("dns:example.com", "dns:*.example.com");
            });
        }
        bad("5.82", 0, VerifyCode.EXCLUDED_VIOLATION, "bar.example.com", chain -> {
            chain.ica.with(NC, true, WebValues.excluded("dns:Bar.example.com"));
            chain.names("dns:example.com", "dns:*.Example.com");
        });
    }

    private static byte[] number() {
        return WebChain.extension(Extension.CRL_NUMBER, bytes(2, 1, 1));
    }

    private static byte[] scope(String name) {
        byte[] full = DerWriter.element(0xa0, DerWriter.element(0xa0, WebValues.name(name)));
        return WebChain.extension(Extension.ISSUING_DISTRIBUTION_POINT, DerWriter.sequence(full));
    }

    private static byte[] points(String name) {
        return DerWriter.sequence(
                DerWriter.sequence(DerWriter.element(0xa0, DerWriter.element(0xa0, WebValues.name(name)))));
    }

    private void revocation() {
        VerifyCode missing = VerifyCode.UNABLE_TO_GET_CRL;
        good("5.83", chain -> chain.crl(chain.ica, List.of(number()), chain.entry(5), chain.entry(6)));
        bad("5.83", 0, missing, "cRLNumber", chain -> chain.crl(chain.ica, List.of(), chain.entry(5)));
        bad(
                "5.83",
                0,
                missing,
                "several entries",
                chain -> chain.crl(chain.ica, List.of(number()), chain.entry(5), chain.entry(5)));
        String uri = "uri:http://crl.example/1";
        good("5.84", chain -> {
            chain.leaf.with(Extensions.DISTRIBUTION_POINTS, false, points(uri));
            chain.crl(chain.ica, List.of(number(), scope(uri)));
        });
        bad("5.84", 0, missing, "URIs", chain -> {
            chain.leaf.with(Extensions.DISTRIBUTION_POINTS, false, points("dns:crl.example"));
            chain.crl(chain.ica, List.of(number(), scope("dns:crl.example")));
        });
    }
}
