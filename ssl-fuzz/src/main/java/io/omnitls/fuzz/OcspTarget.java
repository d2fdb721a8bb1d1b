package io.omnitls.fuzz;

import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.OcspResponse;

/** An OCSP response. */
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
