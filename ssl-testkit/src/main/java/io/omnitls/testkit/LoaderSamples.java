package io.omnitls.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.omnitls.cert.Credentials;
import io.omnitls.cert.PasswordSource;
import io.omnitls.cert.Pem;
import io.omnitls.cert.TrustStore;
import io.omnitls.spi.CryptoServices;
import io.omnitls.testkit.net.OpenSslPeer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A file of every form that is loaded, made by {@code openssl}, and what loads it. */
final class LoaderSamples {
    static final String PASSWORD = "müßäö€ 14 letters";

    private final Path directory;
    private final Path passwordFile;

    LoaderSamples(Path directory) throws IOException {
        this.directory = directory;
        this.passwordFile = Files.write(directory.resolve("password"), (PASSWORD + "\n").getBytes(UTF_8));
    }

    /** Reads a file with a provider's cryptography. */
    @FunctionalInterface
    interface Loader {
        void load(Path file, CryptoServices crypto) throws IOException, GeneralSecurityException;
    }

    /** One form. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares it
    record Sample(String name, byte[] content, Loader loader) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Runs {@code openssl}; {@code @name} stands for a file here. */
    Path openssl(String out, String command) throws Exception {
        Path file = directory.resolve(out);
        List<String> words = new ArrayList<>();
        for (String word : command.split(" ", -1)) {
            words.add(
                    word.startsWith("@") ? directory.resolve(word.substring(1)).toString() : word);
        }
        words.addAll(List.of("-out", file.toString()));
        OpenSslPeer.run(words.get(0), words.subList(1, words.size()).toArray(new String[0]));
        return file;
    }

    /** A key with its certificate: {@code name.key} and {@code name.pem}. */
    void identity(String name, String algorithm) throws Exception {
        openssl(name + ".key", "genpkey " + algorithm);
        openssl(name + ".pem", "req -new -x509 -key @" + name + ".key -subj /CN=" + name + " -days 2");
    }

    /** A PKCS#12 file of the identity {@code rsa}. */
    Path pkcs12(String out, String options) throws Exception {
        return openssl(out, "pkcs12 -export -in @ec.pem -inkey @ec.key -passout file:" + passwordFile + " " + options);
    }

    /** The key {@code ec} in PKCS#8, encrypted. */
    Path pkcs8(String out, String options) throws Exception {
        return openssl(out, "pkcs8 -topk8 -in @ec.key -passout file:" + passwordFile + " " + options);
    }

