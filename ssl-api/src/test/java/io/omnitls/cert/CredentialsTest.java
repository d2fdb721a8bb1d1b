package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form that {@code openssl} writes a key in loads, and fits the certificate made with it. */
class CredentialsTest {
    private static final CryptoServices CRYPTO = CryptoServices.ofPlatform();
    private static final PasswordSource PASSWORD = PasswordSource.of("pässword");

    @TempDir
    static Path directory;

    @BeforeAll
    static void makeKeys() throws Exception {
        OpenSsl.make("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", path("rsa"));
        OpenSsl.make("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-out", path("pss"));
        OpenSsl.make("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path("ec"));
        OpenSsl.make("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521", "-out", path("ec521"));
        OpenSsl.make("genpkey", "-algorithm", "ED25519", "-out", path("ed25519"));
        OpenSsl.make("genpkey", "-algorithm", "ED448", "-out", path("ed448"));
        for (String key : new String[] {"rsa", "pss", "ec", "ec521", "ed25519", "ed448"}) {
            OpenSsl.make(
                    "req", "-x509", "-key", path(key), "-subj", "/CN=" + key, "-days", "2", "-out", path(key + ".crt"));
        }
    }

    private static String path(String name) {
        return directory.resolve(name + (name.contains(".") ? "" : ".key")).toString();
    }

    private static CertifiedKey load(String certificate, String key) throws TlsException {
        return Credentials.pem(Path.of(path(certificate + ".crt")), Path.of(path(key)), PASSWORD)
                .load(CRYPTO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "pss", "ec", "ec521", "ed25519", "ed448"})
    void pkcs8LoadsForEveryAlgorithm(String algorithm) throws Exception {
        assertEquals(
                "CN=" + algorithm,
                load(algorithm, algorithm).leaf().getSubjectX500Principal().getName());
    }

    /** RFC 5280's rsaEncryption and X.509's older rsa are one algorithm, in a certificate and in PKCS#8. */
    @Test
    void theOlderIdentifierOfRsaIsRsa() throws Exception {
        OpenSsl.make("pkcs8", "-topk8", "-nocrypt", "-in", path("rsa"), "-outform", "DER", "-out", path("rsa.p8"));
        OpenSsl.make("x509", "-in", path("rsa.crt"), "-outform", "DER", "-out", path("rsa.der"));
        Path certificate = pem("CERTIFICATE", older(Path.of(path("rsa.der"))), "older-rsa.crt");
        Path key = pem("PRIVATE KEY", older(Path.of(path("rsa.p8"))), "older-rsa.key");
        OpenSsl.make("x509", "-in", certificate.toString(), "-pubkey", "-noout");
        for (String known : new String[] {path("rsa"), key.toString()}) {
            Credentials.pem(certificate, Path.of(known)).load(CRYPTO);
        }
        Credentials.pem(Path.of(path("rsa.crt")), key).load(CRYPTO);
        assertFails(ErrorReason.KEY_VALUES_MISMATCH, Credentials.pem(certificate, Path.of(path("ec"))));
    }

    /** With {@code rsa} and parameters of the same length in place of rsaEncryption and NULL. */
    private static byte[] older(Path der) throws Exception {
        HexFormat hex = HexFormat.of();
        String content = hex.formatHex(Files.readAllBytes(der));
        String changed = content.replace("06092a864886f70d0101010500", "060455080101" + "02050100000800");
        assertNotEquals(content, changed);
        return hex.parseHex(changed);
    }

    private static Path pem(String label, byte[] der, String name) throws Exception {
        String body = Base64.getMimeEncoder().encodeToString(der);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void theTraditionalFormsLoadPlainAndEncrypted(String algorithm) throws Exception {
        OpenSsl.make("pkey", "-in", path(algorithm), "-traditional", "-out", path(algorithm + "-old"));
        load(algorithm, algorithm + "-old");
        for (String cipher : new String[] {"aes128", "aes192", "aes256", "des3"}) {
            String out = algorithm + "-old-" + cipher;
            OpenSsl.make(
                    algorithm, "-in", path(algorithm), "-" + cipher, "-passout", "pass:pässword", "-out", path(out));
            if (algorithm.equals("rsa")) {
                OpenSsl.make(
                        "rsa",
                        "-in",
                        path(algorithm),
                        "-traditional",
                        "-" + cipher,
                        "-passout",
                        "pass:pässword",
                        "-out",
                        path(out));
                assertTrue(Files.readString(Path.of(path(out))).contains("DEK-Info"));
            }
            load(algorithm, out);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-v2 aes-128-cbc",
                "-v2 aes-192-cbc",
                "-v2 aes-256-cbc",
                "-v2 des3",
                "-v2 aes-256-cbc -v2prf hmacWithSHA1",
                "-v2 aes-256-cbc -v2prf hmacWithSHA224",
                "-v2 aes-256-cbc -v2prf hmacWithSHA384",
                "-v2 aes-256-cbc -v2prf hmacWithSHA512",
                "-scrypt",
                "-v1 PBE-SHA1-3DES"
            })
    void encryptedPkcs8LoadsWithTheRightPasswordOnly(String scheme) throws Exception {
        String out = "p8" + scheme.replaceAll("\\W", "");
        String[] command = ("pkcs8 -topk8 -in " + path("ec") + " -out " + path(out) + " " + scheme).split(" ", -1);
        String[] withPassword = java.util.Arrays.copyOf(command, command.length + 2);
        withPassword[command.length] = "-passout";
        // PKCS#12's derivation takes characters where OpenSSL's command line has bytes; ASCII is both.
        String password = scheme.startsWith("-v1") ? "password" : "pässword";
        withPassword[command.length + 1] = "pass:" + password;
        OpenSsl.make(withPassword);
        Path certificate = Path.of(path("ec.crt"));
        Path key = Path.of(path(out));
        Credentials.pem(certificate, key, PasswordSource.of(password)).load(CRYPTO);
        assertFails(ErrorReason.BAD_DECRYPT, Credentials.pem(certificate, key, PasswordSource.of("wrong")));
        assertFails(ErrorReason.BAD_PASSWORD_READ, Credentials.pem(certificate, key));
    }

    @Test
    void oneFileMayHoldBothInEitherOrderWithTextAround() throws Exception {
        String key = Files.readString(Path.of(path("ec")));
        String certificate = Files.readString(Path.of(path("ec.crt")));
        for (String text : new String[] {key + "some text\n" + certificate, certificate.replace("\n", "\r\n") + key}) {
            Path file = Files.writeString(directory.resolve("both" + text.hashCode() + ".pem"), text);
            Credentials.pem(file).load(CRYPTO);
        }
    }

    @Test
    void pkcs12AndKeyStoresLoad() throws Exception {
        OpenSsl.make(
                "pkcs12",
                "-export",
                "-in",
                path("ec.crt"),
                "-inkey",
                path("ec"),
                "-passout",
                "pass:secret",
                "-out",
                path("ec.p12"));
        Path file = Path.of(path("ec.p12"));
        CertifiedKey loaded =
                Credentials.pkcs12(file, PasswordSource.of("secret")).load(CRYPTO);
        assertEquals("CN=ec", loaded.leaf().getSubjectX500Principal().getName());
        assertFails(ErrorReason.BAD_DECRYPT, Credentials.pkcs12(file, PasswordSource.of("wrong")));
        KeyStore store = KeyStore.getInstance(file.toFile(), "secret".toCharArray());
        Credentials.keyStore(store, store.aliases().nextElement(), PasswordSource.of("secret"))
                .load(CRYPTO);
        assertFails(ErrorReason.NO_START_LINE, Credentials.keyStore(store, "nobody", PasswordSource.of("secret")));
    }

    @Test
    void aKeyThatDoesNotFitIsRefused() {
        assertFails(ErrorReason.KEY_VALUES_MISMATCH, Credentials.pem(Path.of(path("ec.crt")), Path.of(path("ec521"))));
        assertFails(ErrorReason.KEY_VALUES_MISMATCH, Credentials.pem(Path.of(path("ec.crt")), Path.of(path("rsa"))));
        assertFails(
                ErrorReason.KEY_VALUES_MISMATCH, Credentials.pem(Path.of(path("ed25519.crt")), Path.of(path("ec"))));
    }

    @Test
    void whatIsMissingIsNamed() {
        TlsException missing = assertFails(
                ErrorReason.NO_SUCH_FILE, Credentials.pem(Path.of("/no/such/file"), Path.of("/no/such/key")));
        assertTrue(missing.getMessage().contains("/no/such/file"), missing.getMessage());
        TlsException noKey = assertFails(ErrorReason.NO_START_LINE, Credentials.pem(Path.of(path("ec.crt"))));
        assertTrue(noKey.getMessage().contains("found: CERTIFICATE"), noKey.getMessage());
    }

    @Test
    void aDamagedKeyIsADeclaredFailure() throws Exception {
        String certificate = Files.readString(Path.of(path("rsa.crt")));
        String key = Files.readString(Path.of(path("rsa")));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            StringBuilder damaged = new StringBuilder(key);
            for (int j = 0; j <= random.nextInt(3); j++) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.setCharAt(at, (char) random.nextInt(256));
                    default -> damaged.setLength(Math.max(at, 1));
                }
            }
            try {
                Credentials.pem(certificate, damaged.toString()).load(CRYPTO);
            } catch (TlsException declared) {
                assertTrue(!declared.getMessage().isEmpty(), "seed " + seed);
            }
        }
    }

    private static TlsException assertFails(ErrorReason reason, Credentials credentials) {
        TlsException failure = assertThrows(TlsException.class, () -> credentials.load(CRYPTO));
        assertEquals(reason, failure.reason(), failure.getMessage());
        return failure;
    }
}
