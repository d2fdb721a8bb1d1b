package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.given.Given;
import io.omnitls.internal.x509.CrlView;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.PemBlock;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

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
    static final class Loading {
        private final CryptoServices crypto;
        private final List<TrustedCertificate> certificates = new ArrayList<>();
        private final List<CrlView> crls = new ArrayList<>();
        private final List<HashedDirectory> directories = new ArrayList<>();

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

        /** Certificates that somebody else has read, which have to be some to us too. */
        void certificates(Collection<X509Certificate> found, String where) throws TlsException {
            for (X509Certificate certificate : found) {
                certificates.add(Pem.trusted(certificate, where));
            }
        }

        void crl(X509CRL crl) throws TlsException {
            crls.add(Pem.crl(crl));
        }

        /** Certificates and CRLs in DER and nothing else. */
        void der(SourceFile source) throws TlsException {
            certificates.addAll(Pem.derTrusted(source, crypto));
            crls.addAll(Pem.derCrls(source));
        }

        void der(byte[] certificate, String where) throws TlsException {
            certificates.add(Pem.trusted(certificate, where, crypto));
        }

        /** The system's bundle is not the user's to mend: a certificate in it that cannot be read is passed over. */
        void bundle(SourceFile bundle) throws TlsException {
            for (PemBlock block : bundle.blocks()) {
                try {
                    certificates.addAll(Pem.trusted(List.of(block), bundle.name(), crypto));
                } catch (TlsException malformed) {
                    // Nothing is trusted for it.
                }
            }
        }

        TrustAnchors anchors() {
            return new TrustAnchors(certificates, crls, directories);
        }

        boolean isEmpty() {
            return certificates.isEmpty();
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
        Objects.requireNonNull(crypto, "crypto");
        Loading loading = new Loading(crypto);
        for (Source source : sources) {
            source.load(loading);
        }
        return loading.anchors();
    }

    /** Collects sources. Not thread-safe. */
    public static final class Builder {
        private final List<Source> sources = new ArrayList<>();

        private Builder() {}

        /**
         * A file of concatenated PEM certificates and CRLs, with any text around them, or of concatenated certificates and
         * CRLs in DER.
         */
        public Builder file(Path cafile) {
            Objects.requireNonNull(cafile, "cafile");
            return add(loading -> loading.file(SourceFile.read(cafile)));
        }

        /**
         * A directory of PEM files that {@code openssl rehash} has named by the hashes of their subjects, such as
         * {@code 3513523f.0}, or {@code 3513523f.r0} for CRLs. Nothing is read before a certificate is verified for which
         * the file could be of use; a file that cannot be read then is as good as missing. A certificate that was found stays
         * trusted for as long as the context lives, while revocation lists are read each time.
         */
        public Builder directory(Path capath) {
            Objects.requireNonNull(capath, "capath");
            return add(loading -> loading.directory(capath));
        }

        /** PEM text with one or more certificates or CRLs. */
        public Builder pem(String cadata) {
            Objects.requireNonNull(cadata, "cadata");
            return add(loading -> loading.file(SourceFile.of(cadata, "the CA text")));
        }

        /** One or more certificates or CRLs in DER, one behind the other; they are copied. */
        public Builder der(byte[] cadata) {
            Objects.requireNonNull(cadata, "cadata");
            byte[] copy = cadata.clone();
            return add(loading -> loading.der(new SourceFile("the CA data", copy)));
        }

        /**
         * The entries of trusted certificates in a key store, whatever its type; private keys in it are left alone.
         */
        public Builder keyStore(KeyStore store) {
            Objects.requireNonNull(store, "store");
            return add(loading -> loading.certificates(KeyStoreTrust.of(store), "the key store"));
        }

        /**
         * The certificates in a PKCS#12 file: those that the JDK's {@code keytool} has marked as trusted, or all of them
         * but the ones of the private keys where it has marked none.
         */
        public Builder pkcs12(Path file, PasswordSource password) {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(password, "password");
            return add(loading -> loading.certificates(
                    KeyStoreTrust.pkcs12(SourceFile.read(file), password, loading.crypto), Excerpt.path(file)));
        }

        /** This certificate. */
        public Builder certificate(X509Certificate certificate) {
            Objects.requireNonNull(certificate, "certificate");
            return certificates(List.of(certificate));
        }

        /** These certificates. */
        public Builder certificates(Collection<X509Certificate> certificates) {
            Given.all(certificates, "certificates");
            List<X509Certificate> copy = List.copyOf(certificates);
            return add(loading -> loading.certificates(copy, "a certificate to trust"));
        }

        /** This revocation list; what it is good for is decided when a certificate is verified. */
        public Builder crl(X509CRL crl) {
            Objects.requireNonNull(crl, "crl");
            return add(loading -> loading.crl(crl));
        }

        /**
         * What the system trusts: its bundle and its directory of certificates, the stores of Windows and macOS
         * ({@link SystemStore}), or where there is nothing of this kind, the certificates of the Java runtime. Of the
         * environment SSL_CERT_FILE stands for the bundle and SSL_CERT_DIR, which is a list, for the directory; what they
         * name and does not exist is passed over, as {@code SSL_CTX_set_default_verify_paths} does.
         */
        public Builder systemDefault() {
            return add(SystemTrust::load);
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
}
