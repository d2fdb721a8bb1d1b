package io.omnitls.bcfips;

import io.omnitls.error.TlsException;
import io.omnitls.spi.Limits;

/**
 * The backend's limits. For the length of a chain it reads system properties once for the process. For the size of a
 * message it reads one whenever a context is made and never again, so a larger one than its own is set for just that
 * moment, unless somebody has set it; a context that somebody else makes in that moment has OpenSSL's limit, and works.
 */
final class BcFipsLimits {
    private static final String MESSAGE = "jdk.tls.maxHandshakeMessageSize";
    private static final String CHAIN = "jdk.tls.maxCertificateChainLength";
    private static final String CHAIN_AT_CLIENT = "jdk.tls.client.maxInboundCertificateChainLength";
    private static final String CHAIN_AT_SERVER = "jdk.tls.server.maxInboundCertificateChainLength";

    private BcFipsLimits() {}

    static Limits ofProcess() {
        int chain = atLeast(1, CHAIN, 0);
        return new Limits(
                atLeast(1, CHAIN_AT_CLIENT, chain == 0 ? 10 : chain),
                atLeast(1, CHAIN_AT_SERVER, chain == 0 ? 8 : chain),
                System.getProperty(MESSAGE) == null ? Limits.OPENSSL_MESSAGE : atLeast(1024, MESSAGE, 32_768));
    }

    /** The backend's {@code PropertyUtils.getIntegerSystemProperty}, to which a smaller number is as good as none. */
    private static int atLeast(int smallest, String property, int otherwise) {
        int value = Integer.getInteger(property, otherwise);
        return value < smallest ? otherwise : value;
    }

    /** Makes a context. */
    interface Maker<T> {
        T make() throws TlsException;
    }

    /** Makes a context that takes messages of the size that {@link #ofProcess} says. */
    static synchronized <T> T raised(Maker<T> maker) throws TlsException {
        if (System.getProperty(MESSAGE) != null) {
            return maker.make();
        }
        System.setProperty(MESSAGE, Integer.toString(Limits.OPENSSL_MESSAGE));
        try {
            return maker.make();
        } finally {
            System.clearProperty(MESSAGE);
        }
    }

    /** What somebody whose handshake failed for it can do, for the end of a message. */
    static String advice(String message) {
        return message + "; the system properties " + CHAIN + " and " + MESSAGE + " set the limits for the process";
    }
}
