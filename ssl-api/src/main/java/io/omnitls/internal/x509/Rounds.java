package io.omnitls.internal.x509;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;

/**
 * How much work a file may ask for with its iteration counts, all of them together: whoever wrote it would else decide how
 * long a context takes to build. OpenSSL writes 2048, the JDK 10,000; half a million is what OWASP recommends.
 */
final class Rounds {
    private static final long MAX = 2_000_000;

    private final String source;
    private long left = MAX;

    Rounds(String source) {
        this.source = source;
    }

    /** Reads an iteration count and takes it off the budget, once for each block that is derived. */
    int take(DerReader parameters, int blocks) throws DerException, TlsException {
        int iterations = parameters.smallInteger();
        left -= (long) iterations * blocks;
        if (iterations < 1 || left < 0) {
            throw new TlsException(
                    ErrorReason.UNSUPPORTED_ENCRYPTION,
                    source + ": the encryption asks for " + iterations + " iterations; at least one, and no more than "
                            + MAX + " in all, blocks of keys counted, are accepted");
        }
        return iterations;
    }
}
