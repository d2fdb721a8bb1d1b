package io.omnitls.internal.verify;

import io.omnitls.internal.verify.webpki.Broken;
import io.omnitls.internal.verify.webpki.CertificateRules;
import io.omnitls.internal.verify.webpki.Place;
import io.omnitls.internal.x509.CertificateView;
import java.util.Optional;

/** What the Baseline Requirements ask of each certificate, and OpenSSL does not. */
record WebPkiCheck(VerifyRequest request) implements ChainCheck {

    @Override
    public Optional<Finding> check(CertificatePath path) {
        for (int depth = 0; depth < path.size(); depth++) {
            Optional<Broken> broken = CertificateRules.broken(path.get(depth), place(path, depth), request.purpose());
            if (broken.isPresent()) {
                return Optional.of(finding(broken.get(), path.get(depth), depth));
            }
        }
        return Optional.empty();
    }

    private static Place place(CertificatePath path, int depth) {
        if (depth == 0) {
            return Place.LEAF;
        }
        if (!path.isLast(depth)) {
            return Place.INTERMEDIATE;
        }
        // Not by selfSigned: what a root says of its own key is one of the things to judge.
        return path.get(depth).selfIssued() ? Place.ROOT : Place.ANCHOR;
    }

    static Finding finding(Broken broken, CertificateView certificate, int depth) {
        return new Finding(broken.code(), depth, "the certificate of " + certificate + " " + broken.detail());
    }
}
