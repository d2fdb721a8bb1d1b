package io.omnitls.internal.wire;

import io.omnitls.error.TlsException;
import io.omnitls.protocol.NamedGroup;
import java.util.Optional;

/** What the ServerKeyExchange of TLS 1.2 tells about the group. */
public final class ServerKeyExchange {
    private static final int NAMED_CURVE = 3;

    private ServerKeyExchange() {}

    /**
     * The curve of an ECDHE exchange, or empty for another kind of exchange (RFC 8422 section 5.4).
     *
     * <pre>
     * struct {
     *     ECCurveType curve_type;
     *     NamedCurve namedcurve;
     *     opaque point<1..2^8-1>;
     * } ServerECDHParams;
     * </pre>
     *
     * <p>A DHE exchange begins with the length of its prime instead. That of a prime with 6144 bits, 0x0300, begins
     * like a named curve, but what follows, the prime's first bytes, is no curve's number.
     */
    public static Optional<NamedGroup> namedGroup(byte[] body) throws TlsException {
        WireReader reader = WireReader.of(body, "the ServerKeyExchange");
        if (reader.uint8() != NAMED_CURVE) {
            return Optional.empty();
        }
        NamedGroup group = NamedGroup.of(reader.uint16());
        return group.name().startsWith("unknown") ? Optional.empty() : Optional.of(group);
    }
}
