package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.TlsProviders;
import io.omnitls.cert.CertifiedKey;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.PasswordSource;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.LoaderSamples.Sample;
import io.omnitls.testkit.pki.Pbmac1;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Part 5 of SPEC.md, its second half: certificates and keys are loaded alike on every provider. */
public interface LoaderContract extends Contract {

    private CryptoServices crypto() {
        return TlsProviders.named(fixture().provider()).crypto();
    }

    /** The module's approved mode has neither PKCS#12's own derivation of keys nor MD5. */
    private boolean approvedOnly() {
        return fixture().expected().has(Feature.FIPS);
    }

    /** The system properties {@code loader.cases} and {@code loader.seed} ask for more of them, or for the same again. */
    @Test
    default void rule5_20_whatAMutatedFileThrowsIsDeclaredPromptAndSilentAboutItsContent(@TempDir Path directory)
            throws Exception {
        int cases = Integer.getInteger("loader.cases", 1000);
        long seed = Long.getLong("loader.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Sample> samples = new LoaderSamples(directory).all();
        Path file = directory.resolve("mutated");
        LoaderJudge judge = new LoaderJudge(crypto());
        for (Sample sample : samples) {
            Files.write(file, sample.content());
            judge.judge(sample, file, "as it is");
        }
        assertTrue(judge.loaded() >= (approvedOnly() ? samples.size() / 2 : samples.size() - 1), judge::toString);
        for (int i = 0; i < cases; i++) {
            Sample sample = samples.get(random.nextInt(samples.size()));
            Files.write(file, Mutation.of(sample.content(), random));
            judge.judge(sample, file, "-Dloader.seed=" + seed + ", case " + i);
        }
        assertTrue(judge.refused() > cases / 4, judge::toString);
    }

    @Test
    default void rule5_21_pkcs12LoadsWhateverItsPasswordAndItsDigestAre(@TempDir Path directory) throws Exception {
        LoaderSamples samples = new LoaderSamples(directory);
        samples.identity("ec", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        for (String options : List.of(
                "-macalg sha256",
                "-macalg sha1 -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES",
                "-macalg sha384 -keypbe aes-128-cbc -certpbe NONE",
                "-macalg sha512 -iter 20000",
                "-nomaciter -keypbe PBE-SHA1-2DES")) {
            Path file = samples.pkcs12("classical.p12", options);
            if (approvedOnly()) {
                assertRefused(ErrorReason.UNSUPPORTED_ENCRYPTION, file, LoaderSamples.PASSWORD);
            } else {
                assertLoads(file);
                assertRefused(ErrorReason.BAD_DECRYPT, file, "not this one, but long enough");
            }
        }
        Path modern = Pbmac1.protect(samples.pkcs12("modern.p12", "-nomac"), LoaderSamples.PASSWORD);
        assertLoads(modern);
        assertRefused(ErrorReason.BAD_DECRYPT, modern, "not this one, but long enough");
        Path keyOnly = samples.pkcs12("key-only.p12", "-nocerts -nomac");
        assertRefused(ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND, keyOnly, LoaderSamples.PASSWORD);
        Path trust = samples.openssl(
                "trust.p12", "pkcs12 -export -nokeys -nomac -in @ec.pem -passout file:" + directory + "/password");
        assertEquals(
                1,
                TrustStore.builder()
                        .pkcs12(trust, LoaderSamples.password())
                        .build()
                        .load(crypto())
                        .certificates()
                        .size());
    }

    @Test
    default void rule5_22_encryptedKeysLoadWhateverTheirPasswordIs(@TempDir Path directory) throws Exception {
        LoaderSamples samples = new LoaderSamples(directory);
        samples.identity("ec", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        for (String options :
                List.of("-v2 aes-256-cbc", "-v2 aes-128-cbc -v2prf hmacWithSHA1", "-scrypt", "-v1 PBE-SHA1-3DES")) {
            Credentials right = Credentials.pem(
                    samples.file("ec.pem"), samples.pkcs8("encrypted.key", options), LoaderSamples.password());
            Credentials wrong = Credentials.pem(
                    samples.file("ec.pem"), samples.file("encrypted.key"), PasswordSource.of("not this one, but long"));
            if (approvedOnly() && options.startsWith("-v1")) {
                assertRefused(ErrorReason.UNSUPPORTED_ENCRYPTION, right);
            } else {
                right.load(crypto());
                assertRefused(ErrorReason.BAD_DECRYPT, wrong);
            }
        }
    }

    /** What each backend can use differs; that key and certificate belong together does not. */
    @Test
    default void rule5_23_aCurveThatTheBackendLacksIsNamed(@TempDir Path directory) throws Exception {
        LoaderSamples samples = new LoaderSamples(directory);
        samples.identity("ec", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        samples.openssl("spelt-out.key", "ec -in @ec.key -param_enc explicit");
        Credentials.pem(samples.file("ec.pem"), samples.file("spelt-out.key")).load(crypto());
        for (String curve : List.of("brainpoolP256r1", "brainpoolP384t1", "secp256k1")) {
            samples.identity(curve, "-algorithm EC -pkeyopt ec_paramgen_curve:" + curve);
            Credentials own = Credentials.pem(samples.file(curve + ".pem"), samples.file(curve + ".key"));
            if (signs(samples.openssl(curve + ".p8", "pkcs8 -topk8 -nocrypt -outform DER -in @" + curve + ".key"))) {
                own.load(crypto());
            } else {
                TlsException unsupported = assertThrows(TlsException.class, () -> own.load(crypto()));
                assertEquals(ErrorReason.UNSUPPORTED_KEY_TYPE, unsupported.reason(), unsupported::getMessage);
                assertTrue(String.valueOf(unsupported.getMessage()).contains(curve), unsupported::getMessage);
            }
            if (!curve.endsWith("t1")) { // the JDK reads no certificate with a curve of whose name it never heard
                assertRefused(
                        ErrorReason.KEY_VALUES_MISMATCH,
                        Credentials.pem(samples.file(curve + ".pem"), samples.file("ec.key")));
            }
        }
    }

    /** Whether the backend itself has this key for anything. */
    private boolean signs(Path pkcs8) throws IOException {
        try {
            Signature signature = crypto().signature("SHA256withECDSA");
            signature.initSign(
                    crypto().keyFactory("EC").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(pkcs8))));
            return signature.sign().length > 0;
        } catch (GeneralSecurityException | RuntimeException unusable) {
            return false;
        }
    }

    @Test
    default void rule5_24_noPartOfAKeyIsInAMessage() throws Exception {
        String certificate = fixture().authority().certificatePem();
        String key = fixture().server(fixture().keyKinds().get(0)).keyPem();
        String body = key.replaceAll("-----[A-Z ]+-----|\\s", "");
        for (String broken : List.of(
                key.replace('\n', ' '), // echo $KEY
                key.replace("\n", ""),
                key.replaceFirst("-----\\s", "-----"),
                key.replaceFirst("\\s-----END", "-----END"),
                key.replaceFirst("-----END[A-Z ]+", "-----END "),
                key.replaceFirst("BEGIN PRIVATE", "BEGIN " + body.substring(0, 64)),
                key.replaceFirst("BEGIN PRIVATE KEY-----", "BEGIN " + body + " PRIVATE KEY-----"),
                key.replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: " + body + "\n\n"))) {
            TlsException refused = assertThrows(
                    TlsException.class,
                    () -> Credentials.pem(certificate, broken, LoaderSamples.password())
                            .load(crypto()));
            LoaderJudge.assertSilent(refused, broken.getBytes(StandardCharsets.US_ASCII), "rule 5.24");
        }
    }

    @Test
    default void rule5_25_everyCertificateOfAFileIsLoaded(@TempDir Path directory) throws Exception {
        byte[] first = fixture().authority().certificatePem().getBytes(StandardCharsets.US_ASCII);
        byte[] second =
                fixture().server(fixture().keyKinds().get(0)).certificatePem().getBytes(StandardCharsets.US_ASCII);
        byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        byte[] der = LoaderSamples.concatenated(LoaderSamples.body(first), LoaderSamples.body(second));
        byte[] marked = LoaderSamples.concatenated(
                LoaderSamples.concatenated(mark, first), LoaderSamples.concatenated(mark, second));
        for (byte[] content : List.of(marked, LoaderSamples.concatenated(first, second), der)) {
            Path file = Files.write(directory.resolve("two"), content);
            assertEquals(2, loaded(TrustStore.builder().file(file)));
        }
        assertEquals(2, loaded(TrustStore.builder().der(der)));
        byte[] garbage = LoaderSamples.concatenated(LoaderSamples.body(first), new byte[] {1, 2, 3});
        TlsException refused = assertThrows(
                TlsException.class, () -> loaded(TrustStore.builder().der(garbage)));
        assertEquals(ErrorReason.BAD_ASN1, refused.reason());
        assertTrue(String.valueOf(refused.getMessage()).contains("byte " + (garbage.length - 3)), refused::getMessage);
    }

    private int loaded(TrustStore.Builder store) throws TlsException {
        return store.build().load(crypto()).certificates().size();
    }

    private void assertLoads(Path file) {
        CertifiedKey identity = assertDoesNotThrow(
                () -> Credentials.pkcs12(file, LoaderSamples.password()).load(crypto()));
        assertEquals("CN=ec", identity.leaf().getSubjectX500Principal().getName());
    }

    private void assertRefused(ErrorReason reason, Path file, String password) {
        assertRefused(reason, Credentials.pkcs12(file, PasswordSource.of(password)));
    }

    private void assertRefused(ErrorReason reason, Credentials credentials) {
        TlsException refused = assertThrows(TlsException.class, () -> credentials.load(crypto()));
        assertEquals(reason, refused.reason(), refused::getMessage);
    }
}
