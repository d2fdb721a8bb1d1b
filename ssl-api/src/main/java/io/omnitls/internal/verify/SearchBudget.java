package io.omnitls.internal.verify;

import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.NameConstraintsView;
import java.util.List;
import java.util.Optional;

/** What a search for other paths may cost: whoever sends certificates that lead nowhere shall not make us work for him. */
final class SearchBudget {
    /** What it costs to see that a certificate is not the one. */
    static final int GLANCE = 256;

    /** As many as Go and rustls check for one peer. */
    private int signatures = 100;
    /** Paths that reach an anchor and are wrong all the same. */
    private int paths = 64;
    /** Of the certificates that are judged, each as often as it stands in a path that is tried. */
    private long bytes = 4L << 20;
    /** Names held against constraints: what OpenSSL allows for one certificate. */
    private long comparisons = 1 << 20;

    void spendSignature() {
        signatures--;
    }

    void spendPath() {
        paths--;
    }

    void spendBytes(long number) {
        bytes -= number;
    }

    /** The price of judging {@code path}. */
    void spend(CertificatePath path) {
        long subtreesAbove = 0;
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            CertificateView certificate = path.get(depth);
            spendBytes(GLANCE + certificate.encoded().size());
            int names = certificate.subject().rdns().size()
                    + certificate.extensions().subjectAltName().map(List::size).orElse(0);
            comparisons -= subtreesAbove * names;
            subtreesAbove += certificate
                    .extensions()
                    .nameConstraints()
                    .map(SearchBudget::subtrees)
                    .orElse(0);
        }
    }

    private static int subtrees(NameConstraintsView constraints) {
        return size(constraints.permitted()) + size(constraints.excluded());
    }

    private static int size(Optional<? extends List<?>> list) {
        return list.map(List::size).orElse(0);
    }

    boolean exhausted() {
        return signatures < 0 || paths < 0 || bytes < 0 || comparisons < 0;
    }
}
