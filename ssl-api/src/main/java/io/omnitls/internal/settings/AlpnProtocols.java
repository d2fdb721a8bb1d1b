package io.omnitls.internal.settings;

import io.omnitls.spi.Feature;
import java.util.List;

/** The protocols of ALPN in order of preference, each char one byte. */
public record AlpnProtocols(List<String> names) {
    /** Nothing is negotiated by ALPN. */
    public static final AlpnProtocols NONE = new AlpnProtocols(List.of());

    public AlpnProtocols {
        names = List.copyOf(names);
    }

    /** Whether these can be names, and the backend can be told them. */
    public void require(Requirements requirements) {
        for (String name : names) {
            // RFC 7301 3.1: opaque ProtocolName<1..2^8-1>
            if (name.isEmpty() || name.length() > 255 || name.chars().anyMatch(c -> c > 0xff)) {
                throw new IllegalArgumentException(
                        "an ALPN protocol name is 1 to 255 bytes, each given as one char, not '" + name + "'");
            }
            if (name.chars().anyMatch(c -> c > 0x7f)) {
                requirements.require(Feature.BINARY_ALPN);
            }
        }
    }
}
