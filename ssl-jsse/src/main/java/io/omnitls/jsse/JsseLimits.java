package io.omnitls.jsse;

import io.omnitls.spi.Limits;

/**
 * SunJSSE's limits, which it reads from system properties once for the process: a context cannot have others. Since JDK 23
 * clients and servers have one each for chains (JDK-8311596).
 */
final class JsseLimits {
    private static final String MESSAGE = "jdk.tls.maxHandshakeMessageSize";
    private static final String CHAIN = "jdk.tls.maxCertificateChainLength";
    private static final String CHAIN_AT_CLIENT = "jdk.tls.client.maxInboundCertificateChainLength";
    private static final String CHAIN_AT_SERVER = "jdk.tls.server.maxInboundCertificateChainLength";

    private JsseLimits() {}

    static Limits ofProcess() {
        int message = positive(MESSAGE, 32_768);
        if (Runtime.version().feature() < 23) {
            int chain = positive(CHAIN, 10);
            return new Limits(chain, chain, message);
        }
        return new Limits(
                positive(CHAIN_AT_CLIENT, positive(CHAIN, 10)), positive(CHAIN_AT_SERVER, positive(CHAIN, 8)), message);
    }

    /** What somebody whose handshake failed for it can do, for the end of a message. */
    static String advice(String message) {
        return message + "; the system properties " + CHAIN + " and " + MESSAGE + " set the limits for the process";
    }

    private static int positive(String property, int otherwise) {
        int value = Integer.getInteger(property, otherwise);
        return value > 0 ? value : otherwise;
    }
}
