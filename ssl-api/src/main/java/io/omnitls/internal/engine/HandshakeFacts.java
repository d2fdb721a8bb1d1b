package io.omnitls.internal.engine;

import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * What a completed handshake agreed on, read once: some backends forget it when a connection closes.
 *
 * @param cipherSuite the suite's registry (IANA) name
 * @param group the group of the key exchange, where there was one and it could be seen
 * @param signatureScheme what the server's handshake was signed with, where that could be seen
 * @param resumed whether an earlier session was resumed, so that no certificate was exchanged now
 * @param peerChain what the peer sent, its own certificate first; on resumption, what it had sent then
 * @param localChain what this end sent
 * @param sessionId the session id, empty where the version has none
 * @param sessionTime when the session began, on resumption the first time
 * @param sessionTimeout how long the backend keeps it, zero for no limit
 * @param tlsUnique the first Finished message of TLS 1.2, where the backend tells
 * @param session what the backend resumes it by; empty when it cannot be resumed
 */
public record HandshakeFacts(
        TlsVersion version,
        String cipherSuite,
        Optional<NamedGroup> group,
        Optional<SignatureScheme> signatureScheme,
        Optional<String> applicationProtocol,
        boolean resumed,
        boolean fipsApproved,
        List<X509Certificate> peerChain,
        List<X509Certificate> localChain,
        Bytes sessionId,
        Instant sessionTime,
        Duration sessionTimeout,
        Optional<Object> session,
        Optional<Bytes> tlsUnique,
        PeerAuthentication authentication) {

    static HandshakeFacts of(Endpoint endpoint, FlightObserver observer) {
        TlsEngine engine = endpoint.engine();
        SSLSession session = engine.sslEngine().getSession();
        List<X509Certificate> peerChain = peerChain(session);
        // A peer that is known although the trust manager was not asked comes from an earlier session, whatever was
        // seen.
        boolean unseen =
                !peerChain.isEmpty() && endpoint.authentication().result().isEmpty();
        return new HandshakeFacts(
                TlsVersion.of(session.getProtocol()),
                session.getCipherSuite(),
                observer.namedGroup().or(engine::namedGroup),
                observer.signatureScheme().or(engine::signatureScheme),
                engine.applicationProtocol(),
                observer.resumed() || unseen,
                engine.fipsApproved(),
                peerChain,
                x509(session.getLocalCertificates()),
                Bytes.copyOf(session.getId()),
                Instant.ofEpochMilli(session.getCreationTime()),
                timeout(session.getSessionContext()),
                engine.session(),
                engine.tlsUnique(),
                endpoint.authentication());
    }

    /**
     * A resumed handshake shows no certificate to the trust manager, so what the session began with is judged here. So is
     * every peer that has not been judged: nothing that the peer sends may decide whether it is.
     *
     * @throws TlsCertificateVerificationException when it is not good any more, or required and unknown
     */
    void requirePeerJudged() throws TlsCertificateVerificationException {
        if (!resumed && authentication.result().isPresent()) {
            return;
        }
        try {
            authentication.judgeResumed(peerChain);
        } catch (VerifyFailure refusal) {
            throw new TlsCertificateVerificationException(
                    refusal.code(),
                    refusal.depth(),
                    "the session cannot be resumed any more: " + refusal.getMessage(),
                    Optional.empty(),
                    refusal);
        }
    }

    private static Duration timeout(@Nullable SSLSessionContext sessions) {
        return sessions == null ? Duration.ZERO : Duration.ofSeconds(sessions.getSessionTimeout());
    }

    private static List<X509Certificate> peerChain(SSLSession session) {
        try {
            return x509(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    private static List<X509Certificate> x509(Certificate @Nullable [] chain) {
        List<X509Certificate> certificates = new ArrayList<>();
        if (chain != null) {
            for (Certificate certificate : chain) {
                certificates.add((X509Certificate) certificate);
            }
        }
        return List.copyOf(certificates);
    }
}
