package io.omnitls.fuzz;

import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.ClientHelloCollector;

/** What a client sends first. */
public final class ClientHelloTarget {
    private ClientHelloTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            new ClientHelloCollector().add(data, 0, data.length);
        } catch (TlsException declared) {
            // What is malformed is said to be.
        }
    }
}
