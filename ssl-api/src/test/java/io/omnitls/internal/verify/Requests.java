package io.omnitls.internal.verify;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What tests ask of chains. */
public final class Requests {
    private Requests() {}

    /** Under OpenSSL's rules, with its limit of depth and without common names. */
    public static VerifyRequest openSsl(
            Purpose purpose, Optional<PeerName> name, Instant time, Set<VerifyFlag> flags, int securityBits) {
        return new VerifyRequest(
                purpose,
                name,
                time,
                flags,
                securityBits,
                VerifyProfile.OPENSSL.maxChainDepth(),
                false,
                VerifyProfile.OPENSSL,
                false);
    }

    /** {@code request} with another limit of depth. */
    public static VerifyRequest withDepth(VerifyRequest request, int maxDepth) {
        return new VerifyRequest(
                request.purpose(),
                request.name(),
                request.time(),
                request.flags(),
                request.securityBits(),
                maxDepth,
                request.commonName(),
                request.profile(),
                request.backtracking());
    }

    /** {@code request} under other rules. */
    public static VerifyRequest under(VerifyRequest request, VerifyProfile rules, boolean otherPaths) {
        return new VerifyRequest(
                request.purpose(),
                request.name(),
                request.time(),
                request.flags(),
                request.securityBits(),
                request.maxDepth(),
                request.commonName(),
                rules,
                otherPaths);
    }
}
