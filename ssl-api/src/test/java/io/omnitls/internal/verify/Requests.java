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
                new VerifyRules(
                        flags,
                        securityBits,
                        VerifyProfile.OPENSSL.maxChainDepth(),
                        false,
                        VerifyProfile.OPENSSL,
                        false));
    }

    /** {@code request} with another limit of depth. */
    public static VerifyRequest withDepth(VerifyRequest request, int maxDepth) {
        VerifyRules rules = request.rules();
        return with(
                request,
                new VerifyRules(
                        rules.flags(),
                        rules.securityBits(),
                        maxDepth,
                        rules.commonName(),
                        rules.profile(),
                        rules.backtracking()));
    }

    /** {@code request} under other rules. */
    public static VerifyRequest under(VerifyRequest request, VerifyProfile profile, boolean otherPaths) {
        VerifyRules rules = request.rules();
        return with(
                request,
                new VerifyRules(
                        rules.flags(),
                        rules.securityBits(),
                        rules.maxDepth(),
                        rules.commonName(),
                        profile,
                        otherPaths));
    }

    private static VerifyRequest with(VerifyRequest request, VerifyRules rules) {
        return new VerifyRequest(request.purpose(), request.name(), request.time(), rules);
    }
}
