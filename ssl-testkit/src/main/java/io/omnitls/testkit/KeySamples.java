package io.omnitls.testkit;

import io.omnitls.cert.Credentials;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A certificate of an authority for a key of each sort, made by {@code openssl}. */
final class KeySamples {
    private final Path directory;
    private final Path authority;
    private final Map<KeySample, Path> made = new EnumMap<>(KeySample.class);

    KeySamples(Path directory, TestAuthority authority) throws IOException {
        this.directory = directory;
        this.authority = authority.write(directory, "authority");
        Files.writeString(
                directory.resolve("extensions"),
                "subjectAltName=DNS:" + TestAuthority.SERVER_NAME + "\nkeyUsage=critical,digitalSignature\n");
    }

    /** The authority's certificate. */
    Path authority() {
        return authority;
    }

    /** The file with the certificate, which has its key beside it. */
    Path file(KeySample sample) throws Exception {
        Path known = made.get(sample);
        return known == null ? make(sample) : known;
    }

    Credentials credentials(KeySample sample) throws Exception {
        return Credentials.pem(file(sample));
    }

    private Path make(KeySample sample) throws Exception {
        Path key = Files.writeString(directory.resolve(sample + ".key"), key(sample));
        Path publicKey = directory.resolve(sample + ".pub");
        run("pkey", "-in", key.toString(), "-pubout", "-out", publicKey.toString());
        Path certificate = directory.resolve(sample + ".pem");
        run(
                "x509",
                "-new",
                "-force_pubkey",
                publicKey.toString(),
                "-CA",
                authority.toString(),
                "-CAkey",
                authority.toString(),
                "-subj",
                "/CN=" + sample,
                "-days",
                "1",
                "-extfile",
                directory.resolve("extensions").toString(),
                "-out",
                certificate.toString());
        Path both = Files.writeString(
                directory.resolve(sample + "-both.pem"), Files.readString(certificate) + Files.readString(key));
        made.put(sample, both);
        return both;
    }

    /** One for all tests: to find the primes takes a while. */
    private String key(KeySample sample) throws Exception {
        String known = KEYS.get(sample);
        if (known != null) {
            return known;
        }
        Path key = directory.resolve(sample + ".new");
        List<String> words = new ArrayList<>();
        if (sample.dsa()) {
            Path parameters = Files.writeString(directory.resolve("dsa.pem"), DSA_PARAMETERS);
            words.addAll(List.of("-paramfile", parameters.toString()));
        } else {
            words.addAll(Arrays.asList(sample.options.split(" ", -1)));
        }
        words.addAll(List.of("-out", key.toString()));
        run("genpkey", words.toArray(new String[0]));
        String made = Files.readString(key);
        KEYS.put(sample, made);
        return made;
    }

    private static final Map<KeySample, String> KEYS = new ConcurrentHashMap<>();

    private static void run(String command, String... words) throws Exception {
        OpenSslPeer.run(command, words);
    }

    /** Of 2048 bits; to find some takes seconds. */
    private static final String DSA_PARAMETERS = """
            -----BEGIN DSA PARAMETERS-----
            MIICKAKCAQEAhWvt3Yk4q36kaxZFobGpMkELIfJXTaa+XUusIUijJFxGp9rHu3Wi
            hvnAacoW/1oajjyZ5Lo2ag0QCwJKlvaoMiFqjSpx7jZoKxVk1v+SNmstFlGgj480
            hAcjiRwyiMdZGq/Av/hCvNQ1cjl+aLm8H6ZIWUG/arwaOtQ3a1yMUcLNfC5Zr8bR
            ZcT102QNmDgcIBO/BxwmnqNCTpsR+S/+UEj7gKxfNmBlzcBFJTkYjHUcVGKZnH4n
            31XQm6KFQm5XzRzdWT8PRiduIOj3c6ZsE/I+lR/MirTb9zriwtBNcNu0jeIkq3F2
            GJSgj/rDR5WzbKnMQTerNIXBC5mksK44VwIdANmlmtJ8ZDNrVJxMklvTfzYWZMIx
            VhaW59Ac7l0CggEAeGe8Sw4fMQVHPxL9uryBJ1HcyYf8FwbjmF4L8cxq9v/t1VQY
            Md44qIfblGsmhxMwgq48yb7NDanoNjKpNhW5UbTvyvjwookEaZDe8sdWjvqhz4Of
            t2Cb2Skw8Fw0aKeaMtaC/Dnpqrvo1O3LJh4ITh+WH8Rp9pLEyTUim45a/VPNWn5w
            WbGuEXCIh7Baacx4NaEpVmx9D2xID52h86KzAMsXzPhLYHnLymkO/RHEi5AwfmTL
            vnu6CJyHHeXVsPjcKHJLiLiYgkq4HlJcB5IrsJxjgc2gHw2H4tEftejkalSw6cd+
            rMxVU8rJWZgdLjMvBYPmUkrsyZeU9x0I10iQEg==
            -----END DSA PARAMETERS-----
            """;
}
