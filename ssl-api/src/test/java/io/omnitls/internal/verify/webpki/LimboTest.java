package io.omnitls.internal.verify.webpki;

import static io.omnitls.internal.verify.webpki.WebValues.bytes;
import static io.omnitls.internal.verify.webpki.WebValues.excluded;
import static io.omnitls.internal.verify.webpki.WebValues.permitted;
import static io.omnitls.internal.verify.webpki.WebValues.purposes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.cert.VerifyResult;
import io.omnitls.forge.Der;
import io.omnitls.forge.Extensions;
import io.omnitls.internal.x509.DerWriter;
import io.omnitls.internal.x509.Extension;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The kinds that x509-limbo's tests are named after, forged anew, with the verdicts that it asks for. Left out are those
 * whose opposite it asks for elsewhere: ca-as-leaf, validation-ignores-pathlen-in-leaf and ee-without-eku of its part
 * rfc5280 (5.72, 5.73). The part pathlen is rule 5.86 too.
 */
class LimboTest {
    private static final String SAN = Extensions.SUBJECT_ALT_NAME;
    private static final String NC = Extensions.NAME_CONSTRAINTS;
    private static final String EKU = Extensions.EXTENDED_KEY_USAGE;
    private static final String KU = Extensions.KEY_USAGE;
    private static final String AKI = Extensions.AUTHORITY_KEY_IDENTIFIER;
    private static final String SKI = Extensions.SUBJECT_KEY_IDENTIFIER;
    private static final String BC = Extensions.BASIC_CONSTRAINTS;

    private record Expected(boolean good, WebChain.Change change) {}

    private final Map<String, Expected> cases = new LinkedHashMap<>();

    private void good(String id, WebChain.Change change) {
        assertEquals(null, cases.put(id, new Expected(true, change)), id);
    }

    private void bad(String id, WebChain.Change change) {
        assertEquals(null, cases.put(id, new Expected(false, change)), id);
    }

