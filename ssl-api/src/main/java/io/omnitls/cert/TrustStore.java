package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.PemBlock;
import io.omnitls.spi.CryptoServices;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where trust comes from: files, directories, texts, certificates, the system. Immutable; loaded with the provider's own
 * cryptography when a context is built, and again by each build.
 */
public final class TrustStore {
    private final List<Source> sources;

    private interface Source {
        List<X509Certificate> load(CryptoServices crypto) throws TlsException;
    }

    private TrustStore(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Starts with nobody. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads all sources.
     *
     * @throws TlsException when a file is missing (NO_SUCH_FILE) or malformed, or one that was named has no certificate
     *     in it (NO_CERTIFICATE_OR_CRL_FOUND)
     */
    public TrustAnchors load(CryptoServices crypto) throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Source source : sources) {
            certificates.addAll(source.load(crypto));
        }
        return TrustAnchors.of(certificates);
    }

    /** Collects sources. Not thread-safe. */
    public static final class Builder {
        private final List<Source> sources = new ArrayList<>();

        private Builder() {}

        /** A file of concatenated PEM certificates, with any text around them, or one certificate in DER. */
        public Builder file(Path cafile) {
            return add(crypto -> fromSource(SourceFile.read(cafile), crypto));
        }

        /**
         * A directory of PEM files that {@code openssl rehash} has named by the hashes of their subjects, such as
         * {@code 3513523f.0}; other files are passed over.
         */
        public Builder directory(Path capath) {
            return add(crypto -> fromDirectory(capath, crypto));
        }

        /** PEM text with one or more certificates. */
        public Builder pem(String cadata) {
            return add(crypto -> fromSource(SourceFile.of(cadata, "the CA text"), crypto));
        }

        /** One certificate in DER; it is copied. */
        public Builder der(byte[] cadata) {
            byte[] copy = cadata.clone();
            return add(crypto -> List.of(Pem.certificate(copy, "the CA data", crypto)));
        }

        /** This certificate. */
        public Builder certificate(X509Certificate certificate) {
            return certificates(List.of(certificate));
        }

        /** These certificates. */
        public Builder certificates(Collection<X509Certificate> certificates) {
            List<X509Certificate> copy = List.copyOf(certificates);
            return add(crypto -> copy);
        }

        /**
         * What the system trusts: SSL_CERT_FILE and SSL_CERT_DIR where the environment has them, else the system's
         * bundle, else the certificates of the Java runtime.
         */
        public Builder systemDefault() {
            return add(TrustStore::fromSystem);
        }

        private Builder add(Source source) {
            sources.add(source);
            return this;
        }

        /** The store. The builder can go on. */
        public TrustStore build() {
            return new TrustStore(sources);
        }
    }

    private static List<X509Certificate> fromSource(SourceFile source, CryptoServices crypto) throws TlsException {
        if (source.der()) {
            return List.of(Pem.certificate(source.content(), source.name(), crypto));
        }
        List<X509Certificate> certificates = Pem.certificates(source.blocks(), source.name(), crypto);
        if (certificates.isEmpty()) {
            throw new TlsException(
                    ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND,
                    source.name() + ": no certificate found, expected CERTIFICATE blocks or DER");
        }
        return certificates;
    }

    private static List<X509Certificate> fromDirectory(Path directory, CryptoServices crypto) throws TlsException {
        // The hash, a dot and a number, as openssl rehash names them; sorted, so that the order is always the same.
        TreeSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "????????.[0-9]*")) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new TlsException(
                    ErrorReason.NO_SUCH_FILE, "cannot list the directory " + directory + ": " + e.getMessage(), e);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (Path file : files) {
            certificates.addAll(fromSource(SourceFile.read(file), crypto));
        }
        return certificates;
    }

    private static List<X509Certificate> fromSystem(CryptoServices crypto) throws TlsException {
        Optional<Path> file = DefaultVerifyPaths.environment(DefaultVerifyPaths.CAFILE_ENVIRONMENT);
        Optional<Path> directory = DefaultVerifyPaths.environment(DefaultVerifyPaths.CAPATH_ENVIRONMENT);
        if (file.isPresent() || directory.isPresent()) {
            List<X509Certificate> certificates = new ArrayList<>();
            if (file.isPresent()) {
                certificates.addAll(fromSource(SourceFile.read(file.get()), crypto));
            }
            if (directory.isPresent()) {
                certificates.addAll(fromDirectory(directory.get(), crypto));
            }
            return certificates;
        }
        Optional<Path> bundle = DefaultVerifyPaths.current().builtInCafile();
        return bundle.isPresent() ? readable(SourceFile.read(bundle.get()), crypto) : fromJavaRuntime(crypto);
    }

    /** The system's bundle is not the user's to mend: a certificate in it that cannot be read is passed over. */
    private static List<X509Certificate> readable(SourceFile bundle, CryptoServices crypto) throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : bundle.blocks()) {
            try {
                certificates.addAll(Pem.certificates(List.of(block), bundle.name(), crypto));
            } catch (TlsException malformed) {
                // Nothing is trusted for it.
            }
        }
        return certificates;
    }

    private static List<X509Certificate> fromJavaRuntime(CryptoServices crypto) throws TlsException {
        Path cacerts = Paths.get(System.getProperty("java.home"), "lib", "security", "cacerts");
        try {
            // Its certificates stand in the clear, so it opens without the password.
            KeyStore store = KeyStore.getInstance(cacerts.toFile(), (char[]) null);
            List<X509Certificate> certificates = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                certificates.add(
                        Pem.certificate(store.getCertificate(alias).getEncoded(), cacerts + ", " + alias, crypto));
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException(
                    ErrorReason.NO_SUCH_FILE,
                    "no system certificates found, and " + cacerts + " cannot be read: " + e.getMessage()
                            + "; name the certificate authorities with verifyLocations, or set SSL_CERT_FILE",
                    e);
        }
    }
}
