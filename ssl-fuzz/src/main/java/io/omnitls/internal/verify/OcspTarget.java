package io.omnitls.internal.verify;

import io.omnitls.internal.x509.DerException;

/** An OCSP response; in the parser's own package, which nobody else sees. */
public final class OcspTarget {
    private OcspTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            OcspResponse.parse(data);
        } catch (DerException declared) {
            // What is malformed is said to be.
        }
    }
}
