package io.omnitls.internal.verify;

import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.PublicKeyInfo;

/** Tells who signed what. */
interface Signatures {
    /** Whether {@code key} signed {@code certificate}. */
    SignatureVerifier.Outcome check(CertificateView certificate, PublicKeyInfo key);
}
