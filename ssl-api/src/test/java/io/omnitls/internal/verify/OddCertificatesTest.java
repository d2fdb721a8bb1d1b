package io.omnitls.internal.verify;

import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.forge.Der;
import io.omnitls.forge.Keys;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates and CRLs that are rare but real, each with the code that it has to get and that {@code openssl verify} gives
 * it, at the same depth.
 */
class OddCertificatesTest {
    private static final KeyPair ROOT = Keys.p256(0);
    private static final KeyPair AUTHORITY = Keys.p256(1);
    private static final KeyPair LEAF = Keys.p256(2);
    private static final String CA =
            "basicConstraints=critical,CA:TRUE;keyUsage=critical,keyCertSign,cRLSign;" + "subjectKeyIdentifier=hash;";
    private static final String END = "basicConstraints=critical,CA:FALSE;subjectAltName=DNS:server.example;";

    @TempDir
    static Path directory;

    /** Makes a chain and asks for the verdicts. */
    private interface Body {
        void run() throws Exception;
    }

    private static DynamicTest odd(String title, Body body) {
        return DynamicTest.dynamicTest(title, body::run);
    }

    private static MadeByOpenSsl root(String extensions) throws Exception {
        return new MadeByOpenSsl(directory).below("root", MadeByOpenSsl.pem(ROOT), CA + extensions);
    }

    private static MadeByOpenSsl authority(String extensions) throws Exception {
        return root("").below("authority", MadeByOpenSsl.pem(AUTHORITY), CA + extensions);
    }

    private static MadeByOpenSsl leaf(String extensions) throws Exception {
        return authority("").below("leaf", MadeByOpenSsl.pem(LEAF), END + extensions);
    }

    private static DynamicTest leaf(int code, String title, String extensions) {
        return odd(title, () -> leaf(extensions).requireBoth(code));
    }

    private static DynamicTest clientsLeaf(int code, String title, String extensions) {
        return odd(title, () -> {
            MadeByOpenSsl chain = leaf(extensions);
            chain.purpose = Purpose.CLIENT;
            chain.requireBoth(code);
        });
    }

    private static DynamicTest authority(int code, String title, String extensions) {
        return odd(
                title,
                () -> authority(extensions)
                        .below("leaf", MadeByOpenSsl.pem(LEAF), END)
                        .requireBoth(code));
    }

    /** The authority with other extensions than an authority's. */
    private static DynamicTest bare(int code, String title, String extensions) {
        return odd(
                title,
                () -> root("").below("authority", MadeByOpenSsl.pem(AUTHORITY), extensions)
                        .below("leaf", MadeByOpenSsl.pem(LEAF), END)
                        .requireBoth(code));
    }

    @TestFactory
    Stream<DynamicTest> usages() {
        return Stream.of(
                leaf(0, "nothing odd", ""),
                leaf(0, "nsCertType server", "nsCertType=server"),
                leaf(26, "nsCertType client", "nsCertType=client"),
                leaf(26, "nsCertType objsign", "nsCertType=objsign"),
                clientsLeaf(0, "nsCertType client, of a client", "nsCertType=client"),
                clientsLeaf(26, "nsCertType server, of a client", "nsCertType=server"),
                authority(0, "nsCertType of an authority by basicConstraints", "nsCertType=objCA"),
                bare(79, "nsCertType sslCA of an authority without basicConstraints", "nsCertType=sslCA"),
                bare(79, "an authority by key usage alone", "keyUsage=keyCertSign"),
                leaf(0, "nsSGC alone", "extendedKeyUsage=nsSGC"),
                leaf(0, "msSGC alone", "extendedKeyUsage=msSGC"),
                clientsLeaf(26, "nsSGC, of a client", "extendedKeyUsage=nsSGC"),
                authority(0, "nsSGC of an authority", "extendedKeyUsage=nsSGC"),
                leaf(0, "a critical noCheck", "noCheck=critical,ignored"),
                authority(0, "a critical noCheck of an authority", "noCheck=critical,ignored"),
                leaf(34, "an unknown critical extension", "1.3.6.1.4.1.32473.1=critical,DER:0500"),
                leaf(34, "a critical AIA", "1.3.6.1.5.5.7.1.1=critical,DER:3000"),
                leaf(0, "keyEncipherment alone", "keyUsage=keyEncipherment"),
                clientsLeaf(26, "keyEncipherment alone, of a client", "keyUsage=keyEncipherment"),
                leaf(26, "keyCertSign alone", "keyUsage=keyCertSign"),
                leaf(20, "keyUsage that allows nothing", "keyUsage=DER:030100"),
                leaf(20, "keyUsage that is garbage", "keyUsage=DER:0400"),
                authority(20, "extendedKeyUsage of an authority that is garbage", "extendedKeyUsage=DER:300106"),
                leaf(20, "nsCertType that is garbage", "nsCertType=DER:0500"));
    }

