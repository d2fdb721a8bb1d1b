package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * Certificates of an identity, whose names a backend hands to javax when it shows them: what javax refuses to call a name is
 * refused when it is loaded and not in the middle of a handshake.
 */
final class NamedCertificates {
    private NamedCertificates() {}

    /** {@code certificates}, if their subjects and issuers are names to javax. */
    static List<X509Certificate> require(Collection<X509Certificate> certificates, String where) throws TlsException {
        for (X509Certificate certificate : certificates) {
            require(certificate, where);
        }
        return List.copyOf(certificates);
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
