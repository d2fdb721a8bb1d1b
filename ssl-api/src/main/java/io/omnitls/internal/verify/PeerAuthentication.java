package io.omnitls.internal.verify;

import io.omnitls.cert.OcspStapling;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyResult;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.VerifyMode;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
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
    private final VerifyPolicy policy;
    private final OcspStapling stapling;

    private volatile List<X509Certificate> presentedChain = List.of();
    private volatile Optional<VerifyResult> result = Optional.empty();
    private volatile Optional<Bytes> stapledResponse = Optional.empty();

    /**
     * @param role the part of this end
     * @param name whom the peer has to be; empty for anybody whose certificate is good
     * @param stapling what becomes of a stapled OCSP response
     */
    public PeerAuthentication(
            Role role, VerifyMode mode, Optional<PeerName> name, VerifyPolicy policy, OcspStapling stapling) {
        this.role = role;
        this.mode = mode;
        this.name = name;
        this.policy = policy;
        this.stapling = stapling;
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
        return policy.request(role == Role.CLIENT ? Purpose.SERVER : Purpose.CLIENT, name);
    }

    OcspStapling stapling() {
        return stapling;
    }

    void stapled(Optional<Bytes> response) {
        stapledResponse = response;
    }

    /** The OCSPResponse that the peer stapled to its certificate, DER; empty when it did not, or the backend keeps it. */
    public Optional<Bytes> stapledResponse() {
        return stapledResponse;
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
