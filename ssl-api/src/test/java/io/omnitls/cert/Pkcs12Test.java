package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import io.omnitls.spi.CryptoServices;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PKCS#12 files as OpenSSL, the JDK and writers of BER make them. */
class Pkcs12Test {
    private static final CryptoServices CRYPTO = CryptoServices.ofPlatform();

    @TempDir
    private static Path directory;

    /** A root, a certificate below it, and its key. */
    @BeforeAll
    static void makeIdentity() throws Exception {
        OpenSsl.make("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path("root.key"));
        OpenSsl.make("req", "-new", "-x509", "-key", path("root.key"), "-subj", "/CN=root", "-out", path("root.pem"));
        OpenSsl.make("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path("leaf.key"));
        OpenSsl.make("req", "-new", "-key", path("leaf.key"), "-subj", "/CN=leaf", "-out", path("leaf.csr"));
        OpenSsl.make(
                "x509",
                "-req",
                "-in",
                path("leaf.csr"),
                "-CA",
                path("root.pem"),
                "-CAkey",
                path("root.key"),
                "-CAcreateserial",
                "-out",
                path("leaf.pem"));
    }

    private static String path(String name) {
        return directory.resolve(name).toString();
    }

    /** {@code openssl pkcs12 -export} of the identity, with these options. */
    private static Path export(String password, String... options) throws Exception {
        Path out = Files.createTempFile(directory, "export", ".p12");
        Path secret = Files.writeString(directory.resolve("password"), password + "\n", StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of(
                "pkcs12",
                "-export",
                "-in",
                path("leaf.pem"),
                "-inkey",
                path("leaf.key"),
                "-certfile",
                path("root.pem")));
        command.addAll(List.of("-passout", "file:" + secret, "-out", out.toString()));
        command.addAll(List.of(options));
        OpenSsl.make(command.toArray(new String[0]));
        return out;
    }

    private static CertifiedKey load(Path file, String password) throws TlsException {
        return Credentials.pkcs12(file, PasswordSource.of(password)).load(CRYPTO);
    }

    private static TlsException refused(ErrorReason reason, Path file, String password) {
        TlsException refused = assertThrows(TlsException.class, () -> load(file, password));
        assertEquals(reason, refused.reason(), refused.getMessage());
        return refused;
    }

    private static void assertWhole(CertifiedKey identity) {
        assertEquals(
                List.of("CN=leaf", "CN=root"),
                identity.chain().stream()
                        .map(certificate ->
                                certificate.getSubjectX500Principal().getName())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-keypbe aes-256-cbc",
                "-keypbe aes-128-cbc -certpbe des-ede3-cbc -macalg sha224",
                "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-2DES -macalg sha384",
                "-legacy -keypbe PBE-SHA1-RC2-128 -certpbe PBE-SHA1-RC2-40 -macalg md5",
                "-legacy -keypbe PBE-SHA1-RC4-128 -certpbe PBE-SHA1-RC4-40 -macalg sha1",
                "-legacy -keypbe PBE-MD5-DES -certpbe PBE-SHA1-DES",
                "-keypbe NONE -certpbe NONE -macalg sha512-256",
                "-nomac"
            })
    void everyEncryptionLoadsWithEveryPassword(String options) throws Exception {
        for (String password : List.of("changeit", "müßäö€", "", "\ud83d\udd11 key")) {
            Path file = export(password, options.split(" ", -1));
            assertWhole(load(file, password));
            if (!options.contains("NONE")) {
                refused(ErrorReason.BAD_DECRYPT, file, password + "!");
            }
        }
    }

    /** Neither the JCA nor {@code openssl pkcs8} has anything to do with these files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-keypbe aria-128-cbc",
                "-certpbe camellia-256-cbc",
                "-macalg sha3-256",
            })
    void whatCannotBeDecryptedIsConvertedAsPkcs12(String options) throws Exception {
        TlsException refused =
                refused(ErrorReason.UNSUPPORTED_ENCRYPTION, export("changeit", options.split(" ", -1)), "changeit");
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("convert it with: openssl pkcs12 -export -keypbe AES-256-CBC"), message);
        assertFalse(message.contains("pkcs8"), message);
    }

    /** OpenSSL before 1.1 took the bytes of the password for its characters. */
    @Test
    void aFileOfAnOldOpenSslLoads() throws Exception {
        String asOnceRead = new String("müßäö€".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertWhole(load(export(asOnceRead, "-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES"), "müßäö€"));
    }

    @Test
    void filesOfTheJdkLoadForIdentitiesAndForTrust() throws Exception {
        CertifiedKey identity = load(export("changeit"), "changeit");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "leaf",
                identity.privateKey(),
                "changeit".toCharArray(),
                identity.chain().toArray(new Certificate[0]));
        store.setCertificateEntry("root", identity.chain().get(1));
        Path file = directory.resolve("jdk.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        assertWhole(load(file, "changeit"));
        assertEquals(List.of(identity.chain().get(1)), trusted(file, "changeit"));
        assertEquals(
                List.of(identity.chain().get(1)),
                TrustStore.builder().keyStore(store).build().load(CRYPTO).certificates());
    }

    /** JDK 17 writes a form of its own that it cannot read itself; later ones write that of RFC 9579. */
    @ParameterizedTest
    @ValueSource(strings = {"PBEWithHmacSHA256", "PBEWithHmacSHA512", "HmacPBESHA512"})
    void theMacsOfTheJdkAreRead(String algorithm) throws Exception {
        CertifiedKey identity = load(export("changeit"), "changeit");
        Path file = directory.resolve(algorithm + ".p12");
        System.setProperty("keystore.pkcs12.macAlgorithm", algorithm);
        try (var out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "leaf",
                    identity.privateKey(),
                    "changeit".toCharArray(),
                    identity.chain().toArray(new Certificate[0]));
            store.store(out, "changeit".toCharArray());
        } finally {
            System.clearProperty("keystore.pkcs12.macAlgorithm");
        }
        assertWhole(load(file, "changeit"));
        refused(ErrorReason.BAD_DECRYPT, file, "wrong");
    }

    private static List<X509Certificate> trusted(Path file, String password) throws TlsException {
        return TrustStore.builder()
                .pkcs12(file, PasswordSource.of(password))
                .build()
                .load(CRYPTO)
                .certificates();
    }

    @Test
    void certificatesAloneAreTrustAndNoIdentity() throws Exception {
        Path both = directory.resolve("certificates.p12");
        OpenSsl.make(
                "pkcs12",
                "-export",
                "-nokeys",
                "-in",
                path("leaf.pem"),
                "-certfile",
                path("root.pem"),
                "-passout",
                "pass:changeit",
                "-out",
                both.toString());
        assertEquals(2, trusted(both, "changeit").size());
        refused(ErrorReason.NO_START_LINE, both, "changeit");
        assertEquals(
                List.of("CN=root"),
                trusted(export("changeit"), "changeit").stream()
                        .map(certificate ->
                                certificate.getSubjectX500Principal().getName())
                        .toList(),
                "an identity's own certificate is nobody's authority");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        Path keyOnly = directory.resolve("key.p12");
        OpenSsl.make(
                "pkcs12",
                "-export",
                "-nocerts",
                "-inkey",
                path("leaf.key"),
                "-passout",
                "pass:changeit",
                "-out",
                keyOnly.toString());
        TlsException refused = refused(ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND, keyOnly, "changeit");
        assertTrue(String.valueOf(refused.getMessage()).contains("no certificate"), refused::getMessage);
        Path empty = directory.resolve("empty.p12");
        KeyStore nothing = KeyStore.getInstance("PKCS12");
        nothing.load(null, null);
        try (var out = Files.newOutputStream(empty)) {
            nothing.store(out, "changeit".toCharArray());
        }
        refused(ErrorReason.NO_START_LINE, empty, "changeit");
        TlsException untrusted = assertThrows(TlsException.class, () -> trusted(empty, "changeit"));
        assertEquals(ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND, untrusted.reason());
        refused(ErrorReason.BAD_ASN1, Path.of(path("leaf.pem")), "changeit");
    }

    @Test
    void aKeyWithoutAChainInAKeyStoreIsADeclaredFailure() throws Exception {
        CertifiedKey identity = load(export("changeit"), "changeit");
        KeyStore token = new KeyStoreWithoutChains(identity.privateKey());
        TlsException refused = assertThrows(
                TlsException.class,
                () -> Credentials.keyStore(token, "key", PasswordSource.of("")).load(CRYPTO));
        assertEquals(ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND, refused.reason());
    }

    @Test
    void aKeyAmongOthersCertificatesIsAMismatch() throws Exception {
        refused(ErrorReason.KEY_VALUES_MISMATCH, export("changeit", "-nocerts"), "changeit");
    }

    @Test
    void berLoadsToo() throws Exception {
        for (String[] options : new String[][] {{}, {"-keypbe", "PBE-SHA1-3DES", "-certpbe", "NONE"}}) {
            byte[] der = Files.readAllBytes(export("changeit", options));
            Path file = Files.write(directory.resolve("ber.p12"), ber(der));
            assertWhole(load(file, "changeit"));
        }
    }

    @Test
    void iterationsAreBounded() throws Exception {
        Path file = export("changeit", "-iter", "2", "-macalg", "sha256");
        byte[] der = Files.readAllBytes(file);
        byte[] endless = replaceLast(der, new byte[] {2, 1, 2}, new byte[] {2, 4, 0x7f, (byte) 0xff, 0, 0});
        Path hostile = Files.write(directory.resolve("endless.p12"), endless);
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> refused(ErrorReason.UNSUPPORTED_ENCRYPTION, hostile, "changeit"));
    }

    /** With longer bytes in place of the last occurrence, in the last field of MacData; lengths around it grow. */
    private static byte[] replaceLast(byte[] der, byte[] old, byte[] replacement) throws Exception {
        DerReader pfx = DerReader.of(der).enter(DerReader.SEQUENCE);
        byte[] version = pfx.element();
        byte[] safe = pfx.element();
        byte[] mac = pfx.enter(DerReader.SEQUENCE).rest();
        assertTrue(Arrays.equals(old, Arrays.copyOfRange(mac, mac.length - old.length, mac.length)));
        byte[] changed = DerWriter.sequence(Arrays.copyOf(mac, mac.length - old.length), replacement);
        return DerWriter.sequence(version, safe, changed);
    }

    /** All lengths of what is constructed open, and OCTET STRINGs in two pieces. */
    private static byte[] ber(byte[] der) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DerReader reader = DerReader.of(der);
        while (!reader.atEnd()) {
            int tag = reader.peek();
            byte[] content = reader.content(tag);
            boolean implicit = tag == DerReader.contextPrimitive(0);
            if ((tag & 0x20) != 0) {
                open(out, tag, ber(content));
            } else if ((tag == DerReader.OCTET_STRING || implicit) && content.length > 64) {
                byte[] first = DerWriter.element(DerReader.OCTET_STRING, Arrays.copyOf(content, 40));
                byte[] rest =
                        DerWriter.element(DerReader.OCTET_STRING, Arrays.copyOfRange(content, 40, content.length));
                ByteArrayOutputStream pieces = new ByteArrayOutputStream();
                pieces.writeBytes(first);
                pieces.writeBytes(rest);
                open(out, tag | 0x20, pieces.toByteArray());
            } else {
                out.writeBytes(DerWriter.element(tag, content));
            }
        }
        return out.toByteArray();
    }

    private static void open(ByteArrayOutputStream out, int tag, byte[] content) {
        out.write(tag);
        out.write(0x80);
        out.writeBytes(content);
        out.write(0);
        out.write(0);
    }

    /** A token whose key has no certificate yet. */
    private static final class KeyStoreWithoutChains extends KeyStore {
        KeyStoreWithoutChains(PrivateKey key) throws Exception {
            super(new OneKeySpi(key), KeyStore.getInstance("PKCS12").getProvider(), "token");
            load(null, null);
        }
    }
}
