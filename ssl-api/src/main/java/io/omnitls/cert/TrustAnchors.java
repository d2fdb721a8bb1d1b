package io.omnitls.cert;

import io.omnitls.internal.given.Given;
import io.omnitls.internal.x509.Authority;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.CrlView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.Name;
import io.omnitls.protocol.Bytes;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The certificates that a context trusts and the revocation lists that it goes by, found by name: OpenSSL's {@code
 * X509_STORE}. Names are compared as OpenSSL compares them. Thread-safe. What stands in a directory is read when it is asked
 * for, so a look-up may read files.
 */
public final class TrustAnchors {
    private final Map<CertificateView, TrustedCertificate> certificates = new LinkedHashMap<>();
    private final Map<Name, List<TrustedCertificate>> bySubject = new HashMap<>();
    private final Map<Name, List<CrlView>> byIssuer = new HashMap<>();
    private final List<HashedDirectory> directories;

    TrustAnchors(
            Collection<TrustedCertificate> certificates,
            Collection<CrlView> crls,
            Collection<HashedDirectory> directories) {
        this.directories = List.copyOf(directories);
        for (TrustedCertificate certificate : certificates) {
            // As in X509_STORE_add_cert, the first one counts, with what it is trusted for.
            if (this.certificates.putIfAbsent(certificate.view(), certificate) == null) {
                bySubject
                        .computeIfAbsent(certificate.view().subject(), subject -> new ArrayList<>(1))
                        .add(certificate);
            }
        }
        for (CrlView crl : crls) {
            byIssuer.computeIfAbsent(crl.issuer(), issuer -> new ArrayList<>(1)).add(crl);
        }
    }

    /**
     * Trusts these certificates; duplicates count once.
     *
     * @throws IllegalArgumentException when one has an encoding that is none of a certificate
     */
    public static TrustAnchors of(Collection<X509Certificate> certificates) {
        return of(certificates, List.of());
    }

    /**
     * Trusts these certificates, unless one of these lists revokes what they issued.
     *
     * @throws IllegalArgumentException when one has an encoding that is none of a certificate or a CRL
     */
    public static TrustAnchors of(Collection<X509Certificate> certificates, Collection<X509CRL> crls) {
        Given.all(certificates, "certificates");
        Given.all(crls, "crls");
        List<TrustedCertificate> trusted = new ArrayList<>();
        List<CrlView> lists = new ArrayList<>();
        try {
            for (X509Certificate certificate : certificates) {
                trusted.add(new TrustedCertificate(CertificateView.of(certificate), certificate, TrustSettings.NONE));
            }
            for (X509CRL crl : crls) {
                lists.add(CrlView.parse(crl.getEncoded()));
            }
        } catch (DerException | CRLException malformed) {
            throw new IllegalArgumentException("a trust anchor cannot be read: " + malformed.getMessage(), malformed);
        }
        return new TrustAnchors(trusted, lists, List.of());
    }

    private Collection<TrustedCertificate> all() {
        Map<CertificateView, TrustedCertificate> all = new LinkedHashMap<>(certificates);
        directories.forEach(directory -> directory.used().forEach(used -> all.putIfAbsent(used.view(), used)));
        return all.values();
    }

    /** Every certificate, in the order it was found; those in directories once they were used. */
    public List<X509Certificate> certificates() {
        List<X509Certificate> found = new ArrayList<>();
        all().forEach(trusted -> found.add(trusted.certificate()));
        return List.copyOf(found);
    }

    /** Those of {@link #certificates} that are authorities', as {@code X509_check_ca} has it. */
    public List<X509Certificate> authorities() {
        List<X509Certificate> found = new ArrayList<>();
        for (TrustedCertificate trusted : all()) {
            if (trusted.view().authority() != Authority.NO) {
                found.add(trusted.certificate());
            }
        }
        return List.copyOf(found);
    }

    /** How much there is. */
    public CertificateStoreStats stats() {
        int crls = byIssuer.values().stream().mapToInt(List::size).sum();
        return new CertificateStoreStats(all().size(), crls, authorities().size());
    }

    /**
     * The certificates with this subject, in the order they were found.
     *
     * @param subject a name in DER; none is found for what is no name
     */
    public List<X509Certificate> bySubject(Bytes subject) {
        Objects.requireNonNull(subject, "subject");
        List<X509Certificate> found = new ArrayList<>();
        find(subject).forEach(trusted -> found.add(trusted.certificate()));
        return List.copyOf(found);
    }

    private List<TrustedCertificate> find(Bytes subject) {
        try {
            return find(Name.of(subject.toByteArray()));
        } catch (DerException noName) {
            return List.of();
        }
    }

    private List<TrustedCertificate> find(Name subject) {
        List<TrustedCertificate> known = bySubject.getOrDefault(subject, List.of());
        if (directories.isEmpty()) {
            return known;
        }
        List<TrustedCertificate> found = new ArrayList<>(known);
        directories.forEach(directory -> found.addAll(directory.certificates(subject)));
        return found;
    }

    /**
     * The revocation lists of this issuer, in the order they were found.
     *
     * @param issuer a name in DER
     * @return each list in DER
     */
    public List<Bytes> crls(Bytes issuer) {
        Objects.requireNonNull(issuer, "issuer");
        List<Bytes> found = new ArrayList<>();
        try {
            Name name = Name.of(issuer.toByteArray());
            byIssuer.getOrDefault(name, List.of()).forEach(crl -> found.add(crl.encoded()));
            directories.forEach(directory -> directory.crls(name).forEach(crl -> found.add(crl.encoded())));
        } catch (DerException noName) {
            // Nobody issued anything.
        }
        return List.copyOf(found);
    }

    /** What {@code certificate} is trusted for; {@link TrustSettings#NONE} when nothing is said, or it is none of these. */
    public TrustSettings settings(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        try {
            CertificateView view = CertificateView.of(certificate);
            for (TrustedCertificate trusted : find(view.subject())) {
                if (trusted.view().equals(view)) {
                    return trusted.settings();
                }
            }
        } catch (DerException unreadable) {
            // It is none of these.
        }
        return TrustSettings.NONE;
    }

    /** Whether this very certificate is trusted. */
    public boolean contains(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        try {
            CertificateView view = CertificateView.of(certificate);
            return certificates.containsKey(view)
                    || find(view.subject()).stream()
                            .anyMatch(trusted -> trusted.view().equals(view));
        } catch (DerException unreadable) {
            return false;
        }
    }
}
