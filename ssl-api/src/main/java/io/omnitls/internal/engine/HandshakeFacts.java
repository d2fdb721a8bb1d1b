package io.omnitls.internal.engine;

import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a completed handshake agreed on, read once: some backends forget it when a connection closes.
 *
 * @param peerChain what the peer sent, its own certificate first; on resumption, what it had sent then
 * @param localChain what this end sent
 * @param tlsUnique the first Finished message of TLS 1.2, where the backend tells
 */
public record HandshakeFacts(
        Negotiated negotiated,
        SessionFacts session,
        List<X509Certificate> peerChain,
        List<X509Certificate> localChain,
        Optional<Bytes> tlsUnique,
        PeerAuthentication authentication) {

    static HandshakeFacts of(Endpoint endpoint, FlightObserver observer) {
        TlsEngine engine = endpoint.engine();
        SSLSession session = engine.sslEngine().getSession();
        List<X509Certificate> peerChain = mayKnowPeer(endpoint) ? peerChain(session) : List.of();
        // A peer that is known although the trust manager was not asked is from an earlier session, whatever was seen.
        boolean unseen =
                !peerChain.isEmpty() && endpoint.authentication().result().isEmpty();
        Negotiated negotiated = new Negotiated(
                TlsVersion.of(session.getProtocol()),
                session.getCipherSuite(),
                observer.namedGroup().or(engine::namedGroup),
                observer.signatureScheme().or(engine::signatureScheme),
                engine.applicationProtocol(),
                observer.resumed() || unseen,
                engine.fipsApproved(),
                observer.secretsBound());
        return new HandshakeFacts(
                negotiated,
                SessionFacts.of(engine, session),
                peerChain,
                x509(session.getLocalCertificates()),
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
        if (!negotiated.resumed() && authentication.result().isPresent()) {
            return;
        }
        try {
            authentication.judgeResumed(peerChain);
        } catch (VerifyFailure refusal) {
            throw FailureMapper.resumed(refusal);
        }
    }

    /** A server that asks for no certificate has none, nor have the sessions of its context; a session says so by throwing. */
    private static boolean mayKnowPeer(Endpoint endpoint) {
        return endpoint.role() == Role.CLIENT || endpoint.authentication().asksForCertificate();
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
