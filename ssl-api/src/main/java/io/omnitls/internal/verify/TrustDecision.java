package io.omnitls.internal.verify;

import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustSettings;
import java.util.List;

/** What an anchor's own settings say about a purpose: OpenSSL's {@code obj_trust}. */
enum TrustDecision {
    TRUSTED,
    REJECTED,
    /** Nothing is said: a self-signed certificate is an anchor for anything, others are on the way to one. */
    UNDECIDED;

    private static final String ANY_PURPOSE = "2.5.29.37.0";

    static TrustDecision of(TrustSettings settings, Purpose purpose) {
        if (names(settings.rejected(), purpose)) {
            return REJECTED;
        }
        if (settings.trusted().isEmpty()) {
            return UNDECIDED;
        }
        // Who is trusted for something is trusted for nothing else.
        return names(settings.trusted().get(), purpose) ? TRUSTED : REJECTED;
    }

    private static boolean names(List<String> purposes, Purpose purpose) {
        return purposes.contains(ANY_PURPOSE)
                || purpose.keyPurpose().filter(purposes::contains).isPresent();
    }
}