    @TestFactory
    Stream<DynamicTest> constraintsAndIssuers() {
        String serial = "authorityKeyIdentifier=issuer:always";
        return Stream.of(
                pathLength(0, "a path length of 64 bits", BigInteger.ONE.shiftLeft(62)),
                pathLength(0, "of 63 bits and more", BigInteger.ONE.shiftLeft(63)),
                pathLength(0, "of 100 bits", BigInteger.ONE.shiftLeft(100)),
                pathLength(20, "a negative path length", BigInteger.ONE.negate()),
                pathLength(
                        20, "a very negative one", BigInteger.ONE.shiftLeft(70).negate()),
                leaf(0, "authorityCertIssuer and serial", serial),
                odd(
                        "another authorityCertIssuer",
                        () -> issuerAndSerial("CN=Someone", 2).requireBoth(20)),
                odd("another serial", () -> issuerAndSerial("CN=root", 3).requireBoth(20)),
                odd("both right", () -> issuerAndSerial("CN=root", 2).requireBoth(0)),
                odd(
                        "two directory names, the first counts",
                        () -> leaf("").edited(
                                        AUTHORITY,
                                        tbs -> withExtension(tbs, "2.5.29.35", aki(2, "CN=root", "CN=Someone")))
                                .requireBoth(0)),
                odd(
                        "explicit EC parameters of the leaf",
                        () -> authority("").below("leaf", explicit("leaf"), END).requireBoth(94)),
                odd(
                        "explicit EC parameters of an authority",
                        () -> root("").below("authority", explicit("authority"), CA)
                                .below("leaf", MadeByOpenSsl.pem(LEAF), END)
                                .requireBoth(94)),
                odd(
                        "a version 1 leaf with extensions",
                        () -> leaf("").edited(AUTHORITY, tbs -> tbs.subList(1, tbs.size()))
                                .requireBoth(0)),
                odd(
                        "a version 1 authority with extensions",
                        () -> authority("")
                                .edited(ROOT, tbs -> tbs.subList(1, tbs.size()))
                                .below("leaf", MadeByOpenSsl.pem(LEAF), END)
                                .requireBoth(0)),
                odd(
                        "an extension twice",
                        () -> leaf("").edited(AUTHORITY, tbs -> twice(tbs)).requireBoth(20)),
                odd(
                        "the outer algorithm differs",
                        () -> outerAlgorithm(new byte[] {5, 0}).requireBoth(7)));
    }

    private static DynamicTest pathLength(int code, String title, BigInteger length) {
        byte[] value = DerWriter.sequence(
                new byte[] {1, 1, (byte) 0xff}, DerWriter.element(DerReader.INTEGER, length.toByteArray()));
        return odd(
                title,
                () -> authority("")
                        .edited(ROOT, tbs -> withExtension(tbs, "2.5.29.19", value))
                        .below("leaf", MadeByOpenSsl.pem(LEAF), END)
                        .requireBoth(code));
    }

    private static MadeByOpenSsl issuerAndSerial(String issuer, int serial) throws Exception {
        return leaf("").edited(AUTHORITY, tbs -> withExtension(tbs, "2.5.29.35", aki(serial, issuer)));
    }

    /** {@code AuthorityKeyIdentifier} with directory names. */
    private static byte[] aki(int serial, String... issuers) {
        byte[][] names = new byte[issuers.length][];
        for (int i = 0; i < names.length; i++) {
            byte[] name = utf8Name(issuers[i].substring(3));
            names[i] = DerWriter.element(DerReader.context(4), name);
        }
        return DerWriter.sequence(
                DerWriter.element(DerReader.context(1), names),
                DerWriter.element(DerReader.contextPrimitive(2), new byte[] {(byte) serial}));
    }

