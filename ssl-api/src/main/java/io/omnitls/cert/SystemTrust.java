package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.Excerpt;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the system trusts: the stores of Windows and macOS, the bundle, the directories, and where there is none of these, the
 * certificates of the Java runtime.
 */
final class SystemTrust {
    private final UnaryOperator<@Nullable String> environment;
    private final DefaultVerifyPaths paths;
    private final SystemStore store;

    /** @param environment the variables */
    SystemTrust(UnaryOperator<@Nullable String> environment, DefaultVerifyPaths paths, SystemStore store) {
        this.environment = environment;
        this.paths = paths;
        this.store = store;
    }

    static void load(TrustStore.Loading loading) throws TlsException {
        new SystemTrust(System::getenv, DefaultVerifyPaths.current(), SystemStore.current()).addTo(loading);
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
            fromJavaRuntime(loading);
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

    private static void fromJavaRuntime(TrustStore.Loading loading) throws TlsException {
        Path cacerts = Paths.get(System.getProperty("java.home"), "lib", "security", "cacerts");
        try {
            // Its certificates stand in the clear, so it opens without the password.
            KeyStore runtime = KeyStore.getInstance(cacerts.toFile(), (char[]) null);
            for (String alias : Collections.list(runtime.aliases())) {
                loading.der(runtime.getCertificate(alias).getEncoded(), cacerts + ", " + Excerpt.name(alias));
            }
        } catch (TlsException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException(
                    ErrorReason.NO_SUCH_FILE,
                    "no system certificates found, and " + cacerts + " cannot be read: " + Excerpt.of(e)
                            + "; name the certificate authorities with verifyLocations, or set SSL_CERT_FILE");
        }
    }
}
