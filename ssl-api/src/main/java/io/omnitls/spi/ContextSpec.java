package io.omnitls.spi;

import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A context in which everything is decided: what {@link TlsProvider#open} receives. Nothing in it is beyond the
 * provider's {@link Capabilities}.
 *
 * @param role the end that the context's connections play
 * @param versions the enabled versions, oldest first; a range without holes, never empty
 * @param cipherSuites the enabled suites of all versions, in order of preference
 * @param preferServerCiphers whether a server's order decides; otherwise the client's
 * @param groups the named groups in order of preference; empty for the backend's own
 * @param sessions how sessions are kept
 * @param secretUses what the connections' secrets are wanted for; nothing else is told of them, and to nobody
 * @param verifyMode on a server, whether to ask for a certificate. Asking is the engine's job, judging is
 *     {@code trustManager}'s, which knows the mode too
 * @param signatureSchemes the schemes of handshake signatures that this end offers, accepts and signs with, in order of
 *     preference; empty for the backend's own
 * @param dhParameters on a server, the group of finite-field Diffie-Hellman in TLS 1.2 and older; empty for the backend's
 *     own choice
 * @param keyManager chooses this end's identity; never asks for a password, and may hold keys that cannot be exported
 * @param trustManager judges the peer. Install it as it is; it throws {@link VerifyFailure} and nothing else
 */
public record ContextSpec(
        Role role,
        List<TlsVersion> versions,
        List<CipherSuite> cipherSuites,
        boolean preferServerCiphers,
        List<NamedGroup> groups,
        SessionSpec sessions,
        Set<SecretUse> secretUses,
        VerifyMode verifyMode,
        List<SignatureScheme> signatureSchemes,
        Optional<DhParameters> dhParameters,
        X509ExtendedKeyManager keyManager,
        X509ExtendedTrustManager trustManager) {

    public ContextSpec {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
        secretUses = Set.copyOf(secretUses);
        signatureSchemes = List.copyOf(signatureSchemes);
    }

    /** The names that JSSE-style backends know the enabled versions by. */
    public String[] protocolNames() {
        return versions.stream().map(TlsVersion::protocolName).toArray(String[]::new);
    }

    /** The registry (IANA) names of the enabled suites. */
    public String[] cipherSuiteNames() {
        return cipherSuites.stream().map(CipherSuite::ianaName).toArray(String[]::new);
    }
}