    static PasswordSource password() {
        return PasswordSource.of(PASSWORD);
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** All of them. */
    List<Sample> all() throws Exception {
        identity("rsa", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048");
        identity("ec", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        identity("ed", "-algorithm ED25519");
        List<Sample> samples = new ArrayList<>();
        certificates(samples);
        keys(samples);
        containers(samples);
        return samples;
    }

    private void certificates(List<Sample> samples) throws Exception {
        Loader trust = (file, crypto) -> TrustStore.builder().file(file).build().load(crypto);
        byte[] pem = Files.readAllBytes(file("rsa.pem"));
        byte[] der = Files.readAllBytes(openssl("rsa.der", "x509 -in @rsa.pem -outform DER"));
        byte[] crl = Files.readAllBytes(crl());
        samples.add(new Sample("certificates in PEM", concatenated(pem, Files.readAllBytes(file("ec.pem"))), trust));
        samples.add(
                new Sample("certificates in PEM, as a chain", pem, (file, crypto) -> Pem.certificates(file, crypto)));
        samples.add(new Sample("certificates in DER", concatenated(der, der), trust));
        samples.add(new Sample(
                "certificates in DER, as data",
                der,
                (file, crypto) -> TrustStore.builder()
                        .der(Files.readAllBytes(file))
                        .build()
                        .load(crypto)));
        samples.add(new Sample("a CRL in PEM", crl, trust));
        samples.add(new Sample("a CRL in DER", body(crl), trust));
        samples.add(new Sample(
                "Diffie-Hellman parameters",
                Files.readAllBytes(openssl("dh.pem", "genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048")),
                (file, crypto) -> Pem.dhParameters(file)));
    }

    private Path crl() throws Exception {
        Files.createFile(directory.resolve("index"));
        Path config = Files.writeString(
                directory.resolve("ca.cnf"),
                "[ca]\ndefault_ca=own\n[own]\ndatabase=" + directory.resolve("index")
                        + "\ndefault_md=sha256\ndefault_crl_days=2\n");
        return openssl("crl.pem", "ca -gencrl -config " + config + " -cert @ec.pem -keyfile @ec.key");
    }

    private void keys(List<Sample> samples) throws Exception {
        openssl("spelt-out.key", "ec -in @ec.key -param_enc explicit");
        openssl("old-rsa.key", "rsa -in @rsa.key -traditional");
        openssl("old-ec.key", "ec -in @ec.key -aes128 -passout file:" + passwordFile);
        pkcs8("pbes2.key", "-v2 aes-256-cbc");
        pkcs8("scrypt.key", "-scrypt -scrypt_N 1024");
        pkcs8("pbe-3des.key", "-v1 PBE-SHA1-3DES");
        for (String key : List.of(
                "rsa.key",
                "ec.key",
                "ed.key",
                "spelt-out.key",
                "old-rsa.key",
                "old-ec.key",
                "pbes2.key",
                "scrypt.key",
                "pbe-3des.key")) {
            String kind = key.contains("rsa") ? "rsa" : key.startsWith("ed") ? "ed" : "ec";
            Path chain = file(kind + ".pem");
            samples.add(new Sample(
                    key,
                    Files.readAllBytes(file(key)),
                    (file, crypto) -> Credentials.pem(chain, file, password()).load(crypto)));
        }
    }

    private void containers(List<Sample> samples) throws Exception {
        Loader identity = (file, crypto) -> Credentials.pkcs12(file, password()).load(crypto);
        Loader trust = (file, crypto) ->
                TrustStore.builder().pkcs12(file, password()).build().load(crypto);
        for (Path file : List.of(
                pkcs12("modern.p12", "-chain -CAfile " + file("ec.pem")),
                pkcs12("legacy.p12", "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1"),
                pkcs12("without-mac.p12", "-nomac"),
                pkcs12("in-the-clear.p12", "-nomac -keypbe NONE -certpbe NONE"))) {
            samples.add(new Sample(file.getFileName().toString(), Files.readAllBytes(file), identity));
        }
        Path trusted = openssl(
                "trust.p12", "pkcs12 -export -nokeys -nomac -certpbe NONE -in @ec.pem -passout file:" + passwordFile);
        samples.add(new Sample("trust.p12", Files.readAllBytes(trusted), trust));
        samples.add(new Sample("a JKS of trust", javaKeyStore(), LoaderSamples::loadJavaKeyStore));
    }

    private byte[] javaKeyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry(
                "ec",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(body(Files.readAllBytes(file("ec.pem"))))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, PASSWORD.toCharArray());
        return out.toByteArray();
    }

    /** Whether the JDK can still read it is the JDK's affair, which is why there is no password: nothing is checked. */
    private static void loadJavaKeyStore(Path file, CryptoServices crypto) throws IOException {
        KeyStore store;
        try (var in = Files.newInputStream(file)) {
            store = KeyStore.getInstance("JKS");
            store.load(in, null);
        } catch (IOException | GeneralSecurityException | RuntimeException | OutOfMemoryError unreadable) {
            return;
        }
        TrustStore.builder().keyStore(store).build().load(crypto);
    }

    /** The bytes of the one block of a PEM file. */
    static byte[] body(byte[] pem) {
        String text = new String(pem, ISO_8859_1);
        int start = bodyStart(text);
        return Base64.getMimeDecoder()
                .decode(text.substring(start, text.indexOf("-----END ")).getBytes(US_ASCII));
    }

    /** Headers end with an empty line. */
    private static int bodyStart(String text) {
        int headersEnd = text.indexOf("\n\n", text.indexOf("DEK-Info: "));
        return text.contains("DEK-Info: ") ? headersEnd + 2 : text.indexOf('\n', text.indexOf("-----BEGIN ")) + 1;
    }

    /** A PEM file with other bytes in its one block. */
    static byte[] withBody(byte[] pem, byte[] body) {
        String text = new String(pem, ISO_8859_1);
        int start = bodyStart(text);
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(body);
        return (text.substring(0, start) + base64 + "\n" + text.substring(text.indexOf("-----END ")))
                .getBytes(ISO_8859_1);
    }

    static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
