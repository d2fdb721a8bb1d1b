package io.omnitls.internal.settings;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.internal.verify.VerifyPolicy;
import io.omnitls.internal.verify.VerifyRules;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.TlsProvider;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How the peer's certificate is judged.
 *
 * @param trust whom to trust; empty for the system's on a client, and for nobody on a server
 * @param maxDepth empty for that of the profile
 * @param backtracking whether other paths are tried where the first one fails
 * @param server what is asked of a server beyond that
 */
public record VerificationSettings(
        VerifyMode mode,
        Optional<TrustStore> trust,
        Set<VerifyFlag> flags,
        OptionalInt maxDepth,
        VerifyProfile profile,
        boolean backtracking,
        Clock clock,
        ServerVerification server) {
    /** A server's: clients are not asked for certificates. */
    public static final VerificationSettings OF_CLIENTS = new VerificationSettings(
            VerifyMode.NONE,
            Optional.empty(),
            Set.of(),
            OptionalInt.empty(),
            VerifyProfile.OPENSSL,
            false,
            Clock.systemUTC(),
            ServerVerification.NONE);

    /** A client's. */
    public static final VerificationSettings OF_SERVERS =
            OF_CLIENTS.with(VerifyMode.REQUIRED).with(ServerVerification.DEFAULT);

    public VerificationSettings {
        flags = Set.copyOf(flags);
    }

    /** The same in this mode. */
    public VerificationSettings with(VerifyMode changed) {
        return new VerificationSettings(changed, trust, flags, maxDepth, profile, backtracking, clock, server);
    }

    /** The same with whom this store trusts. */
    public VerificationSettings with(TrustStore store) {
        return new VerificationSettings(
                mode, Optional.of(store), flags, maxDepth, profile, backtracking, clock, server);
    }

    /** The same with these flags and no others. */
    public VerificationSettings withFlags(Set<VerifyFlag> changed) {
        return new VerificationSettings(mode, trust, changed, maxDepth, profile, backtracking, clock, server);
    }

    /**
     * The same with so many certificates between the leaf and the anchor.
     *
     * @throws IllegalArgumentException when the number is negative
     */
    public VerificationSettings withMaxDepth(int depth) {
        return new VerificationSettings(
                mode,
                trust,
                flags,
                OptionalInt.of(VerifyRules.requireDepth(depth)),
                profile,
                backtracking,
                clock,
                server);
    }

    /** The same by the rules of this profile. */
    public VerificationSettings with(VerifyProfile changed) {
        return new VerificationSettings(mode, trust, flags, maxDepth, changed, backtracking, clock, server);
    }

    /** The same, and whether other paths are tried where the first one fails. */
    public VerificationSettings withBacktracking(boolean otherPaths) {
        return new VerificationSettings(mode, trust, flags, maxDepth, profile, otherPaths, clock, server);
    }

    /** The same by this clock. */
    public VerificationSettings with(Clock source) {
        return new VerificationSettings(mode, trust, flags, maxDepth, profile, backtracking, source, server);
    }

    /** The same with this asked of a server. */
    public VerificationSettings with(ServerVerification changed) {
        return new VerificationSettings(mode, trust, flags, maxDepth, profile, backtracking, clock, changed);
    }

    /** How many certificates may stand between the leaf and the anchor. */
    public int maxChainDepth() {
        return maxDepth.orElse(profile.maxChainDepth());
    }

    /** Loads whom to trust with the provider's cryptography. */
    public TrustAnchors load(Role role, TlsProvider provider) throws TlsException {
        if (trust.isPresent()) {
            return trust.get().load(provider.crypto());
        }
        if (mode == VerifyMode.NONE) {
            return TrustAnchors.of(List.of());
        }
        if (role == Role.SERVER) {
            throw new IllegalArgumentException("the server asks for client certificates, but trusts nobody;"
                    + " name the certificate authorities with verifyLocations");
        }
        return TrustStore.builder().systemDefault().build().load(provider.crypto());
    }

    /** The rules that every chain is held to. */
    public VerifyPolicy policy(SecurityLevel level) {
        VerifyRules rules = new VerifyRules(
                flags, level.minimumBits(), maxChainDepth(), server.commonName(), profile, backtracking);
        return new VerifyPolicy(rules, clock, server.stapling());
    }
}
