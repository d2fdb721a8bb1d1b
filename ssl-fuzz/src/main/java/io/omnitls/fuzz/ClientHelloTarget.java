package io.omnitls.fuzz;

import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.ClientHelloCollector;
import io.omnitls.protocol.ClientHello;

/** What a client sends first. */
public final class ClientHelloTarget {
    private ClientHelloTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            new ClientHelloCollector().add(data, 0, data.length).ifPresent(ClientHelloTarget::read);
        } catch (TlsException declared) {
            // What is malformed is said to be.
        }
    }

    /** What a callback may ask of it. */
    private static void read(ClientHello hello) {
        hello.ja3Hash();
        hello.ja4();
    }
}
