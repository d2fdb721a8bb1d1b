package io.omnitls.cert;

import io.omnitls.error.TlsException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the system trusts: the stores of Windows, macOS and Android, the bundle, the directories, and where there is none of
 * these, the certificates of the Java runtime.
 */
final class SystemTrust {
    private final UnaryOperator<@Nullable String> environment;
    private final DefaultVerifyPaths paths;
    private final SystemStore store;
    private final Path runtime;

    /**
     * @param environment the variables
     * @param runtime the file of the Java runtime
     */
    SystemTrust(
            UnaryOperator<@Nullable String> environment, DefaultVerifyPaths paths, SystemStore store, Path runtime) {
        this.environment = environment;
        this.paths = paths;
        this.store = store;
        this.runtime = runtime;
    }

    static void load(TrustStore.Loading loading) throws TlsException {
        Path runtime = Paths.get(System.getProperty("java.home"), "lib", "security", "cacerts");
        new SystemTrust(System::getenv, DefaultVerifyPaths.current(), SystemStore.current(), runtime).addTo(loading);
    }

    void addTo(TrustStore.Loading loading) throws TlsException {
        loading.certificates(store.trusted(), "the system's certificate stores");
        Optional<Path> file = paths.cafile();
        if (file.isPresent()) {
            if (named(DefaultVerifyPaths.CAFILE_ENVIRONMENT)) {
                loading.file(SourceFile.read(file.get()));
            } else {
                loading.bundle(SourceFile.read(file.get()));
            }
        }
        boolean directories = false;
        for (Path directory : paths.capaths()) {
            loading.directory(directory);
            directories |= holdsHashedFiles(directory);
        }
        boolean chosen = named(DefaultVerifyPaths.CAFILE_ENVIRONMENT) || named(DefaultVerifyPaths.CAPATH_ENVIRONMENT);
        if (!chosen && file.isEmpty() && !directories && loading.isEmpty()) {
            RuntimeTrust.load(loading, runtime);
        }
    }

    private boolean named(String variable) {
        return environment.apply(variable) != null;
    }

    /** A system without certificates may have the directory all the same. */
    private static boolean holdsHashedFiles(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.0")) {
            return files.iterator().hasNext();
        } catch (IOException unreadable) {
            return false;
        }
    }
}
