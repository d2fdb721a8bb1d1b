package io.omnitls;

import io.omnitls.internal.given.Given;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Every fact that a handshake agreed on, as one value.
 *
 * @param provider the name of the provider whose backend did it
 * @param version the negotiated version
 * @param cipher the negotiated cipher suite
 * @param namedGroup the group of the key exchange; empty when none took place (a resumed TLS 1.2 session, or RSA key
 *     transport)
 * @param signatureScheme what the server's handshake was signed with; empty where nothing was signed now, and in TLS 1.3
 *     where the backend does not tell
 * @param applicationProtocol the protocol that ALPN selected, each char one byte; empty when none was
 * @param serverName the name in the ClientHello's server_name, an A-label; empty when there was none
 * @param sessionReused whether an earlier session was resumed, so that no certificate was exchanged now
 * @param sessionId the session id; empty where the version or the backend has none
 * @param localChain the certificates that this end sent, its own first; empty when it sent none
 * @param fipsApproved whether all of it was done in the approved mode of a validated module
 */
public record ConnectionInfo(
        String provider,
        TlsVersion version,
        CipherSuite cipher,
        Optional<NamedGroup> namedGroup,
        Optional<SignatureScheme> signatureScheme,
        Optional<String> applicationProtocol,
        Optional<String> serverName,
        boolean sessionReused,
        Bytes sessionId,
        List<X509Certificate> localChain,
        boolean fipsApproved) {
    public ConnectionInfo {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(cipher, "cipher");
        Objects.requireNonNull(namedGroup, "namedGroup");
        Objects.requireNonNull(signatureScheme, "signatureScheme");
        Objects.requireNonNull(applicationProtocol, "applicationProtocol");
        Objects.requireNonNull(serverName, "serverName");
        Objects.requireNonNull(sessionId, "sessionId");
        Given.all(localChain, "localChain");
        localChain = List.copyOf(localChain);
    }

    /** The facts in one line; of the certificates just the subject. */
    @Override
    public String toString() {
        return version + ", " + cipher + namedGroup.map(group -> ", " + group).orElse("")
                + signatureScheme.map(scheme -> ", " + scheme).orElse("")
                + applicationProtocol.map(protocol -> ", ALPN " + protocol).orElse("")
                + serverName.map(name -> ", for " + name).orElse("")
                + (localChain.isEmpty() ? "" : ", as " + localChain.get(0).getSubjectX500Principal())
                + (sessionReused ? ", resumed" : "") + (fipsApproved ? ", FIPS approved" : "") + ", by " + provider;
    }
}
