package io.omnitls.internal.verify;

import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.PublicKeyInfo;
import java.util.Map;

/**
 * Checks signatures, and remembers the good ones: what a key has signed stays signed, so a server's certificate costs its
 * clients one check and not one for each connection. Paths are checked from their anchor down, so nobody fills this with
 * signatures of his own. Thread-safe.
 */
final class VerifiedSignatures implements Signatures {
    /** Certificates of some kilobytes each. */
    private static final int CAPACITY = 500;

    private final SignatureVerifier verifier;
    private final Map<Signature, Boolean> known = new RecentlyUsed<>(CAPACITY);

    private record Signature(CertificateView certificate, PublicKeyInfo key) {
        @Override
        public int hashCode() {
            return certificate.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Signature signature
                    && certificate.equals(signature.certificate)
                    && key.encoded().equals(signature.key.encoded());
        }
    }

    VerifiedSignatures(SignatureVerifier verifier) {
        this.verifier = verifier;
    }

    /** Whether {@code key} is known to have signed {@code certificate}. */
    boolean knows(CertificateView certificate, PublicKeyInfo key) {
        synchronized (known) {
            return known.get(new Signature(certificate, key)) != null;
        }
    }

    @Override
    public SignatureVerifier.Outcome check(CertificateView certificate, PublicKeyInfo key) {
        if (knows(certificate, key)) {
            return SignatureVerifier.Outcome.GOOD;
        }
        SignatureVerifier.Outcome outcome = verifier.check(certificate.signed(), key);
        if (outcome == SignatureVerifier.Outcome.GOOD) {
            synchronized (known) {
                known.put(new Signature(certificate, key), true);
            }
        }
        return outcome;
    }
}