    private static byte[] utf8Name(String commonName) {
        return DerWriter.sequence(DerWriter.element(
                DerReader.SET,
                DerWriter.sequence(
                        new byte[] {6, 3, 0x55, 4, 3},
                        DerWriter.element(0x0c, commonName.getBytes(StandardCharsets.UTF_8)))));
    }

    private static List<byte[]> extensions(List<byte[]> tbs) {
        byte[] tagged = tbs.get(tbs.size() - 1);
        return MadeByOpenSsl.elements(MadeByOpenSsl.elements(asSequence(tagged)).get(0));
    }

    /** An element under the tag of a SEQUENCE. */
    private static byte[] asSequence(byte[] element) {
        byte[] copy = element.clone();
        copy[0] = DerReader.SEQUENCE;
        return copy;
    }

    private static List<byte[]> withExtensions(List<byte[]> tbs, List<byte[]> extensions) {
        List<byte[]> changed = new ArrayList<>(tbs.subList(0, tbs.size() - 1));
        changed.add(DerWriter.element(DerReader.context(3), MadeByOpenSsl.sequence(extensions)));
        return changed;
    }

    /** With one that has this value in place of the one that is there. */
    private static List<byte[]> withExtension(List<byte[]> tbs, String oid, byte[] value) {
        List<byte[]> changed = new ArrayList<>();
        byte[] identifier = Der.oid(oid);
        for (byte[] extension : extensions(tbs)) {
            if (!Arrays.equals(MadeByOpenSsl.elements(extension).get(0), identifier)) {
                changed.add(extension);
            }
        }
        changed.add(DerWriter.sequence(identifier, DerWriter.element(DerReader.OCTET_STRING, value)));
        return withExtensions(tbs, changed);
    }

    private static List<byte[]> twice(List<byte[]> tbs) {
        List<byte[]> changed = new ArrayList<>(extensions(tbs));
        changed.add(changed.get(0));
        return withExtensions(tbs, changed);
    }

    private static String explicit(String name) throws Exception {
        Path key = Files.createTempFile(directory, name, ".key");
        OpenSsl.make(
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-pkeyopt",
                "ec_param_enc:explicit",
                "-out",
                key.toString());
        return Files.readString(key);
    }

    /** The leaf, whose algorithm beside the signature has these parameters. */
    private static MadeByOpenSsl outerAlgorithm(byte[] parameters) throws Exception {
        MadeByOpenSsl chain = leaf("");
        List<byte[]> fields = MadeByOpenSsl.elements(MadeByOpenSsl.der(chain.member(2)));
        byte[] oid = MadeByOpenSsl.elements(fields.get(1)).get(0);
        byte[] changed = DerWriter.sequence(fields.get(0), DerWriter.sequence(oid, parameters), fields.get(2));
        chain.write("leaf.pem", MadeByOpenSsl.pem("CERTIFICATE", changed));
        return chain;
    }

    @TestFactory
    Stream<DynamicTest> times() {
        int utc = DerReader.UTC_TIME;
        int generalized = DerReader.GENERALIZED_TIME;
        return Stream.of(
                time(13, "notBefore without seconds", 0, utc, "2601010000Z"),
                time(13, "notBefore with a fraction", 0, generalized, "20260101000000.5Z"),
                time(13, "notBefore with an offset", 0, utc, "260101000000+0100"),
                time(13, "notBefore without a zone", 0, generalized, "20260101000000"),
                time(14, "notAfter without seconds", 1, utc, "3601010000Z"),
                time(14, "notAfter with a fraction", 1, generalized, "20360101000000.5Z"),
                time(14, "notAfter in no month", 1, utc, "361301000000Z"),
                time(0, "GeneralizedTime before 2050", 0, generalized, "20200101000000Z"),
                time(0, "a leap day", 0, utc, "240229000000Z"),
                time(13, "no leap day", 0, utc, "230229000000Z"),
                time(9, "not valid yet", 0, generalized, "20490101000000Z"),
                time(10, "expired", 1, utc, "250101000000Z"));
    }

    private static DynamicTest time(int code, String title, int field, int tag, String text) {
        byte[] time = DerWriter.element(tag, text.getBytes(StandardCharsets.US_ASCII));
        UnaryOperator<List<byte[]>> edit = tbs -> {
            List<byte[]> changed = new ArrayList<>(tbs);
            List<byte[]> validity = MadeByOpenSsl.elements(tbs.get(4));
            validity.set(field, time);
            changed.set(4, MadeByOpenSsl.sequence(validity));
            return changed;
        };
        return odd(title, () -> {
            leaf("").edited(AUTHORITY, edit).requireBoth(code);
            authority("")
                    .edited(ROOT, edit)
                    .below("leaf", MadeByOpenSsl.pem(LEAF), END)
                    .requireBoth(code);
        });
    }

