package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import java.util.Optional;

/** One thing that is checked of a built path. */
interface ChainCheck {

    /**
     * What is wrong.
     *
     * @param depth the position of the offending certificate
     */
    record Finding(VerifyCode code, int depth, String explanation) {
        static Optional<Finding> of(VerifyCode code, int depth, String explanation) {
            return Optional.of(new Finding(code, depth, explanation));
        }
    }

    /** The first thing that is wrong with {@code path}; empty when nothing is. */
    Optional<Finding> check(CertificatePath path);
}
