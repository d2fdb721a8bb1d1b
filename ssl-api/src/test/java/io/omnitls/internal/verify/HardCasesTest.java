package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Pem;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.VerifyCode;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.forge.oracle.OpenSslVerify;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases over which path validators fall out with each other, by the section that decides them. Each has the code that
 * the section calls for, and {@code openssl verify} has to agree with it.
 */
class HardCasesTest {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    @TempDir
    static Path directory;

    /** Three certificates, root, authority and leaf, each with something odd about it, and what is asked of them. */
    private static final class Case {
        final String title;
        final VerifyCode expected;
        UnaryOperator<Forge> root = UnaryOperator.identity();
        UnaryOperator<Forge> authority = UnaryOperator.identity();
        UnaryOperator<Forge> leaf = UnaryOperator.identity();
        byte[] authorityConstraints = Extensions.basicConstraints(true, -1);
        byte[] rootBasic = Extensions.basicConstraints(true, -1);
        int authorityUsage = Extensions.KEY_CERT_SIGN | Extensions.CRL_SIGN;
        KeyPair leafKey = Keys.p256(2);
        KeyPair leafSigner = Keys.p256(1);
        String[] names = {"server.example"};
        String asked = "server.example";
        boolean trustRoot = true;
        boolean presentAuthority = true;
        boolean presentRoot;
        int level = 2;
        int maxDepth = VerifyProfile.OPENSSL.maxChainDepth();

        Case(String title, VerifyCode expected) {
            this.title = title;
            this.expected = expected;
        }
    }

    private interface Setting {
        void of(Case one);
    }

    private static Case with(String title, VerifyCode expected, Setting setting) {
        Case one = new Case(title, expected);
        setting.of(one);
        return one;
    }

    private static UnaryOperator<Forge> days(int from, int to) {
        return forge -> forge.valid(
                Instant.now().plus(Duration.ofDays(from)), Instant.now().plus(Duration.ofDays(to)));
    }

    private static UnaryOperator<Forge> extension(String oid, boolean critical, byte[] value) {
        return forge -> forge.extension(oid, critical, value);
    }

    private static UnaryOperator<Forge> purpose(String oid) {
        return extension(Extensions.EXTENDED_KEY_USAGE, false, Extensions.extendedKeyUsage(oid));
    }

    private static UnaryOperator<Forge> permitted(String... names) {
        return extension(Extensions.NAME_CONSTRAINTS, true, Extensions.nameConstraints(0, names));
    }

    private static UnaryOperator<Forge> excluded(String... names) {
        return extension(Extensions.NAME_CONSTRAINTS, true, Extensions.nameConstraints(1, names));
    }

