package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** The period in which a certificate is valid, both ends included (RFC 5280 section 4.1.2.5). */
final class Validity {
    private Validity() {}

    static VerifyCode at(Instant time, X509Certificate certificate) {
        // Compared by the second, as the fields are.
        long now = time.getEpochSecond();
        if (now < certificate.getNotBefore().toInstant().getEpochSecond()) {
            return VerifyCode.CERT_NOT_YET_VALID;
        }
        return now > certificate.getNotAfter().toInstant().getEpochSecond()
                ? VerifyCode.CERT_HAS_EXPIRED
                : VerifyCode.OK;
    }
}
