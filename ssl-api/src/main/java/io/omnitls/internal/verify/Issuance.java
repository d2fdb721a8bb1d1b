package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.CertificateView;

/** Whether a certificate's key usage, where there is one, allows what it signed: {@code ossl_x509_signing_allowed}. */
final class Issuance {
    private Issuance() {}

    static VerifyCode signingAllowed(CertificateView issuer, CertificateView subject) {
        if (subject.extensions().isProxy()) {
            return issuer.extensions().allows(CertificateExtensions.DIGITAL_SIGNATURE)
                    ? VerifyCode.OK
                    : VerifyCode.KEYUSAGE_NO_DIGITAL_SIGNATURE;
        }
        return issuer.extensions().allows(CertificateExtensions.KEY_CERT_SIGN)
                ? VerifyCode.OK
                : VerifyCode.KEYUSAGE_NO_CERTSIGN;
    }
}
