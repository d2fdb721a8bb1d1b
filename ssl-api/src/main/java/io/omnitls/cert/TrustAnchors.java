package io.omnitls.cert;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** The certificates that a context trusts, found by subject. Immutable and thread-safe. */
public final class TrustAnchors {
    private final List<X509Certificate> certificates;
    private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();

    private TrustAnchors(List<X509Certificate> certificates) {
        this.certificates = certificates;
        for (X509Certificate certificate : certificates) {
            bySubject
                    .computeIfAbsent(certificate.getSubjectX500Principal(), subject -> new ArrayList<>(1))
                    .add(certificate);
        }
    }

    /** Trusts these certificates; duplicates count once. */
    public static TrustAnchors of(Collection<X509Certificate> certificates) {
        return new TrustAnchors(List.copyOf(new LinkedHashSet<>(certificates)));
    }

    /** Every certificate, in the order it was found. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** The certificates with this subject, in the order they were found. */
    public List<X509Certificate> bySubject(X500Principal subject) {
        return List.copyOf(bySubject.getOrDefault(subject, List.of()));
    }

    /** Whether this very certificate is trusted. */
    public boolean contains(X509Certificate certificate) {
        return bySubject
                .getOrDefault(certificate.getSubjectX500Principal(), List.of())
                .contains(certificate);
    }
}
