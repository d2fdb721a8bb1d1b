package io.omnitls.internal.wire;

import java.util.Set;

/** Cipher suites that say something of the client and are none to choose. */
final class SignallingSuites {
    /** TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 section 3.3): as an empty renegotiation_info. */
    static final int RENEGOTIATION_INFO = 0x00ff;

    /** TLS_FALLBACK_SCSV (RFC 7507): the client has tried a newer version before, in vain. */
    static final int FALLBACK = 0x5600;

    static final Set<Integer> ALL = Set.of(RENEGOTIATION_INFO, FALLBACK);

    private SignallingSuites() {}
}
