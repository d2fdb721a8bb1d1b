package io.omnitls.internal.verify;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.EngineCall;
import io.omnitls.spi.UnreadableCertificate;
import io.omnitls.spi.VerifyFailure;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one connection asks of its peer, what came of it, and which identity of its own it answers with. A context has one
 * trust manager for all its connections, and a backend may call it with an engine that nobody has seen before (Conscrypt
 * hands out an inner one); what every backend keeps is the thread. So the driver makes its calls of the engine {@linkplain
 * EngineCall#during with} this object, and the trust and the key manager take the {@linkplain #current current} one.
 */
public final class PeerAuthentication {
    private final ChainVerifier verifier;
    private final Role role;
    private final VerifyMode mode;
    private final Optional<PeerName> name;
    private final VerifyPolicy policy;
    private final String ownKeys;

    private Optional<CertifiedKey> answering = Optional.empty(); // set once, before the handshake begins
    private volatile List<X509Certificate> presentedChain = List.of();
    private volatile Optional<VerifyResult> result = Optional.empty();
    private volatile Optional<Bytes> stapledResponse = Optional.empty();
    private volatile boolean asked;
    private volatile Optional<PublicKeyInfo> shown = Optional.empty();

    /**
     * @param verifier judges what the peer presents
     * @param role the part of this end
     * @param name whom the peer has to be; empty for anybody whose certificate is good
     * @param ownKeys what keys this end has, for messages; empty when it has none
     */
    public PeerAuthentication(
            ChainVerifier verifier,
            Role role,
            VerifyMode mode,
            Optional<PeerName> name,
            VerifyPolicy policy,
            String ownKeys) {
        this.verifier = verifier;
        this.role = role;
        this.mode = mode;
        this.name = name;
        this.policy = policy;
        this.ownKeys = ownKeys;
    }

    /** Decides which of this end's identities is proved; without that the key manager goes by what it is asked. */
    public PeerAuthentication answeringWith(CertifiedKey identity) {
        answering = Optional.of(identity);
        return this;
    }

    /** What keys this end has, for messages; empty when it has none. */
    public String ownKeys() {
        return ownKeys;
    }

    /** A backend looks for the certificate that a server asks its client for. */
    void asked() {
        asked = true;
    }

    /** It takes this key of this end. */
    void shown(PublicKeyInfo key) {
        shown = Optional.of(key);
    }

    /** The key of the certificate that this end has shown. */
    public Optional<PublicKeyInfo> shown() {
        return shown;
    }

    /** Whether this is a client with a certificate, and the server came to ask for one and was shown none. */
    public boolean keptBack() {
        return role == Role.CLIENT
                && !ownKeys.isEmpty()
                && shown.isEmpty()
                // A backend may see by itself that it need not look.
                && (asked || !presentedChain.isEmpty());
    }

    /** Whether the peer is asked for a certificate, if it is a client. */
    public boolean asksForCertificate() {
        return mode != VerifyMode.NONE;
    }

    Optional<CertifiedKey> answering() {
        return answering;
    }

    /** Of the connection whose engine the calling thread works for. */
    static Optional<PeerAuthentication> current() {
        return EngineCall.current()
                .flatMap(EngineCall::connection)
                .filter(PeerAuthentication.class::isInstance)
                .map(PeerAuthentication.class::cast);
    }

    private VerifyRequest request() {
        return policy.request(role == Role.CLIENT ? Purpose.SERVER : Purpose.CLIENT, name);
    }

    /** Judges what the peer presents now, its own certificate first, and the OCSP response that it stapled to that. */
    void judge(List<X509Certificate> presented, Optional<Bytes> staple) throws VerifyFailure {
        stapledResponse = staple;
        if (unusable(presented)) {
            throw unusable(verifier.verify(presented, request()));
        }
        conclude(presented, verifier.verify(presented, request(), policy.stapling(), staple));
    }

    /**
     * Judges again what the peer presented when the session that is now resumed began: certificates have expired since, or
     * were revoked. An OCSP response is not kept with a session.
     */
    public void judgeResumed(List<X509Certificate> presented) throws VerifyFailure {
        if (!presented.isEmpty()) {
            conclude(presented, verifier.verify(presented, request()));
        } else if (mode == VerifyMode.REQUIRED) {
            throw new VerifyFailure(VerifyCode.INVALID_CALL, 0, "the resumed session does not know its peer");
        }
    }

    /**
     * Judges what the peer presented where the backend cannot read all of it. There is no good verdict: even where nothing
     * is wrong with the chain, the handshake cannot go on with a key that the backend does not see. For the same reason it
     * counts in every {@link VerifyMode}, as a certificate that does not parse does in OpenSSL.
     */
    public VerifyFailure judgeEncoded(List<Bytes> presented) {
        return unusable(verifier.verifyEncoded(
                presented.stream().map(Bytes::toByteArray).collect(Collectors.toList()), request()));
    }

    /**
     * Whether a handshake cannot go on, whatever the verdict: the backend does not see the peer's key, or among the
     * certificates is something that is none to anybody, which ends it in OpenSSL too.
     */
    private static boolean unusable(List<X509Certificate> presented) {
        for (int i = 0; i < presented.size(); i++) {
            if (presented.get(i) instanceof UnreadableCertificate unreadable
                    && (i == 0 || !ChainVerifier.readable(unreadable))) {
                return true;
            }
        }
        return false;
    }

    private static VerifyFailure unusable(VerifyResult verdict) {
        return verdict.ok()
                ? new VerifyFailure(
                        VerifyCode.CERT_REJECTED, 0, "the certificates are good, but this backend cannot read them")
                : new VerifyFailure(verdict.code(), verdict.depth(), verdict.explanation());
    }

    private void conclude(List<X509Certificate> presented, VerifyResult verdict) throws VerifyFailure {
        presentedChain = List.copyOf(presented);
        result = Optional.of(verdict);
        if (!verdict.ok() && mode != VerifyMode.NONE) {
            throw new VerifyFailure(verdict.code(), verdict.depth(), verdict.explanation());
        }
    }

    /** The OCSPResponse that the peer stapled to its certificate, DER; empty when it did not, or the backend keeps it. */
    public Optional<Bytes> stapledResponse() {
        return stapledResponse;
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
