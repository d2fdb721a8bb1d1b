package io.omnitls.cert;

import io.omnitls.internal.x509.CertificateView;
import java.security.cert.X509Certificate;

/** A trust anchor: what its bytes say, the object that it came in, and what it is trusted for. */
record TrustedCertificate(CertificateView view, X509Certificate certificate, TrustSettings settings) {}
