package io.omnitls.cli;

import io.omnitls.cert.CertificateInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** From when to when a certificate is valid, and what that means now. */
record Validity(String text) {
    static Validity of(CertificateInfo certificate, Instant now) {
        if (certificate.notBefore().isEmpty() || certificate.notAfter().isEmpty()) {
            return new Validity("unreadable");
        }
        Instant from = certificate.notBefore().get();
        Instant to = certificate.notAfter().get();
        String period = day(from) + " to " + day(to);
        // By the second and with both ends, as the verifier does, which judges chains and not one certificate alone.
        if (now.getEpochSecond() > to.getEpochSecond()) {
            return new Validity(period + " (expired)");
        }
        return new Validity(
                now.getEpochSecond() < from.getEpochSecond()
                        ? period + " (not yet valid)"
                        : period + " (" + ChronoUnit.DAYS.between(now, to) + " days left)");
    }

    private static String day(Instant moment) {
        String text = moment.truncatedTo(ChronoUnit.DAYS).toString();
        return text.substring(0, text.indexOf('T'));
    }
}
