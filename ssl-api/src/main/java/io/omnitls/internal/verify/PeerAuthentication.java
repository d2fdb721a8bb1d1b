package io.omnitls.internal.verify;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.VerifyMode;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one connection asks of its peer, and what came of it. A context has one trust manager for all its connections,
 * and a backend may call it with an engine that nobody has seen before (Conscrypt hands out an inner one); what every
 * backend keeps is the thread. So the driver {@linkplain #enter enters} this object around its calls of the engine, and
 * the trust manager takes the {@linkplain #current current} one.
 */
public final class PeerAuthentication {
    private static final ThreadLocal<@Nullable PeerAuthentication> CURRENT = new ThreadLocal<>();

    private final Role role;
    private final VerifyMode mode;
    private final Optional<PeerName> name;
    private final Set<VerifyFlag> flags;
    private final SecurityLevel securityLevel;
    private final Clock clock;
    private final int maxChainDepth;

    private volatile List<X509Certificate> presentedChain = List.of();
    private volatile Optional<VerifyResult> result = Optional.empty();

    /**
     * @param role the part of this end
     * @param name whom the peer has to be; empty for anybody whose certificate is good
     */
    public PeerAuthentication(
            Role role,
            VerifyMode mode,
            Optional<PeerName> name,
            Set<VerifyFlag> flags,
            SecurityLevel securityLevel,
            Clock clock,
            int maxChainDepth) {
        this.role = role;
        this.mode = mode;
        this.name = name;
        this.flags = flags;
        this.securityLevel = securityLevel;
        this.clock = clock;
        this.maxChainDepth = maxChainDepth;
    }

    /** Makes this the one whose handshake the calling thread drives. */
    public void enter() {
        CURRENT.set(this);
    }

    /** The calling thread drives no handshake any more. */
    public static void exit() {
        CURRENT.remove();
    }

    static Optional<PeerAuthentication> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    VerifyMode mode() {
        return mode;
    }

    VerifyRequest request() {
        return new VerifyRequest(
                role == Role.CLIENT ? Purpose.SERVER : Purpose.CLIENT,
                name,
                clock.instant(),
                flags,
                securityLevel.minimumBits(),
                maxChainDepth);
    }

    void judged(List<X509Certificate> presented, VerifyResult verdict) {
        presentedChain = List.copyOf(presented);
        result = Optional.of(verdict);
    }

    /** What the peer presented; empty before it did. */
    public List<X509Certificate> presentedChain() {
        return presentedChain;
    }

    /** The verdict; empty before the peer presented a certificate. */
    public Optional<VerifyResult> result() {
        return result;
    }
}