    @TestFactory
    Stream<DynamicTest> trustLists() {
        return Stream.of(
                trusted(0, "trusted for servers", 0, false, "-addtrust", "serverAuth"),
                trusted(28, "trusted for mail only", 0, false, "-addtrust", "emailProtection"),
                trusted(28, "rejected for servers", 0, false, "-addreject", "serverAuth"),
                trusted(0, "rejected for clients", 0, false, "-addreject", "clientAuth"),
                trusted(
                        28,
                        "both trusted and rejected",
                        0,
                        false,
                        "-addtrust",
                        "serverAuth",
                        "-addreject",
                        "serverAuth"),
                trusted(0, "trusted for anything", 0, false, "-addtrust", "anyExtendedKeyUsage"),
                trusted(28, "rejected for anything", 0, false, "-addreject", "anyExtendedKeyUsage"),
                trusted(0, "an authority that is trusted for servers", 1, false, "-addtrust", "serverAuth"),
                trusted(28, "an authority that is trusted for mail only", 1, false, "-addtrust", "emailProtection"),
                trusted(28, "an authority that is rejected", 1, false, "-addreject", "serverAuth"),
                trusted(
                        2,
                        "an authority that is rejected for clients, without the root",
                        1,
                        false,
                        "-addreject",
                        "clientAuth"),
                trusted(0, "the same with a partial chain", 1, true, "-addreject", "clientAuth"),
                trusted(28, "an authority that is rejected, with a partial chain", 1, true, "-addreject", "serverAuth"),
                trusted(0, "a leaf that is trusted, with a partial chain", 2, true, "-addtrust", "serverAuth"),
                trusted(28, "a leaf that is rejected, with a partial chain", 2, true, "-addreject", "serverAuth"),
                trusted(
                        28,
                        "a leaf that is trusted for clients, with a partial chain",
                        2,
                        true,
                        "-addtrust",
                        "clientAuth"),
                trusted(20, "a leaf that is trusted, without the flag", 2, false, "-addtrust", "serverAuth"));
    }

    /** The certificate at {@code depth} from the root is all that is trusted, as a TRUSTED CERTIFICATE with these lists. */
    private static DynamicTest trusted(int code, String title, int depth, boolean partial, String... lists) {
        return odd(title, () -> {
            MadeByOpenSsl chain = leaf("");
            Path block = chain.path("trusted.pem");
            List<String> command = new ArrayList<>(
                    List.of("x509", "-in", chain.member(depth).certificate().toString(), "-trustout", "-out"));
            command.add(block.toString());
            command.addAll(List.of(lists));
            OpenSsl.make(command.toArray(new String[0]));
            if (partial) {
                chain.flags.add(VerifyFlag.X509_PARTIAL_CHAIN);
            }
            chain.trusting(Files.readString(block)).requireBoth(code);
        });
    }

    @TestFactory
    Stream<DynamicTest> revocationLists() {
        String rsa = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
        String[] pss = {"-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:20"};
        return Stream.of(
                crl(0, "RSA, empty", rsa, "sha256", false),
                crl(23, "RSA, revoking", rsa, "sha256", true),
                crl(23, "RSA with SHA-512", rsa, "sha512", true),
                crl(0, "RSASSA-PSS, empty", rsa, "sha256", false, pss),
                crl(23, "RSASSA-PSS, revoking", rsa, "sha384", true, pss),
                crl(23, "an RSASSA-PSS key", "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048", "sha256", true),
                crl(0, "Ed25519, empty", "-algorithm ED25519", "null", false),
                crl(23, "Ed25519, revoking", "-algorithm ED25519", "null", true),
                crl(23, "Ed448, revoking", "-algorithm ED448", "null", true),
                crl(23, "P-384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384", "sha384", true),
                entry(36, "a critical unknown entry extension of another certificate", 9, "1.3.6.1.4.1.32473.1", true),
                entry(36, "of this one", 2, "1.3.6.1.4.1.32473.1", true),
                entry(23, "the same, not critical", 2, "1.3.6.1.4.1.32473.1", false),
                entry(0, "not critical, of another", 9, "1.3.6.1.4.1.32473.1", false),
                entry(36, "a critical reason code", 9, "2.5.29.21", true),
                crlTime(15, "thisUpdate without seconds", 3, "2601010000Z"),
                crlTime(16, "nextUpdate without seconds", 4, "3601010000Z"),
                crlTime(11, "not valid yet", 3, "400101000000Z"),
                crlTime(12, "expired", 4, "250101000000Z"));
    }

