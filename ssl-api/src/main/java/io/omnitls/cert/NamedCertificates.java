package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** Certificates whose names can be asked for: a backend may read one whose names javax refuses when they are used. */
final class NamedCertificates {
    private NamedCertificates() {}

    /** {@code certificates}, if their subjects and issuers are names to javax. */
    static List<X509Certificate> require(Collection<X509Certificate> certificates, String where) throws TlsException {
        for (X509Certificate certificate : certificates) {
            require(certificate, where);
        }
        return List.copyOf(certificates);
    }

    /** {@code crls}, if their issuers are names to javax. */
    static List<X509CRL> requireCrls(Collection<X509CRL> crls, String where) throws TlsException {
        for (X509CRL crl : crls) {
            try {
                crl.getIssuerX500Principal();
            } catch (RuntimeException refused) {
                throw unnamed(where + ": a revocation list has an issuer");
            }
        }
        return List.copyOf(crls);
    }

    private static void require(X509Certificate certificate, String where) throws TlsException {
        try {
            certificate.getSubjectX500Principal();
            certificate.getIssuerX500Principal();
        } catch (RuntimeException refused) {
            // Conscrypt and BC-FIPS hand the bytes to X500Principal as late as this; it throws
            // IllegalArgumentException.
            throw unnamed(where + ": a certificate has a subject or an issuer");
        }
    }

    private static TlsException unnamed(String what) {
        return new TlsException(ErrorReason.BAD_ASN1, what + " that is not a name");
    }
}
