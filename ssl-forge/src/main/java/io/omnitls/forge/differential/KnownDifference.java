package io.omnitls.forge.differential;

import io.omnitls.forge.oracle.OpenSslVerify.Verdict;
import io.omnitls.forge.random.Mark;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where OmniTLS and OpenSSL 3.0 are meant to differ, and why. SPEC.md has the same list in words; there is one more that
 * no random case meets: to OpenSSL a certificate is over in the second of its notAfter.
 */
public enum KnownDifference {
    /**
     * The JDK and Conscrypt have no code for P-224, secp256k1 and the brainpool curves: what a key on them signed cannot
     * be verified, which is said to be so (6 or 76) and never that it was forged (7), while OpenSSL goes on.
     */
    BACKEND_LACKS_CURVE {
        @Override
        boolean covers(String verifier, RandomCase one, Verdict judge, Verdict ours) {
            return !verifier.startsWith("bcfips")
                    && UNABLE.contains(ours.code())
                    && REVOCATION_AND_AFTER.contains(judge.code())
                    && RARE_CURVES.stream().anyMatch(one::names);
        }
    },
    /**
     * OpenSSL 3.0's X.509 code does not know ECDSA with SHA-3: what was signed so has no issuer for it, and such a CRL no
     * good signature.
     */
    SHA3_WITH_ECDSA {
        @Override
        boolean covers(String verifier, RandomCase one, Verdict judge, Verdict ours) {
            // Where it has no issuer, OpenSSL may find another path, and whatever is wrong with that.
            return (NO_ISSUER.contains(judge.code()) || ours.code() != 0) && one.names("2.16.840.1.101.3.4.3.10");
        }
    },
    /** OpenSSL takes a CRL with an issuingDistributionPoint that it cannot read for one without; here it is no use. */
    SPOILED_ISSUING_DISTRIBUTION_POINT {
        @Override
        boolean covers(String verifier, RandomCase one, Verdict judge, Verdict ours) {
            return listIgnored(judge, ours) && one.tree().marks().contains(Mark.SPOILED_ISSUING_DISTRIBUTION_POINT);
        }
    },
    /** OpenSSL reads a SEQUENCE OF whose tag says that it is primitive; DER knows none, and here it is malformed. */
    PRIMITIVE_SEQUENCE {
        @Override
        boolean covers(String verifier, RandomCase one, Verdict judge, Verdict ours) {
            // The malformed certificate may be passed over for another one of its name.
            return ours.code() != 0 && one.hasPrimitiveSequence();
        }
    },
    /** OpenSSL takes a delta CRL for a whole one unless it is told to go by deltas; here it is no use. */
    DELTA_CRL {
        @Override
        boolean covers(String verifier, RandomCase one, Verdict judge, Verdict ours) {
            return listIgnored(judge, ours) && one.tree().marks().contains(Mark.DELTA_CRL);
        }
    },
    /**
     * Of a trust anchor that inherits the resources claimed below it OpenSSL names the certificate and, as the depth, the number
     * behind the last one; here it is the anchor's own.
     */
    ANCHOR_THAT_INHERITS_RESOURCES {
        @Override
        boolean covers(String verifier, RandomCase one, Verdict judge, Verdict ours) {
            return judge.code() == UNNESTED_RESOURCE
                    && ours.code() == UNNESTED_RESOURCE
                    && judge.depth() == ours.depth() + 1;
        }
    };

    private static final int UNNESTED_RESOURCE = 46;

    /**
     * What a CRL that is no use here leads to: none is left, or another one is gone by than OpenSSL's, and whatever that
     * says; before the lists all is the same.
     */
    private static boolean listIgnored(Verdict judge, Verdict ours) {
        return REVOCATION_AND_AFTER.contains(ours.code()) && REVOCATION_AND_AFTER.contains(judge.code());
    }

    /**
     * What OpenSSL's {@code verify_chain} may still find when it goes on where a verifier here has stopped: nothing, or a
     * fault that it looks for with the CRLs, the signatures, the times, the names and the resources.
     */
    private static final Set<Integer> REVOCATION_AND_AFTER = Set.of(
            0, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 23, 33, 35, 36, 44, 46, 47, 48, 49, 50, 51, 52, 53, 54, 76);

    /** Unable to decode the issuer's public key, unsupported signature algorithm. */
    private static final Set<Integer> UNABLE = Set.of(6, 76);

    /** Unable to get (local) issuer certificate, CRL signature failure. */
    private static final Set<Integer> NO_ISSUER = Set.of(2, 8, 20);

    private static final List<String> RARE_CURVES =
            List.of("1.3.132.0.33", "1.3.132.0.10", "1.3.36.3.3.2.8.1.1.7", "1.3.36.3.3.2.8.1.1.11");

    /**
     * The difference that explains why these verdicts are not the same, if there is one.
     *
     * @param verifier its name begins with that of the backend whose cryptography is used
     */
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
