package io.omnitls.cert;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates that a context trusts and the revocation lists that it goes by, found by name: OpenSSL's {@code
 * X509_STORE}. Thread-safe. What stands in a directory is read when it is asked for, so a look-up may read files.
 */
public final class TrustAnchors {
    private final Set<X509Certificate> certificates;
    private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();
    private final Map<X500Principal, List<X509CRL>> byIssuer = new HashMap<>();
    private final List<HashedDirectory> directories;

    TrustAnchors(
            Collection<X509Certificate> certificates,
            Collection<X509CRL> crls,
            Collection<HashedDirectory> directories) {
        this.certificates = new LinkedHashSet<>(certificates);
        this.directories = List.copyOf(directories);
        for (X509Certificate certificate : this.certificates) {
            bySubject
                    .computeIfAbsent(certificate.getSubjectX500Principal(), subject -> new ArrayList<>(1))
                    .add(certificate);
        }
        for (X509CRL crl : crls) {
            byIssuer.computeIfAbsent(crl.getIssuerX500Principal(), issuer -> new ArrayList<>(1))
                    .add(crl);
        }
    }

    /** Trusts these certificates; duplicates count once. */
    public static TrustAnchors of(Collection<X509Certificate> certificates) {
        return new TrustAnchors(certificates, List.of(), List.of());
    }

    /** Trusts these certificates, unless one of these lists revokes what they issued. */
    public static TrustAnchors of(Collection<X509Certificate> certificates, Collection<X509CRL> crls) {
        return new TrustAnchors(certificates, crls, List.of());
    }

    /** Every certificate, in the order it was found; those in directories once they were used. */
    public List<X509Certificate> certificates() {
        Set<X509Certificate> all = new LinkedHashSet<>(certificates);
        directories.forEach(directory -> all.addAll(directory.used()));
        return List.copyOf(all);
    }

    /** How much there is. */
    public CertificateStoreStats stats() {
        List<X509Certificate> all = certificates();
        int authorities = (int) all.stream()
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .count();
        int crls = byIssuer.values().stream().mapToInt(List::size).sum();
        return new CertificateStoreStats(all.size(), crls, authorities);
    }

    /** The certificates with this subject, in the order they were found. */
    public List<X509Certificate> bySubject(X500Principal subject) {
        List<X509Certificate> found = new ArrayList<>(bySubject.getOrDefault(subject, List.of()));
        directories.forEach(directory -> found.addAll(directory.certificates(subject)));
        return List.copyOf(found);
    }

    /** The revocation lists of this issuer, in the order they were found. */
    public List<X509CRL> crls(X500Principal issuer) {
        List<X509CRL> found = new ArrayList<>(byIssuer.getOrDefault(issuer, List.of()));
        directories.forEach(directory -> found.addAll(directory.crls(issuer)));
        return List.copyOf(found);
    }

    /** Whether this very certificate is trusted. */
    public boolean contains(X509Certificate certificate) {
        return certificates.contains(certificate)
                || !directories.isEmpty()
                        && bySubject(certificate.getSubjectX500Principal()).contains(certificate);
    }
}