    private static List<Case> cases() {
        UnaryOperator<Forge> unknownCritical = extension(Extensions.UNKNOWN, true, new byte[] {5, 0});
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("nothing odd", VerifyCode.OK));
        cases.add(with(
                "RFC 5280 6.1.3 (a)(2): the leaf has expired",
                VerifyCode.CERT_HAS_EXPIRED,
                c -> c.leaf = days(-9, -2)));
        cases.add(with(
                "RFC 5280 6.1.3 (a)(2): the leaf is not valid yet",
                VerifyCode.CERT_NOT_YET_VALID,
                c -> c.leaf = days(2, 9)));
        cases.add(with(
                "RFC 5280 6.1.3 (a)(2): the authority has expired",
                VerifyCode.CERT_HAS_EXPIRED,
                c -> c.authority = days(-9, -2)));
        cases.add(
                with("RFC 5937 3.2: the anchor has expired", VerifyCode.CERT_HAS_EXPIRED, c -> c.root = days(-9, -2)));
        cases.add(with(
                "RFC 5280 6.1.3 (a)(1): another key signed the leaf",
                VerifyCode.CERT_SIGNATURE_FAILURE,
                c -> c.leafSigner = Keys.p256(5)));
        cases.add(with(
                "RFC 5280 4.2.1.9: the authority has no basicConstraints",
                VerifyCode.INVALID_CA,
                c -> c.authorityConstraints = new byte[0]));
        cases.add(with(
                "RFC 5280 4.2.1.9: the authority is none",
                VerifyCode.INVALID_CA,
                c -> c.authorityConstraints = Extensions.basicConstraints(false, -1)));
        cases.add(with(
                "RFC 5280 4.2.1.9: pathLenConstraint 0 in the anchor",
                VerifyCode.PATH_LENGTH_EXCEEDED,
                c -> c.rootBasic = Extensions.basicConstraints(true, 0)));
        cases.add(with(
                "RFC 5280 4.2.1.9: pathLenConstraint 1 is enough",
                VerifyCode.OK,
                c -> c.rootBasic = Extensions.basicConstraints(true, 1)));
        cases.add(with("RFC 5280 4.2.1.9: a self-issued authority does not count", VerifyCode.OK, c -> {
            c.rootBasic = Extensions.basicConstraints(true, 0);
            c.authority = forge -> forge.subject("CN=Root")
                    .issuer("CN=Root")
                    .extension(
                            Extensions.SUBJECT_KEY_IDENTIFIER, false, Extensions.subjectKeyIdentifier(new byte[] {1}))
                    .extension(
                            Extensions.AUTHORITY_KEY_IDENTIFIER, false, Extensions.authorityKeyIdentifier(new byte[] {0
                            }));
            c.root = extension(
                    Extensions.SUBJECT_KEY_IDENTIFIER, false, Extensions.subjectKeyIdentifier(new byte[] {0}));
            c.leaf = forge -> forge.issuer("CN=Root")
                    .extension(
                            Extensions.AUTHORITY_KEY_IDENTIFIER, false, Extensions.authorityKeyIdentifier(new byte[] {1
                            }));
        }));
        cases.add(with(
                "RFC 4158 3.2 asks for backtracking, which OpenSSL does not do",
                VerifyCode.CERT_SIGNATURE_FAILURE,
                c -> {
                    c.authority = forge -> forge.subject("CN=Root").issuer("CN=Root");
                    c.leaf = forge -> forge.issuer("CN=Root");
                }));
        cases.add(with("as many authorities as are allowed", VerifyCode.OK, c -> c.maxDepth = 1));
        cases.add(with("one more than are allowed", VerifyCode.CERT_CHAIN_TOO_LONG, c -> c.maxDepth = 0));
        cases.add(with(
                "RFC 5280 4.2.1.3: the authority may not sign certificates",
                VerifyCode.INVALID_CA,
                c -> c.authorityUsage = Extensions.CRL_SIGN));
        cases.add(with(
                "RFC 5280 4.2: an unknown critical extension of the leaf",
                VerifyCode.UNHANDLED_CRITICAL_EXTENSION,
                c -> c.leaf = unknownCritical));
        cases.add(with(
                "RFC 5280 4.2: of the authority",
                VerifyCode.UNHANDLED_CRITICAL_EXTENSION,
                c -> c.authority = unknownCritical));
        cases.add(with(
                "RFC 5280 4.2: of the anchor", VerifyCode.UNHANDLED_CRITICAL_EXTENSION, c -> c.root = unknownCritical));
        cases.add(with(
                "RFC 5280 4.2: an unknown extension that is not critical",
                VerifyCode.OK,
                c -> c.leaf = extension(Extensions.UNKNOWN, false, new byte[] {5, 0})));
        cases.add(with(
                "RFC 5280 4.2.1.12: the leaf is for clients",
                VerifyCode.INVALID_PURPOSE,
                c -> c.leaf = purpose(CLIENT_AUTH)));
        cases.add(
                with("RFC 5280 4.2.1.12: the leaf is for servers", VerifyCode.OK, c -> c.leaf = purpose(SERVER_AUTH)));
        cases.add(with(
                "BR 7.1.2.7.10: anyExtendedKeyUsage is not for servers",
                VerifyCode.INVALID_PURPOSE,
                c -> c.leaf = purpose(ANY_PURPOSE)));
        cases.add(with(
                "BR 7.1.2.10.6: the authority is for clients",
                VerifyCode.INVALID_PURPOSE,
                c -> c.authority = purpose(CLIENT_AUTH)));
        cases.add(with(
                "BR 7.1.2.10.6: the authority is for servers", VerifyCode.OK, c -> c.authority = purpose(SERVER_AUTH)));
        cases.add(with("RFC 5280 4.2.1.10: permitted", VerifyCode.OK, c -> c.authority = permitted("example")));
        cases.add(with(
                "RFC 5280 4.2.1.10: not permitted",
                VerifyCode.PERMITTED_VIOLATION,
                c -> c.authority = permitted("other.example")));
        cases.add(with(
                "RFC 5280 4.2.1.10: excluded", VerifyCode.EXCLUDED_VIOLATION, c -> c.authority = excluded("example")));
        cases.add(with(
                "RFC 5280 4.2.1.10: a subtree begins at a label",
                VerifyCode.PERMITTED_VIOLATION,
                c -> c.authority = permitted("ver.example")));
        cases.add(with("RFC 5280 4.2.1.10: one bad name among good ones", VerifyCode.PERMITTED_VIOLATION, c -> {
            c.authority = permitted("server.example");
            c.names = new String[] {"server.example", "bank.example"};
        }));
        cases.add(with(
                "RFC 5937 3.2: the anchor's constraints",
                VerifyCode.PERMITTED_VIOLATION,
                c -> c.root = permitted("other.example")));
        cases.add(with("RFC 5280 4.2.1.10: a wildcard is a name like any other", VerifyCode.PERMITTED_VIOLATION, c -> {
            c.authority = permitted("server.example");
            c.names = new String[] {"*.example.net", "server.example"};
        }));
        cases.add(
                with("a common name that looks like a host's is constrained too", VerifyCode.PERMITTED_VIOLATION, c -> {
                    c.authority = permitted("other.example");
                    c.names = new String[0];
                    c.leaf = forge -> forge.subject("CN=server.example");
                    c.asked = "";
                }));
        cases.add(with("a common name that does not is not", VerifyCode.OK, c -> {
            c.authority = permitted("other.example");
            c.names = new String[0];
            c.leaf = forge -> forge.subject("CN=Jane Doe");
            c.asked = "";
        }));
        cases.add(with("an authority's common name is not", VerifyCode.OK, c -> {
            c.root = permitted("example");
            c.authority = forge -> forge.subject("CN=ca.elsewhere");
            c.leaf = forge -> forge.issuer("CN=ca.elsewhere");
        }));
        cases.add(with("RFC 9525 6.3: another name", VerifyCode.HOSTNAME_MISMATCH, c -> c.asked = "client.example"));
        cases.add(with("RFC 9525 6.3: a wildcard is one label", VerifyCode.HOSTNAME_MISMATCH, c -> {
            c.names = new String[] {"*.server.example"};
            c.asked = "a.b.server.example";
        }));
        cases.add(with(
                "RFC 9525 6.3: and not none",
                VerifyCode.HOSTNAME_MISMATCH,
                c -> c.names = new String[] {"*.server.example"}));
        cases.add(with("RFC 9525 6.3: but one it is", VerifyCode.OK, c -> {
            c.names = new String[] {"*.server.example"};
            c.asked = "a.server.example";
        }));
        cases.add(with("RFC 9525 6.3: not in the second label", VerifyCode.HOSTNAME_MISMATCH, c -> {
            c.names = new String[] {"a.*.example"};
            c.asked = "a.server.example";
        }));
        cases.add(with(
                "RFC 9525 6.3: letter case does not count",
                VerifyCode.OK,
                c -> c.names = new String[] {"SERVER.Example"}));
        cases.add(with(
                "NUL in a name ends nothing",
                VerifyCode.HOSTNAME_MISMATCH,
                c -> c.names = new String[] {"server.example\0.evil.example"}));
        cases.add(with("nobody trusted: the leaf alone", VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY, c -> {
            c.trustRoot = false;
            c.presentAuthority = false;
        }));
        cases.add(with(
                "nobody trusted: no root", VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY, c -> c.trustRoot = false));
        cases.add(with("nobody trusted: a root of their own", VerifyCode.SELF_SIGNED_CERT_IN_CHAIN, c -> {
            c.trustRoot = false;
            c.presentRoot = true;
        }));
        cases.add(with(
                "the authority was not sent",
                VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                c -> c.presentAuthority = false));
        cases.add(with("BR 6.1.5: RSA with 1024 bits", VerifyCode.EE_KEY_TOO_SMALL, c -> c.leafKey = rsa1024()));
        cases.add(with("security level 1 takes it", VerifyCode.OK, c -> {
            c.leafKey = rsa1024();
            c.level = 1;
        }));
        cases.add(with("security level 4 takes no P-256", VerifyCode.EE_KEY_TOO_SMALL, c -> c.level = 4));
        return cases;
    }

    private static KeyPair rsa1024() {
        return Keys.p256(10);
    }

    private static Forge forge(String subject, String issuer) {
        return new Forge()
                .subject(subject)
                .issuer(issuer)
                .valid(Instant.now().minus(Duration.ofDays(9)), Instant.now().plus(Duration.ofDays(9)));
    }

    @TestFactory
    Stream<DynamicTest> theSectionDecidesAndOpenSslAgrees() {
        return cases().stream().map(one -> DynamicTest.dynamicTest(one.title, () -> check(one)));
    }

    private static void check(Case one) throws Exception {
        KeyPair rootKey = Keys.p256(0);
        KeyPair authorityKey = Keys.p256(1);
        X509Certificate root = one.root
                .apply(forge("CN=Root", "CN=Root")
                        .serial(1)
                        .extension(Extensions.BASIC_CONSTRAINTS, true, one.rootBasic)
                        .extension(Extensions.KEY_USAGE, true, Extensions.keyUsage(Extensions.KEY_CERT_SIGN)))
                .certificate(rootKey, rootKey);
        Forge middle = forge("CN=Authority", "CN=Root")
                .serial(2)
                .extension(Extensions.KEY_USAGE, true, Extensions.keyUsage(one.authorityUsage));
        if (one.authorityConstraints.length > 0) {
            middle.extension(Extensions.BASIC_CONSTRAINTS, true, one.authorityConstraints);
        }
        X509Certificate authority = one.authority.apply(middle).certificate(authorityKey, rootKey);
        Forge end = forge("O=Server", "CN=Authority").serial(3);
        if (one.names.length > 0) {
            end.extension(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames(one.names));
        }
        X509Certificate leaf = one.leaf.apply(end).certificate(one.leafKey, one.leafSigner);

        List<X509Certificate> presented = new ArrayList<>(List.of(leaf));
        if (one.presentAuthority) {
            presented.add(authority);
        }
        if (one.presentRoot) {
            presented.add(root);
        }
        List<X509Certificate> trusted = List.of(one.trustRoot ? root : stranger());
        Optional<String> name = Optional.of(one.asked).filter(asked -> !asked.isEmpty());
        VerifyResult ours = new ChainVerifier(TrustAnchors.of(trusted, List.of()), CryptoServices.ofPlatform())
                .verify(
                        presented,
                        Requests.withDepth(
                                Requests.openSsl(
                                        Purpose.SERVER,
                                        name.map(PeerName::of),
                                        Instant.now(),
                                        Set.of(),
                                        List.of(0, 80, 112, 128, 192).get(one.level)),
                                one.maxDepth));
        assertEquals(one.expected, ours.code(), ours::explanation);
        OpenSslVerify.Verdict judge = new OpenSslVerify(
                        encoded(presented),
                        pem(trusted),
                        Set.of(),
                        one.level,
                        one.maxDepth,
                        OpenSslVerify.Purpose.SERVER,
                        name)
                .run(directory);
        assertEquals(judge.toString(), ours.code().number() + " at " + ours.depth(), judge::output);
    }

    private static List<byte[]> encoded(List<X509Certificate> certificates) throws Exception {
        List<byte[]> encoded = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            encoded.add(certificate.getEncoded());
        }
        return encoded;
    }

    private static String pem(List<X509Certificate> certificates) {
        return certificates.stream().map(Pem::encodeCertificate).collect(Collectors.joining());
    }

    private static X509Certificate stranger() throws Exception {
        return forge("CN=Stranger", "CN=Stranger")
                .extension(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, -1))
                .certificate(Keys.p256(7), Keys.p256(7));
    }
}
