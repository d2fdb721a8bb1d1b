package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.CrlView;
import io.omnitls.internal.x509.PemBlock;
import io.omnitls.spi.CryptoServices;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where trust comes from: files, directories, texts, certificates, the system. Immutable; loaded with the provider's own
 * cryptography when a context is built, and again by each build.
 */
public final class TrustStore {
    private final List<Source> sources;

    private interface Source {
        void load(Loading into) throws TlsException;
    }

    /** What was found so far. */
    private static final class Loading {
        final CryptoServices crypto;
        final List<TrustedCertificate> certificates = new ArrayList<>();
        final List<CrlView> crls = new ArrayList<>();
        final List<HashedDirectory> directories = new ArrayList<>();

        Loading(CryptoServices crypto) {
            this.crypto = crypto;
        }

        void file(SourceFile source) throws TlsException {
            List<TrustedCertificate> foundCertificates = Pem.trusted(source, crypto);
            List<CrlView> foundCrls = Pem.crls(source);
            if (foundCertificates.isEmpty() && foundCrls.isEmpty()) {
                throw new TlsException(
                        ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND,
                        source.name() + ": no certificate found, expected CERTIFICATE or X509 CRL blocks or DER");
            }
            certificates.addAll(foundCertificates);
            crls.addAll(foundCrls);
        }

        void certificate(X509Certificate certificate) throws TlsException {
            certificates.add(Pem.trusted(certificate, "a trusted certificate"));
        }

        void crl(X509CRL crl) throws TlsException {
            crls.add(Pem.crl(crl));
        }

        void directory(Path path) throws TlsException {
            directories.add(HashedDirectory.open(path, crypto));
        }
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
        Loading loading = new Loading(crypto);
        for (Source source : sources) {
            source.load(loading);
        }
        return new TrustAnchors(loading.certificates, loading.crls, loading.directories);
    }

    /** Collects sources. Not thread-safe. */
    public static final class Builder {
        private final List<Source> sources = new ArrayList<>();

        private Builder() {}

        /**
         * A file of concatenated PEM certificates and CRLs, with any text around them, or one certificate or CRL in DER.
         */
        public Builder file(Path cafile) {
            return add(loading -> loading.file(SourceFile.read(cafile)));
        }

        /**
         * A directory of PEM files that {@code openssl rehash} has named by the hashes of their subjects, such as
         * {@code 3513523f.0}, or {@code 3513523f.r0} for CRLs. Nothing is read before a certificate is verified for which
         * the file could be of use; a file that cannot be read then is as good as missing. A certificate that was found stays
         * trusted for as long as the context lives, while revocation lists are read each time.
         */
        public Builder directory(Path capath) {
            return add(loading -> loading.directory(capath));
        }

        /** PEM text with one or more certificates or CRLs. */
        public Builder pem(String cadata) {
            return add(loading -> loading.file(SourceFile.of(cadata, "the CA text")));
        }

        /** One certificate in DER; it is copied. */
        public Builder der(byte[] cadata) {
            byte[] copy = cadata.clone();
            return add(loading -> loading.certificates.add(Pem.trusted(copy, "the CA data", loading.crypto)));
        }

        /** This certificate. */
        public Builder certificate(X509Certificate certificate) {
            return certificates(List.of(certificate));
        }

        /** These certificates. */
        public Builder certificates(Collection<X509Certificate> certificates) {
            List<X509Certificate> copy = List.copyOf(certificates);
            return add(loading -> {
                for (X509Certificate certificate : copy) {
                    loading.certificate(certificate);
                }
            });
        }

        /** This revocation list; what it is good for is decided when a certificate is verified. */
        public Builder crl(X509CRL crl) {
            return add(loading -> loading.crl(crl));
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

    private static void fromSystem(Loading loading) throws TlsException {
        Optional<Path> file = DefaultVerifyPaths.environment(DefaultVerifyPaths.CAFILE_ENVIRONMENT);
        Optional<Path> directory = DefaultVerifyPaths.environment(DefaultVerifyPaths.CAPATH_ENVIRONMENT);
        if (file.isPresent() || directory.isPresent()) {
            if (file.isPresent()) {
                loading.file(SourceFile.read(file.get()));
            }
            if (directory.isPresent()) {
                loading.directory(directory.get());
            }
            return;
        }
        Optional<Path> bundle = DefaultVerifyPaths.current().builtInCafile();
        loading.certificates.addAll(
                bundle.isPresent()
                        ? readable(SourceFile.read(bundle.get()), loading.crypto)
                        : fromJavaRuntime(loading.crypto));
    }

    /** The system's bundle is not the user's to mend: a certificate in it that cannot be read is passed over. */
    private static List<TrustedCertificate> readable(SourceFile bundle, CryptoServices crypto) throws TlsException {
        List<TrustedCertificate> certificates = new ArrayList<>();
        for (PemBlock block : bundle.blocks()) {
            try {
                certificates.addAll(Pem.trusted(List.of(block), bundle.name(), crypto));
            } catch (TlsException malformed) {
                // Nothing is trusted for it.
            }
        }
        return certificates;
    }

    private static List<TrustedCertificate> fromJavaRuntime(CryptoServices crypto) throws TlsException {
        Path cacerts = Paths.get(System.getProperty("java.home"), "lib", "security", "cacerts");
        try {
            // Its certificates stand in the clear, so it opens without the password.
            KeyStore store = KeyStore.getInstance(cacerts.toFile(), (char[]) null);
            List<TrustedCertificate> certificates = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                certificates.add(Pem.trusted(store.getCertificate(alias).getEncoded(), cacerts + ", " + alias, crypto));
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
