package io.omnitls.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build made of {@code src/it}, from the installed artifacts. */
final class Applications {
    private static final String PASSWORD = "password";

    private Applications() {}

    /** Where Maven put what it made of one of the projects. */
    static Path target(String project) {
        return Path.of(System.getProperty("applications"), project, "target");
    }

    /** The jar of a project's dependencies that begins with {@code artifact}. */
    static String jar(String project, String artifact) {
        try (Stream<Path> jars = Files.list(target(project).resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(artifact + "-"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A new certificate for localhost in {@code directory}: its PKCS#12 file, the password, and the PEM file to trust, as
     * the applications take them after the provider's name.
     */
    static List<String> identity(Path directory, String... algorithm) throws Exception {
        String store = directory.resolve("localhost.p12").toString();
        String certificate = directory.resolve("localhost.pem").toString();
        List<String> entry =
                List.of("-alias", "localhost", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store);
        Tool keytool = Tool.ofThisJdk("keytool");
        keytool.run(Stream.of(
                        List.of("-genkeypair", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-ext", "bc:c"),
                        List.of(algorithm),
                        entry)
                .flatMap(List::stream)
                .toList());
        keytool.run(Stream.of(List.of("-exportcert", "-rfc", "-file", certificate), entry)
                .flatMap(List::stream)
                .toList());
        return List.of(store, PASSWORD, certificate);
    }
}
