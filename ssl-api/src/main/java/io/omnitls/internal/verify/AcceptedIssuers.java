package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The authorities that a server names to its clients. */
final class AcceptedIssuers {
    private AcceptedIssuers() {}

    /** All anchors but those whose names javax cannot say: backends ask it for them, and get an exception. */
    static X509Certificate[] of(TrustAnchors anchors) {
        List<X509Certificate> accepted = new ArrayList<>();
        for (X509Certificate anchor : anchors.certificates()) {
            if (named(anchor)) {
                accepted.add(anchor);
            }
        }
        return accepted.toArray(new X509Certificate[0]);
    }

    private static boolean named(X509Certificate certificate) {
        try {
            return certificate.getSubjectX500Principal() != null && certificate.getIssuerX500Principal() != null;
        } catch (RuntimeException refused) {
            return false;
        }
    }
}
