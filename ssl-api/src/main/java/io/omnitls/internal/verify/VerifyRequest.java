package io.omnitls.internal.verify;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import java.time.Instant;
import java.util.Optional;

/**
 * What a chain has to satisfy.
 *
 * @param name whom the leaf has to speak for; empty for anybody
 * @param time the moment at which every certificate has to be valid
 */
public record VerifyRequest(Purpose purpose, Optional<PeerName> name, Instant time, VerifyRules rules) {
    /** Whether {@code other} asks for the same, at another time perhaps: all that a verdict depends on but the time. */
    boolean asksTheSame(VerifyRequest other) {
        return purpose == other.purpose && name.equals(other.name) && rules.equals(other.rules);
    }
}
