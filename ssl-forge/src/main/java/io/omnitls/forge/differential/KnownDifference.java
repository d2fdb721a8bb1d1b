package io.omnitls.forge.differential;

import io.omnitls.forge.oracle.OpenSslVerify.Verdict;
import java.util.Optional;

/** Where OmniTLS and OpenSSL 3.0 are meant to differ, and why. SPEC.md has the same list in words. */
public enum KnownDifference {
    /**
     * A backend that has no code for an algorithm or a curve cannot verify what it signed, and says that: code 6 or 76,
     * where OpenSSL goes on.
     */
    BACKEND_LACKS_ALGORITHM {
        @Override
        boolean covers(String verifier, RandomCase one, Verdict judge, Verdict ours) {
            return ours.code() == UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY || ours.code() == UNSUPPORTED_SIGNATURE_ALGORITHM;
        }
    },
    /** OpenSSL 3.0's X.509 code does not know ECDSA with SHA-3: such a certificate has no issuer for it. */
    SHA3_WITH_ECDSA {
        @Override
        boolean covers(String verifier, RandomCase one, Verdict judge, Verdict ours) {
            return one.usesAlgorithm("2.16.840.1.101.3.4.3.10");
        }
    };

    private static final int UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY = 6;
    private static final int UNSUPPORTED_SIGNATURE_ALGORITHM = 76;

    /** The difference that explains why these verdicts are not the same, if there is one. */
    static Optional<KnownDifference> of(String verifier, RandomCase one, Verdict judge, Verdict ours) {
        for (KnownDifference difference : values()) {
            if (difference.covers(verifier, one, judge, ours)) {
                return Optional.of(difference);
            }
        }
        return Optional.empty();
    }

    abstract boolean covers(String verifier, RandomCase one, Verdict judge, Verdict ours);
}
