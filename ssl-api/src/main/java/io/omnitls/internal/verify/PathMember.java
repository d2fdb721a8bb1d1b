package io.omnitls.internal.verify;

import io.omnitls.cert.TrustSettings;
import io.omnitls.internal.x509.CertificateView;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A certificate of a path: what its bytes say, and the object that it came in and goes out as.
 *
 * @param trust what it is trusted for, when it comes from the trust anchors
 */
record PathMember(CertificateView view, X509Certificate certificate, Optional<TrustSettings> trust) {

    static PathMember presented(CertificateView view, X509Certificate certificate) {
        return new PathMember(view, certificate, Optional.empty());
    }

    @SuppressWarnings("ReferenceEquality") // objects of one encoding may differ in all else
    boolean sameObject(PathMember other) {
        return certificate == other.certificate;
    }
}
