package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.DecodedKey;
import io.omnitls.internal.x509.Pkcs12;
import io.omnitls.internal.x509.PublicPart.Fit;
import io.omnitls.spi.CryptoServices;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Identities in PKCS#12 files. */
final class Pkcs12Credentials {
    private final Pkcs12 store;
    private final String source;
    private final CryptoServices crypto;
    private final List<X509Certificate> certificates;

    private Pkcs12Credentials(Pkcs12 store, String source, CryptoServices crypto) throws TlsException {
        this.store = store;
        this.source = source;
        this.crypto = crypto;
        List<X509Certificate> read = new ArrayList<>();
        for (Pkcs12.Certificate certificate : store.certificates()) {
            read.add(Pem.certificate(certificate.der(), source, crypto));
        }
        this.certificates = NamedCertificates.require(read, source);
    }

    /** The first private key that has a certificate, and its chain as far as the file has it. */
    static CertifiedKey load(SourceFile file, PasswordSource password, CryptoServices crypto) throws TlsException {
        Pkcs12 store = read(file, password, crypto);
        try {
            return new Pkcs12Credentials(store, file.name(), crypto).identity();
        } finally {
            store.wipe();
        }
    }

    static Pkcs12 read(SourceFile file, PasswordSource password, CryptoServices crypto) throws TlsException {
        char[] secret = password.password();
        try {
            return Pkcs12.read(file.content(), secret, crypto, file.name());
        } finally {
            file.wipe();
            Arrays.fill(secret, '\0');
        }
    }

    private CertifiedKey identity() throws TlsException {
        if (store.keyCount() == 0) {
            throw new TlsException(ErrorReason.NO_START_LINE, source + ": no private key in it");
        }
        if (certificates.isEmpty()) {
            throw new TlsException(
                    ErrorReason.NO_CERTIFICATE_OR_CRL_FOUND,
                    source + ": a private key, but no certificate in it; write it anew with: openssl pkcs12 -export -in"
                            + " certificate.pem -inkey key.pem");
        }
        for (int i = 0; i < store.keyCount(); i++) {
            DecodedKey key = store.key(i);
            Optional<X509Certificate> leaf = certificate(key, store.localId(i));
            if (leaf.isPresent()) {
                return KeyMatch.require(key, chain(leaf.get()), crypto, source);
            }
        }
        throw new TlsException(
                ErrorReason.KEY_VALUES_MISMATCH, source + ": none of the certificates in it is that of a private key");
    }

    /** OpenSSL goes by the public key, the JDK by the localKeyId; the bytes of some keys do not tell the former. */
    private Optional<X509Certificate> certificate(DecodedKey key, Optional<String> localId) {
        Optional<X509Certificate> leaf = fitting(key, Fit.YES);
        for (int i = 0; leaf.isEmpty() && localId.isPresent() && i < certificates.size(); i++) {
            if (store.certificates().get(i).localId().equals(localId)) {
                leaf = Optional.of(certificates.get(i));
            }
        }
        return leaf.isPresent() ? leaf : fitting(key, Fit.UNKNOWN);
    }

    private Optional<X509Certificate> fitting(DecodedKey key, Fit fit) {
        return certificates.stream()
                .filter(certificate -> KeyMatch.fit(key, certificate) == fit)
                .findFirst();
    }

    /** Each further certificate issued the one before it; the file may have others, in any order. */
    private List<X509Certificate> chain(X509Certificate leaf) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        Optional<X509Certificate> issuer = issuer(leaf, chain);
        while (issuer.isPresent()) {
            chain.add(issuer.get());
            issuer = issuer(issuer.get(), chain);
        }
        return chain;
    }

    private Optional<X509Certificate> issuer(X509Certificate certificate, List<X509Certificate> chain) {
        return certificates.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                        && !chain.contains(candidate))
                .findFirst();
    }
}
