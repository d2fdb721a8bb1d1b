package io.omnitls.cert;

import io.omnitls.internal.given.Given;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where this system keeps the certificates that it trusts: Python's {@code get_default_verify_paths}. Each variable of the
 * environment replaces its own built-in place and no other, as in OpenSSL's {@code SSL_CTX_set_default_verify_paths}; what it
 * names and does not exist is passed over.
 *
 * @param cafile the bundle in use: that of the environment if there is such a variable, else the built-in one; empty when it
 *     is not a file
 * @param capaths the directories in use, likewise: the variable has a list of them, separated as in {@code PATH}
 * @param builtInCafile the first of the usual places that exists
 * @param builtInCapath the first of the usual places that exists
 */
public record DefaultVerifyPaths(
        Optional<Path> cafile, List<Path> capaths, Optional<Path> builtInCafile, Optional<Path> builtInCapath) {
    /** The environment variable that names a bundle instead of the built-in one. */
    public static final String CAFILE_ENVIRONMENT = "SSL_CERT_FILE";

    /** The environment variable that names directories instead of the built-in one. */
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

    public DefaultVerifyPaths {
        Objects.requireNonNull(cafile, "cafile");
        Given.all(capaths, "capaths");
        Objects.requireNonNull(builtInCafile, "builtInCafile");
        Objects.requireNonNull(builtInCapath, "builtInCapath");
        capaths = List.copyOf(capaths);
    }

    /** The paths as they are now. */
    public static DefaultVerifyPaths current() {
        return of(System::getenv);
    }

    /** The paths in an environment, whose variables {@code environment} has or has not. */
    static DefaultVerifyPaths of(UnaryOperator<@Nullable String> environment) {
        Optional<Path> file = firstExisting(BUNDLES);
        Optional<Path> directory = firstExisting(DIRECTORIES);
        Optional<String> ownFile = Optional.ofNullable(environment.apply(CAFILE_ENVIRONMENT));
        Optional<String> ownDirectories = Optional.ofNullable(environment.apply(CAPATH_ENVIRONMENT));
        return new DefaultVerifyPaths(
                ownFile.isPresent() ? path(ownFile.get()).filter(DefaultVerifyPaths::file) : file,
                ownDirectories.isPresent()
                        ? directories(ownDirectories.get())
                        : directory.map(List::of).orElse(List.of()),
                file,
                directory);
    }

    /** The first directory in use: Python's {@code capath}. */
    public Optional<Path> capath() {
        return capaths.stream().findFirst();
    }

    private static List<Path> directories(String list) {
        List<Path> directories = new ArrayList<>();
        for (String name : list.split(File.pathSeparator, -1)) {
            path(name).filter(Files::isDirectory).ifPresent(directories::add);
        }
        return directories;
    }

    /** Empty for an empty string, which OpenSSL takes for a file that does not exist, and for what no path can be. */
    private static Optional<Path> path(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Paths.get(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean file(Path path) {
        return Files.exists(path) && !Files.isDirectory(path);
    }

    private static Optional<Path> firstExisting(List<String> paths) {
        return paths.stream().map(Paths::get).filter(Files::isReadable).findFirst();
    }
}