    /** The root has a key of this kind and signs a leaf and a CRL. */
    private static DynamicTest crl(
            int code, String title, String key, String digest, boolean revoking, String... options) {
        return odd(title, () -> {
            Path pem = Files.createTempFile(directory, "crl", ".key");
            List<String> command = new ArrayList<>(List.of("genpkey", "-out", pem.toString()));
            command.addAll(List.of(key.split(" ", -1)));
            OpenSsl.make(command.toArray(new String[0]));
            MadeByOpenSsl chain = new MadeByOpenSsl(directory)
                    .below("root", Files.readString(pem), CA)
                    .below("leaf", MadeByOpenSsl.pem(LEAF), END);
            chain.flags.add(VerifyFlag.CRL_CHECK_LEAF);
            chain.crl(Files.readString(list(chain, digest, revoking ? "02" : "09", options)))
                    .requireBoth(code);
        });
    }

    /** A CRL of the first certificate with this number on it. */
    private static Path list(MadeByOpenSsl chain, String digest, String serial, String... options) throws Exception {
        Path index = chain.write("index", "R\t491231235959Z\t260101000000Z\t" + serial + "\tunknown\t/CN=leaf\n");
        Path settings = chain.write(
                "ca.cnf",
                "[ca]\ndefault_ca=a\n[a]\ndatabase=" + index + "\ndefault_md=" + digest
                        + "\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n");
        Path crl = chain.path("crl.pem");
        List<String> command = new ArrayList<>(List.of(
                "ca",
                "-gencrl",
                "-config",
                settings.toString(),
                "-crldays",
                "7",
                "-md",
                digest,
                "-out",
                crl.toString()));
        command.addAll(List.of(
                "-cert",
                chain.member(0).certificate().toString(),
                "-keyfile",
                chain.member(0).key().toString()));
        command.addAll(List.of(options));
        OpenSsl.make(command.toArray(new String[0]));
        return crl;
    }

    private static DynamicTest entry(int code, String title, int serial, String oid, boolean critical) {
        byte[] value = oid.equals("2.5.29.21") ? new byte[] {0x0a, 1, 1} : new byte[] {5, 0};
        byte[] extension = DerWriter.sequence(
                Der.oid(oid),
                critical ? new byte[] {1, 1, (byte) 0xff} : new byte[0],
                DerWriter.element(DerReader.OCTET_STRING, value));
        return editedCrl(code, title, tbs -> {
            List<byte[]> entry = new ArrayList<>(
                    MadeByOpenSsl.elements(MadeByOpenSsl.elements(tbs.get(5)).get(0)));
            entry.set(0, DerWriter.element(DerReader.INTEGER, new byte[] {(byte) serial}));
            entry.add(DerWriter.sequence(extension));
            tbs.set(5, DerWriter.sequence(MadeByOpenSsl.sequence(entry)));
            return tbs;
        });
    }

    private static DynamicTest crlTime(int code, String title, int field, String text) {
        return editedCrl(code, title, tbs -> {
            tbs.set(field, DerWriter.element(DerReader.UTC_TIME, text.getBytes(StandardCharsets.US_ASCII)));
            return tbs;
        });
    }

    /** A CRL of a P-256 root with a number that is not the leaf's, before {@code edit}. */
    private static DynamicTest editedCrl(int code, String title, UnaryOperator<List<byte[]>> edit) {
        return odd(title, () -> {
            MadeByOpenSsl chain = root("").below("leaf", MadeByOpenSsl.pem(LEAF), END);
            chain.flags.add(VerifyFlag.CRL_CHECK_LEAF);
            Path made = list(chain, "sha256", "09");
            byte[] crl = MadeByOpenSsl.der(new MadeByOpenSsl.Member(made, made));
            chain.crl(MadeByOpenSsl.pem("X509 CRL", MadeByOpenSsl.resigned(crl, ROOT, edit)))
                    .requireBoth(code);
        });
    }
}
