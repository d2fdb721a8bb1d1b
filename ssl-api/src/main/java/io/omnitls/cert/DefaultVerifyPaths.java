package io.omnitls.cert;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Optional;

/**
 * Where this system keeps the certificates that it trusts: Python's {@code get_default_verify_paths}.
 *
 * @param cafile the bundle in use: that of the environment if it exists, else the built-in one if it exists
 * @param capath the directory in use, likewise
 * @param builtInCafile the first of the usual places that exists
 * @param builtInCapath the first of the usual places that exists
 */
public record DefaultVerifyPaths(
        Optional<Path> cafile, Optional<Path> capath, Optional<Path> builtInCafile, Optional<Path> builtInCapath) {
    /** The environment variable that names a bundle instead of the built-in one. */
    public static final String CAFILE_ENVIRONMENT = "SSL_CERT_FILE";

    /** The environment variable that names a directory instead of the built-in one. */
    public static final String CAPATH_ENVIRONMENT = "SSL_CERT_DIR";

    /** Debian, Fedora, older Fedora, openSUSE, Alpine and macOS, FreeBSD, OpenBSD. */
    private static final List<String> BUNDLES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/ca-bundle.pem",
            "/etc/ssl/cert.pem",
            "/usr/local/share/certs/ca-root-nss.crt",
            "/etc/ssl/certs/ca-bundle.crt");

    private static final List<String> DIRECTORIES =
            List.of("/etc/ssl/certs", "/etc/pki/tls/certs", "/system/etc/security/cacerts");

    /** The paths as they are now. */
    public static DefaultVerifyPaths current() {
        Optional<Path> file = firstExisting(BUNDLES);
        Optional<Path> directory = firstExisting(DIRECTORIES);
        return new DefaultVerifyPaths(
                environment(CAFILE_ENVIRONMENT).filter(Files::exists).or(() -> file),
                environment(CAPATH_ENVIRONMENT).filter(Files::exists).or(() -> directory),
                file,
                directory);
    }

    static Optional<Path> environment(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(value -> !value.isEmpty())
                .map(Paths::get);
    }

    private static Optional<Path> firstExisting(List<String> paths) {
        return paths.stream().map(Paths::get).filter(Files::isReadable).findFirst();
    }
}
