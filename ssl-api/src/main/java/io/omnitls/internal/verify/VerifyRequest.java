package io.omnitls.internal.verify;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a chain has to satisfy.
 *
 * @param name whom the leaf has to speak for; empty for anybody
 * @param time the moment at which every certificate has to be valid
 * @param securityBits the least security of keys and signatures; 0 for any
 * @param maxDepth how many certificates may stand between the leaf and the anchor
 * @param commonName whether the subject's common name counts where there is no subjectAltName
 */
public record VerifyRequest(
        Purpose purpose,
        Optional<PeerName> name,
        Instant time,
        Set<VerifyFlag> flags,
        int securityBits,
        int maxDepth,
        boolean commonName) {
    /** OpenSSL's own limit. */
    public static final int DEFAULT_MAX_DEPTH = 100;

    public VerifyRequest {
        flags = Set.copyOf(flags);
    }

    /** A request for which common names count for nothing, as they do unless somebody asks for it. */
    public VerifyRequest(
            Purpose purpose,
            Optional<PeerName> name,
            Instant time,
            Set<VerifyFlag> flags,
            int securityBits,
            int maxDepth) {
        this(purpose, name, time, flags, securityBits, maxDepth, false);
    }

    /** {@code depth}, if it can be one. */
    public static int requireDepth(int depth) {
        if (depth < 0) {
            throw new IllegalArgumentException("the depth of a chain is not negative, unlike " + depth);
        }
        return depth;
    }
}
