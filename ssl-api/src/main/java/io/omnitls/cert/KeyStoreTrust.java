package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.BackendCall;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.Pkcs12;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Certificates to trust in key stores and in PKCS#12 files. */
final class KeyStoreTrust {
    private KeyStoreTrust() {}

    /** The entries of trusted certificates; those that belong to private keys are nobody's to trust. */
    static List<X509Certificate> of(KeyStore store) throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (String alias : Collections.list(BackendCall.guarded(store::aliases))) {
                if (store.isCertificateEntry(alias)
                        && BackendCall.guarded(() -> store.getCertificate(alias))
                                instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR, "the key store of trust cannot be read: " + Excerpt.of(e));
        }
        return found(certificates, "the key store");
    }

    /**
     * The certificates that the JDK has marked as trusted, if there are any; else all but those of the private keys, since
     * nobody but the JDK marks any.
     */
    static List<X509Certificate> pkcs12(SourceFile file, PasswordSource password, CryptoServices crypto)
            throws TlsException {
        Pkcs12 store = Pkcs12Credentials.read(file, password, crypto);
        try {
            boolean marked = store.certificates().stream().anyMatch(Pkcs12.Certificate::trusted);
            Set<Optional<String>> own = new HashSet<>();
            for (int i = 0; i < store.keyCount(); i++) {
                own.add(store.localId(i));
            }
            List<X509Certificate> certificates = new ArrayList<>();
            for (Pkcs12.Certificate certificate : store.certificates()) {
                boolean wanted = marked
                        ? certificate.trusted()
                        : certificate.localId().isEmpty() || !own.contains(certificate.localId());
                if (wanted) {
                    certificates.add(Pem.certificate(certificate.der(), file.name(), crypto));
                }
            }
            return found(certificates, file.name());
        } finally {
            store.wipe();
        }
    }

    private static List<X509Certificate> found(List<X509Certificate> certificates, String where) throws TlsException {
        if (certificates.isEmpty()) {
            throw new TlsException(ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND, where + ": no certificate to trust in it");
        }
        return certificates;
    }
}