    @TestFactory
    Stream<DynamicTest> verdicts() {
        pathLengths();
        certificates();
        identifiersAndPurposes();
        constraints();
        names();
        commonNames();
        times();
        otherPaths();
        return cases.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> judge(each.getValue())));
    }

    private static void judge(Expected expected) throws Exception {
        WebChain chain = new WebChain();
        expected.change().to(chain);
        VerifyResult result = chain.verify();
        assertEquals(
                expected.good(),
                result.ok(),
                () -> result.code() + " at " + result.depth() + ": " + result.explanation());
    }

    private static byte[] limit(int pathLength) {
        return Extensions.basicConstraints(true, pathLength);
    }

    /** One more authority between the intermediate and the leaf. */
    private static WebCertificate below(WebChain chain, String name, int key) {
        WebCertificate lower = WebCertificate.intermediate(name, key, chain.ica);
        chain.leaf.issuedBy(lower);
        chain.untrusted.add(lower);
        return lower;
    }

    private void pathLengths() {
        for (int length = 0; length < 3; length++) {
            int own = length;
            good("pathlen::ee-with-intermediate-pathlen-" + length, chain -> chain.ica.with(BC, true, limit(own)));
        }
        bad("pathlen::intermediate-violates-pathlen-0", chain -> {
            chain.ica.with(BC, true, limit(0));
            below(chain, "CN=lower", 3);
        });
        bad("pathlen::intermediate-pathlen-too-long", chain -> {
            chain.root.with(BC, true, limit(0));
            chain.ica.with(BC, true, limit(1));
        });
        good("pathlen::intermediate-pathlen-may-increase", chain -> {
            chain.ica.with(BC, true, limit(1));
            below(chain, "CN=lower", 3).with(BC, true, limit(2));
        });
        good("pathlen::self-issued-certs-pathlen", chain -> {
            chain.ica.with(BC, true, limit(1));
            WebCertificate again = below(chain, "CN=x509-limbo-ica", 3).with(BC, true, limit(1));
            WebCertificate lower =
                    WebCertificate.intermediate("CN=lower", 4, again).with(BC, true, limit(0));
            chain.leaf.issuedBy(lower);
            chain.untrusted.add(lower);
        });
        good("pathlen::max-chain-depth-0", chain -> chain.direct().depth = 0);
        bad("pathlen::max-chain-depth-0-exhausted", chain -> chain.depth = 0);
        good("pathlen::max-chain-depth-1", chain -> chain.depth = 1);
        bad("pathlen::max-chain-depth-1-exhausted", chain -> {
            chain.depth = 1;
            below(chain, "CN=lower", 3);
        });
        good("pathlen::max-chain-depth-1-self-issued", chain -> {
            chain.depth = 1;
            below(chain, "CN=x509-limbo-ica", 3);
        });
    }

    private void certificates() {
        bad("rfc5280::unknown-critical-extension-ee", chain -> chain.leaf.with(Extensions.UNKNOWN, true, bytes(5, 0)));
        bad(
                "rfc5280::unknown-critical-extension-intermediate",
                chain -> chain.ica.with(Extensions.UNKNOWN, true, bytes(5, 0)));
        bad(
                "rfc5280::unknown-critical-extension-root",
                chain -> chain.root.with(Extensions.UNKNOWN, true, bytes(5, 0)));
        good(
                "rfc5280::unknown-critical-extension-unrelated-root",
                chain -> chain.anchors.add(
                        WebCertificate.root("CN=unrelated", 5).with(Extensions.UNKNOWN, true, bytes(5, 0))));
        bad("rfc5280::chain-untrusted-root", chain -> {
            chain.anchors.clear();
            chain.anchors.add(WebCertificate.root("CN=other", 5));
            chain.untrusted.add(chain.root);
        });
        bad(
                "rfc5280::intermediate-ca-without-ca-bit",
                chain -> chain.ica.with(BC, true, Extensions.basicConstraints(false, -1)));
        bad("rfc5280::intermediate-ca-missing-basic-constraints", chain -> chain.ica.without(BC));
        bad("rfc5280::root-missing-basic-constraints", chain -> chain.root.without(BC));
        bad("rfc5280::root-non-critical-basic-constraints", chain -> chain.root.with(BC, false, limit(-1)));
        bad(
                "rfc5280::root-inconsistent-ca-extensions",
                chain -> chain.root.with(KU, false, Extensions.keyUsage(Extensions.DIGITAL_SIGNATURE)));
        bad(
                "rfc5280::leaf-ku-keycertsign",
                chain -> chain.leaf.with(KU, false, Extensions.keyUsage(Extensions.KEY_CERT_SIGN)));
        bad("rfc5280::ca-empty-subject", chain -> chain.ica.subject(""));
        good(
                "rfc5280::ee-aia",
                chain -> chain.leaf.with(Extension.AUTHORITY_INFO_ACCESS, false, WebValues.access("dns:example.com")));
        bad(
                "rfc5280::ee-critical-aia-invalid",
                chain -> chain.leaf.with(Extension.AUTHORITY_INFO_ACCESS, true, WebValues.access("dns:example.com")));
        bad("rfc5280::duplicate-extensions", chain -> chain.leaf.and(SAN, false, WebValues.names("dns:example.com")));
        good("rfc5280::no-keyusage", chain -> chain.leaf.without(KU));
        good("rfc5280::no-basicconstraints", chain -> chain.leaf.without(BC));
        bad("rfc5280::mismatching-signature-algorithm", chain -> chain.root.outerAlgorithm("1.2.840.10045.4.3.3"));
        bad("rfc5280::v1-cert-with-critical-extensions", chain -> chain.leaf.version(1));
        bad("rfc5280::ca-as-leaf-wrong-san", chain -> chain.leaf.with(BC, true, limit(-1)));
        good("rfc5280::root-and-intermediate-swapped", chain -> {
            chain.anchors.set(0, chain.ica);
            chain.untrusted.set(0, chain.root);
        });
        bad(
                "rfc5280::pc::ica-noncritical-pc",
                chain -> chain.ica.with(Extension.POLICY_CONSTRAINTS, false, bytes(0x30, 3, 0x80, 1, 3)));
        byte[] long22 = new byte[22];
        long22[0] = 1;
        bad("rfc5280::serial::too-long", chain -> chain.leaf.serial(new BigInteger(long22)));
        bad("rfc5280::serial::zero", chain -> chain.leaf.serial(BigInteger.ZERO));
        bad("rfc5280::serial::negative", chain -> chain.pinned().leaf.serial(BigInteger.ONE.negate()));
        bad(
                "invalid::invalid-issuer-key",
                chain -> chain.ica.key(DerWriter.sequence(
                        DerWriter.sequence(Der.oid("1.2.840.113549.1.1.1"), bytes(5, 0)), bytes(3, 1, 0))));
        bad(
                "webpki::malformed-aia",
                chain -> chain.leaf.with(Extension.AUTHORITY_INFO_ACCESS, false, bytes('m', 'a', 'l')));
        bad("webpki::explicit-curve", chain -> chain.leaf.key(WebValues.explicitCurve()));
        bad("webpki::forbidden-p192-leaf", chain -> chain.leaf.key(WebValues.onCurve("1.2.840.10045.3.1.1")));
        bad("webpki::forbidden-weak-rsa-in-leaf", chain -> chain.leaf.key(WebValues.rsa(1024, 65537)));
        bad(
                "webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf",
                chain -> chain.leaf.key(WebValues.rsa(2052, 65537)));
        bad("webpki::v1-cert", chain -> chain.leaf.version(1).withoutExtensions());
        bad("webpki::ee-basicconstraints-ca", chain -> chain.leaf.with(BC, true, limit(-1)));
        bad(
                "webpki::ca-as-leaf",
                chain -> chain.leaf
                        .with(BC, true, limit(-1))
                        .with(KU, false, Extensions.keyUsage(Extensions.KEY_CERT_SIGN)));
    }

    private void identifiersAndPurposes() {
        bad(
                "rfc5280::aki::critical-aki",
                chain -> chain.leaf.with(AKI, true, Extensions.authorityKeyIdentifier(bytes(1, 1, 2, 3))));
        bad("rfc5280::aki::leaf-missing-aki", chain -> chain.leaf.without(AKI));
        bad("rfc5280::aki::intermediate-missing-aki", chain -> chain.ica.without(AKI));
        good("rfc5280::aki::self-signed-root-missing-aki", chain -> chain.root.without(AKI));
        bad("rfc5280::aki::cross-signed-root-missing-aki", chain -> {
            chain.anchors.set(0, chain.ica.without(AKI));
            chain.untrusted.clear();
        });
        bad(
                "rfc5280::ski::critical-ski",
                chain -> chain.ica.with(SKI, true, Extensions.subjectKeyIdentifier(bytes(1, 1, 2, 3))));
        bad("rfc5280::ski::root-missing-ski", chain -> chain.root.without(SKI));
        bad("rfc5280::ski::intermediate-missing-ski", chain -> chain.ica.without(SKI));
        bad("rfc5280::eku::ee-wrong-eku", chain -> chain.leaf.with(EKU, false, purposes("1.3.6.1.5.5.7.3.2")));
        bad("rfc5280::eku::ee-eku-empty", chain -> chain.leaf.with(EKU, false, bytes(0x30, 0)));
        bad("webpki::aki::root-with-aki-missing-keyidentifier", chain -> chain.root.with(AKI, false, bytes(0x30, 0)));
        bad(
                "webpki::aki::root-with-aki-ski-mismatch",
                chain -> chain.root.with(AKI, false, Extensions.authorityKeyIdentifier(bytes(7, 7))));
        String serverAuth = WebCertificate.SERVER_AUTH;
        bad("webpki::eku::ee-anyeku", chain -> chain.leaf.with(EKU, false, purposes("2.5.29.37.0")));
        bad("webpki::eku::ee-critical-eku", chain -> chain.leaf.with(EKU, true, purposes(serverAuth)));
        bad("webpki::eku::ee-without-eku", chain -> chain.leaf.without(EKU));
        bad("webpki::eku::root-has-eku", chain -> chain.root.with(EKU, false, purposes(serverAuth)));
        bad(
                "webpki::eku::ca-without-serverauth-issuing-tls",
                chain -> chain.ica.with(EKU, false, purposes("1.3.6.1.5.5.7.3.2")));
        good(
                "webpki::eku::ca-with-serverauth-issuing-matching",
                chain -> chain.ica.with(EKU, false, purposes(serverAuth)));
        bad(
                "webpki::eku::ca-with-serverauth-and-precertificate",
                chain -> chain.ica.with(EKU, false, purposes(serverAuth, "1.3.6.1.4.1.11129.2.4.4")));
        bad("webpki::ku::ee-ecc-without-digitalsignature", chain -> chain.leaf.with(KU, false, bytes(3, 2, 7, 0)));
    }

    private void constraints() {
        String rfc = "rfc5280::nc::";
        bad(rfc + "permitted-dns-mismatch", chain -> chain.root.with(NC, true, permitted("dns:not-example.com")));
        bad(rfc + "excluded-dns-match", chain -> chain.ica.with(NC, true, excluded("dns:example.com")));
        good(rfc + "permitted-dns-match", chain -> chain.root.with(NC, true, permitted("dns:example.com")));
        good(rfc + "permitted-dns-match-more", chain -> {
            chain.peer = Optional.of("foo.bar.example.com");
            chain.root.with(NC, true, permitted("dns:example.com"));
            chain.names("dns:foo.bar.example.com");
        });
        bad(rfc + "excluded-dns-match-second", chain -> {
            chain.ica.with(NC, true, excluded("dns:not-allowed.example.com"));
            chain.names("dns:example.com", "dns:not-allowed.example.com");
        });
        good(
                "webpki::nc::permitted-dns-match-noncritical",
                chain -> chain.root.with(NC, false, permitted("dns:example.com")));
        for (String address : List.of("c0000201", "20010db8000000000000000000000001")) {
            String kind = address.length() == 8 ? "ipv4" : "ipv6";
            String peer = kind.equals("ipv4") ? "192.0.2.1" : "2001:db8::1";
            String mask = kind.equals("ipv4")
                    ? "c0000200ffffff00"
                    : "20010db8" + "0".repeat(24) + "ffffffff" + "0".repeat(24);
            good(rfc + "permitted-" + kind + "-match", chain -> {
                chain.peer = Optional.of(peer);
                chain.root.with(NC, true, permitted("dns:example.com", "ip:" + mask));
                chain.names("ip:" + address);
            });
            bad(rfc + "excluded-" + kind + "-match", chain -> {
                chain.peer = Optional.of(peer);
                chain.root.with(NC, true, excluded("ip:" + mask));
                chain.names("ip:" + address);
            });
            bad(
                    rfc + "invalid-" + kind + "-address",
                    chain -> chain.root.with(NC, true, permitted("dns:example.com", "ip:" + address)));
        }
        good(rfc + "permitted-self-issued", chain -> {
            chain.ica.subject("CN=x509-limbo-root").with(SAN, false, WebValues.names("dns:not-example.com"));
            chain.root.with(NC, true, permitted("dns:example.com"));
        });
        bad(
                rfc + "excluded-match-permitted-and-excluded",
                chain -> chain.root.with(
                        NC,
                        true,
                        DerWriter.sequence(
                                WebValues.subtrees(0, "dns:example.com"), WebValues.subtrees(1, "dns:example.com"))));
        good(
                rfc + "excluded-different-constraint-type",
                chain -> chain.root.with(NC, true, excluded("ip:c0000200ffffff00")));
        bad(
                rfc + "invalid-dnsname-leading-period",
                chain -> chain.root.with(NC, true, permitted("dns:.example.com", "dns:example.com")));
        bad(
                rfc + "invalid-dnsname-wildcard",
                chain -> chain.root.with(NC, true, permitted("dns:*.example.com", "dns:example.com")));
        bad(rfc + "not-allowed-in-ee-noncritical", chain -> chain.leaf.with(NC, false, permitted("dns:example.com")));
        bad(rfc + "not-allowed-in-ee-critical", chain -> chain.leaf.with(NC, true, permitted("dns:example.com")));
        bad(rfc + "intermediate-with-san-rejected-by-root-nc", chain -> {
            chain.root.with(NC, true, permitted("dns:example.com"));
            chain.ica.with(SAN, false, WebValues.names("dns:not-example.com"));
        });
        bad(rfc + "nc-permits-invalid-dns-san", chain -> {
            chain.root.with(NC, true, permitted("dns:example.com"));
            chain.names("dns:example.com", "dns:.example.com");
        });
        bad(rfc + "nc-permits-invalid-ip-san", chain -> {
            chain.root.with(NC, true, permitted("dns:example.com", "ip:c0000200ffffff00"));
            chain.names("dns:example.com", "ip:c0000201ffffff00");
        });
        bad(rfc + "nc-forbids-othername", chain -> {
            chain.root.with(NC, true, excluded("other:"));
            chain.names("dns:example.com", "other:");
        });
        good(rfc + "nc-forbids-othername-noop", chain -> chain.root.with(NC, true, excluded("other:")));
        bad(
                rfc + "permitted-empty-sequence-excluded-nonempty",
                chain -> chain.root.with(
                        NC, true, DerWriter.sequence(bytes(0xa0, 0), WebValues.subtrees(1, "dns:other.example"))));
        bad(
                rfc + "permitted-nonempty-excluded-empty-sequence",
                chain -> chain.root.with(
                        NC, true, DerWriter.sequence(WebValues.subtrees(0, "dns:example.com"), bytes(0xa1, 0))));
        bad(
                "webpki::nc::intermediate-permitted-excluded-subtrees-both-null",
                chain -> chain.ica.with(NC, true, bytes(0x30, 0)));
        bad(
                "webpki::nc::intermediate-permitted-excluded-subtrees-both-empty-sequences",
                chain -> chain.ica.with(NC, true, bytes(0x30, 4, 0xa0, 0, 0xa1, 0)));
        bad("cve::cve-2025-61727", chain -> {
            chain.peer = Optional.of("bar.example.com");
            chain.ica.with(
                    NC,
                    true,
                    DerWriter.sequence(
                            WebValues.subtrees(0, "dns:example.com"), WebValues.subtrees(1, "dns:bar.example.com")));
            chain.names("dns:*.example.com");
        });
        bad("cve::cve-2025-61727-nc-permits-variant", chain -> {
            chain.peer = Optional.of("foo.example.com");
            chain.ica.with(NC, true, permitted("dns:foo.example.com"));
            chain.names("dns:*.example.com");
        });
    }

    private void name(boolean expected, String id, String peer, String... names) {
        WebChain.Change change = chain -> {
            chain.peer = Optional.of(peer);
            chain.names(names);
        };
        if (expected) {
            good("webpki::san::" + id, change);
        } else {
            bad("webpki::san::" + id, change);
        }
    }

    private void names() {
        name(true, "exact-dns-san", "example.com", "dns:example.com");
        name(true, "exact-localhost-ip-san", "127.0.0.1", "ip:7f000001");
        name(true, "exact-localhost-dns-san", "localhost", "dns:localhost");
        name(false, "mismatch-domain-san", "example.com", "dns:example2.com");
        name(false, "mismatch-subdomain-san", "def.example.com", "dns:abc.example.com");
        name(false, "mismatch-subdomain-apex-san", "example.com", "dns:abc.example.com");
        name(false, "mismatch-apex-subdomain-san", "abc.example.com", "dns:example.com");
        name(true, "leftmost-wildcard-san", "foo.example.com", "dns:*.example.com");
        name(false, "public-suffix-wildcard-san", "example.com", "dns:*.com");
        name(false, "public-suffix-multi-label-wildcard-san", "example.co.uk", "dns:*.co.uk");
        name(false, "public-suffix-private-namespace-wildcard-san", "a.s3.amazonaws.com", "dns:*.s3.amazonaws.com");
        name(false, "wildcard-embedded-leftmost-san", "bar.example.com", "dns:ba*.example.com");
        name(false, "wildcard-not-in-leftmost-san", "foo.bar.example.com", "dns:foo.*.example.com");
        name(false, "wildcard-match-across-labels-san", "foo.bar.example.com", "dns:*.example.com");
        name(false, "wildcard-embedded-ulabel-san", "xn--bliss-1b3c148a.example.com", "dns:xn--*-1b3c148a.example.com");
        name(false, "unicode-emoji-san", "xn--628h.example.com", "dns:\u00f0\u009f\u0098\u009c.example.com");
        name(false, "san-wildcard-only", "example.com", "dns:*");
        name(false, "san-wildcard-only-tld", "com", "dns:*");
        bad("webpki::san::no-san", chain -> chain.leaf.without(SAN));
        bad(
                "webpki::san::san-critical-with-nonempty-subject",
                chain -> chain.leaf.with(SAN, true, WebValues.names("dns:example.com")));
        bad("rfc5280::san::malformed", chain -> chain.leaf.with(SAN, false, bytes('b', 'a', 'd')));
        bad("rfc5280::san::noncritical-with-empty-subject", chain -> chain.leaf.subject(""));
        name(false, "underscore-dns", "foo_bar.example.com", "dns:foo_bar.example.com");
    }

    private void commonName(String id, String commonName, String peer, String... names) {
        bad("webpki::cn::" + id, chain -> {
            chain.peer = Optional.of(peer);
            chain.names(names).leaf.subject("CN=" + commonName);
        });
    }

    private void commonNames() {
        commonName("ipv4-hex-mismatch", "0xC0A80101", "192.168.1.1", "ip:c0a80101");
        commonName("ipv4-leading-zeros-mismatch", "192.168.001.001", "192.168.1.1", "ip:c0a80101");
        String address = "20010db80000000000008a2e03707334";
        commonName("ipv6-uppercase-mismatch", "2001:DB8::8A2E:370:7334", "2001:db8::8a2e:370:7334", "ip:" + address);
        commonName(
                "ipv6-uncompressed-mismatch",
                "2001:0db8:0000:0000:0000:8a2e:0370:7334",
                "2001:db8::8a2e:370:7334",
                "ip:" + address);
        commonName(
                "ipv6-non-rfc5952-mismatch",
                "2001:db8:0:0:1:0:0:1",
                "2001:db8::1:0:0:1",
                "ip:20010db8000000000001000000000001");
        commonName("punycode-not-in-san", "xn--nxasmq6b.com", "xn--n3h.com", "dns:xn--n3h.com");
        commonName(
                "utf8-vs-punycode-mismatch",
                "test-\u6e2c\u8a66.com",
                "xn--test--wg5h0h.com",
                "dns:xn--test--wg5h0h.com");
        commonName(
                "not-in-san",
                "notinsan.example.com",
                "valid.example.com",
                "dns:valid.example.com",
                "dns:another.example.com");
        commonName("case-mismatch", "Example.COM", "example.com", "dns:example.com");
    }

    private void times() {
        Instant past = Instant.parse("2020-01-01T00:00:00Z");
        for (String place : List.of("root", "intermediate", "leaf")) {
            bad("rfc5280::validity::expired-" + place, chain -> {
                WebCertificate expired =
                        place.equals("root") ? chain.root : place.equals("leaf") ? chain.leaf : chain.ica;
                expired.valid(past, Instant.parse("2021-01-01T00:00:00Z"));
            });
        }
        time(true, "notbefore-exact", true, "2024-03-01T00:00:00Z");
        time(false, "notbefore-fractional", true, "2024-02-29T23:59:59.999Z");
        time(true, "notafter-exact", false, "2024-03-01T00:00:00Z");
        time(true, "notafter-fractional", false, "2024-03-01T00:00:00.005Z");
    }

    private void time(boolean expected, String id, boolean begins, String now) {
        Instant edge = Instant.parse("2024-03-01T00:00:00Z");
        WebChain.Change change = chain -> {
            chain.time = Instant.parse(now);
            chain.leaf.valid(begins ? edge : edge.minusSeconds(1000), begins ? edge.plusSeconds(1000) : edge);
        };
        if (expected) {
            good("rfc5280::validity::" + id, change);
        } else {
            bad("rfc5280::validity::" + id, change);
        }
    }

    private void otherPaths() {
        good("pathological::multiple-chains-expired-intermediate", chain -> {
            WebCertificate other = WebCertificate.root("CN=other-root", 5);
            WebCertificate cross = WebCertificate.intermediate("CN=x509-limbo-root", 0, other)
                    .valid(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"));
            chain.anchors.add(other);
            chain.untrusted.add(0, cross);
        });
        bad("pathological::intermediate-cycle-distinct-cas", chain -> {
            WebCertificate other = WebCertificate.intermediate("CN=b", 3, chain.ica);
            chain.ica.issuedBy(other);
            chain.untrusted.add(other);
        });
        bad("pathological::pathological-chain-same-subject-distinct-key", chain -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            WebCertificate last = chain.ica;
            for (int i = 0; i < 99; i++) {
                last = WebCertificate.intermediate("CN=same", 3, last).key(generator.generateKeyPair());
                chain.untrusted.add(last);
            }
            chain.leaf.issuedBy(last);
        });
        for (String which : List.of("nc-forbids-alternate-chain-ica", "nc-forbids-same-chain-ica")) {
            good("rfc5280::nc::" + which, chain -> {
                WebCertificate other = WebCertificate.root("CN=x509-limbo-root", 5);
                WebCertificate twin = WebCertificate.intermediate("CN=x509-limbo-ica", 1, other)
                        .with(NC, true, excluded("dns:example.com"));
                chain.anchors.add(other);
                chain.untrusted.add(which.contains("same") ? 0 : 1, twin);
            });
        }
    }
}
