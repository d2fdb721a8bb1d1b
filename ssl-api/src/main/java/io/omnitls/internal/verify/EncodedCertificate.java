package io.omnitls.internal.verify;

import io.omnitls.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A certificate as it came from the peer. */
final class EncodedCertificate {
    private EncodedCertificate() {}

    /** What the JDK makes of it, and nothing else than one certificate. */
    static X509Certificate read(Bytes encoded) throws CertificateException {
        ByteArrayInputStream in = new ByteArrayInputStream(encoded.toByteArray());
        X509Certificate certificate =
                (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        if (certificate == null || in.available() > 0) {
            throw new CertificateException("it is empty, or more bytes follow it");
        }
        return certificate;
    }

    static Bytes bytes(X509Certificate certificate) {
        try {
            return Bytes.copyOf(certificate.getEncoded());
        } catch (CertificateEncodingException notEvenBytes) {
            return Bytes.copyOf(new byte[0]); // which nobody reads
        }
    }
}
