package io.omnitls.internal.verify.webpki;

import io.omnitls.cert.Purpose;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.CertificateView;

/** What a rule is asked about. */
record Subject(CertificateView certificate, Place place, Purpose purpose) {
    CertificateExtensions extensions() {
        return certificate.extensions();
    }
}
