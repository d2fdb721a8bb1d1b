package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The names of the files in a capath are those that {@code openssl rehash} gives. */
class SubjectHashTest {
    private static final List<String> VALUES = List.of(
            "Example", "  two   spaces  ", "MiXeD cAsE", "B\u00fccher AG", "\u0130stanbul", "tab\there", "a@b.example");

    @TempDir
    Path directory;

    @Test
    @Timeout(60)
    void hashesAreOpenSsls() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            X509Certificate certificate =
                    new Forge().subject(name(random)).certificate(Keys.pick(random), Keys.pick(random));
            Path file = Files.writeString(directory.resolve("c" + i), Pem.encodeCertificate(certificate));
            OpenSsl.Result hashes =
                    OpenSsl.run("x509", "-in", file.toString(), "-noout", "-subject_hash", "-subject_hash_old");
            assertEquals(
                    hashes.output().lines().toList(),
                    SubjectHash.of(CertificateView.of(certificate).subject(), CryptoServices.ofPlatform()),
                    () -> "seed " + seed + ", " + certificate.getSubjectX500Principal());
        }
    }

    private static String name(Random random) {
        String[] types = {"CN", "O", "OU", "C", "L"};
        StringBuilder name = new StringBuilder();
        int rdns = 1 + random.nextInt(4);
        for (int i = 0; i < rdns; i++) {
            String type = types[random.nextInt(types.length)];
            String value = type.equals("C") ? "DE" : VALUES.get(random.nextInt(VALUES.size()));
            name.append(i == 0 ? "" : random.nextInt(4) == 0 ? "+" : ",")
                    .append(type)
                    .append("=\"")
                    .append(value)
                    .append('"');
        }
        return name.toString();
    }
}
