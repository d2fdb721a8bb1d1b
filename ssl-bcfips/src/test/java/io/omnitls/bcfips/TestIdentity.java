package io.omnitls.bcfips;

import io.omnitls.forge.oracle.MissingJudge;
import io.omnitls.spi.CryptoServices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A key and its self-signed certificate, made by the {@code openssl} command: every Java library for that drags bcprov
 * in.
 */
record TestIdentity(PrivateKey key, X509Certificate certificate) {

    /** What can be made, with the key's algorithm in Java and its description for {@code openssl genpkey}. */
    enum Kind {
        RSA("RSA", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
        RSA_1024("RSA", "-algorithm RSA -pkeyopt rsa_keygen_bits:1024"),
        RSA_PSS("RSASSA-PSS", "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048"),
        P256("EC", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"),
        P384("EC", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384"),
        P521("EC", "-algorithm EC -pkeyopt ec_paramgen_curve:P-521"),
        ED25519("Ed25519", "-algorithm ED25519"),
        ED448("Ed448", "-algorithm ED448"),
        DSA("DSA", "-paramfile dsa.params");

        private final String algorithm;
        private final String genpkey;

        Kind(String algorithm, String genpkey) {
            this.algorithm = algorithm;
            this.genpkey = genpkey;
        }

        String algorithm() {
            return algorithm;
        }
    }

    private static final CryptoServices CRYPTO = new BcFipsProvider().crypto();
    private static final Map<Kind, Path> MADE = new EnumMap<>(Kind.class);

    /** The identity of a kind, always the same in one process. */
    static TestIdentity of(Kind kind) {
        return of(kind, CRYPTO);
    }

    /** The same identity, with the key held by other cryptography. */
    static TestIdentity of(Kind kind, CryptoServices crypto) {
        try {
            Path directory = directory(kind);
            PrivateKey key = crypto.keyFactory(kind.algorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(decode(keyFile(directory))));
            try (InputStream in = Files.newInputStream(certificateFile(directory))) {
                return new TestIdentity(
                        key, (X509Certificate) crypto.certificateFactory().generateCertificate(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files of an identity, for peers that are not written in Java. */
    static Path certificateFile(Path directory) {
        return directory.resolve("certificate.pem");
    }

    static Path keyFile(Path directory) {
        return directory.resolve("key.pem");
    }

    static synchronized Path directory(Kind kind) {
        return MADE.computeIfAbsent(kind, TestIdentity::make);
    }

    private static Path make(Kind kind) {
        try {
            Path directory = Files.createTempDirectory("omnitls-bcfips-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            if (kind == Kind.DSA) {
                openssl(directory, "genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 -out dsa.params");
            }
            openssl(directory, "genpkey " + kind.genpkey + " -out key.pem");
            openssl(directory, "req -x509 -new -key key.pem -subj /CN=" + kind + " -days 30 -out certificate.pem");
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void openssl(Path directory, String arguments) throws IOException {
        Process process =
                start(new ProcessBuilder(Stream.concat(Stream.of("openssl"), Stream.of(arguments.split(" ", -1)))
                                .toList())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("openssl.log").toFile()));
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(
                        "openssl " + arguments + ": " + Files.readString(directory.resolve("openssl.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Process start(ProcessBuilder openssl) {
        try {
            return openssl.start();
        } catch (IOException missing) {
            throw MissingJudge.of("openssl", missing);
        }
    }

    private static byte[] decode(Path pem) throws IOException {
        List<String> lines = Files.readAllLines(pem);
        return Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException leftToTheOperatingSystem) {
            // It is the temporary directory.
        }
    }
}
