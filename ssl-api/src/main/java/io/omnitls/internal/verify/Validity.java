package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateView;
import java.time.Instant;
import java.util.Optional;

/** The period in which a certificate is valid, both ends included (RFC 5280 section 4.1.2.5). */
public final class Validity {
    private Validity() {}

    /** {@code ossl_x509_check_cert_time}. */
    public static VerifyCode at(Instant time, CertificateView certificate) {
        Optional<Instant> from = certificate.notBefore().instant();
        if (from.isEmpty()) {
            return VerifyCode.ERROR_IN_CERT_NOT_BEFORE_FIELD;
        }
        // Compared by the second, as the fields are.
        long now = time.getEpochSecond();
        if (now < from.get().getEpochSecond()) {
            return VerifyCode.CERT_NOT_YET_VALID;
        }
        Optional<Instant> to = certificate.notAfter().instant();
        if (to.isEmpty()) {
            return VerifyCode.ERROR_IN_CERT_NOT_AFTER_FIELD;
        }
        return now > to.get().getEpochSecond() ? VerifyCode.CERT_HAS_EXPIRED : VerifyCode.OK;
    }

    /** Says why {@link #at} has this code. */
    public static String explain(VerifyCode code, Instant time, CertificateView certificate) {
        return switch (code) {
            case ERROR_IN_CERT_NOT_BEFORE_FIELD, ERROR_IN_CERT_NOT_AFTER_FIELD ->
                certificate + " has a time that is not of the form RFC 5280 section 4.1.2.5 asks for: valid from "
                        + certificate.notBefore() + " to " + certificate.notAfter();
            default ->
                certificate + " is valid from " + certificate.notBefore() + " to " + certificate.notAfter()
                        + ", now is " + time;
        };
    }
}
