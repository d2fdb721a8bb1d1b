package io.omnitls.internal.settings;

import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.CiphersuiteList;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the two ends choose from, in order of preference.
 *
 * @param ciphers OpenSSL's cipher list; empty for the secure default
 * @param ciphersuites the suites of TLS 1.3; empty for all of the backend's
 * @param securityLevel empty for that of the cipher list, or the default
 * @param groups empty for the backend's own
 * @param signatureSchemes empty for the backend's own
 * @param dhParameters a server's, of TLS 1.2 and older
 */
public record NegotiationSettings(
        Optional<String> ciphers,
        Optional<String> ciphersuites,
        Optional<SecurityLevel> securityLevel,
        List<NamedGroup> groups,
        List<SignatureScheme> signatureSchemes,
        AlpnProtocols alpn,
        DhSource dhParameters) {
    /** The secure default list, and the backend's own in all else. */
    public static final NegotiationSettings DEFAULT = new NegotiationSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            AlpnProtocols.NONE,
            DhSource.BACKEND);

    public NegotiationSettings {
        groups = List.copyOf(groups);
        signatureSchemes = List.copyOf(signatureSchemes);
    }

    /** The same with this list of suites up to TLS 1.2, in OpenSSL's language. */
    public NegotiationSettings withCiphers(String list) {
        return new NegotiationSettings(
                Optional.of(list), ciphersuites, securityLevel, groups, signatureSchemes, alpn, dhParameters);
    }

    /** The same with this list of suites of TLS 1.3. */
    public NegotiationSettings withCiphersuites(String list) {
        return new NegotiationSettings(
                ciphers, Optional.of(list), securityLevel, groups, signatureSchemes, alpn, dhParameters);
    }

    /** The same at this level, whatever the list of suites says. */
    public NegotiationSettings with(SecurityLevel level) {
        return new NegotiationSettings(
                ciphers, ciphersuites, Optional.of(level), groups, signatureSchemes, alpn, dhParameters);
    }

    /** The same with these groups, in order of preference. */
    public NegotiationSettings withGroups(List<NamedGroup> chosen) {
        return new NegotiationSettings(
                ciphers, ciphersuites, securityLevel, chosen, signatureSchemes, alpn, dhParameters);
    }

    /** The same with these schemes, in order of preference. */
    public NegotiationSettings withSignatureSchemes(List<SignatureScheme> chosen) {
        return new NegotiationSettings(ciphers, ciphersuites, securityLevel, groups, chosen, alpn, dhParameters);
    }

    /** The same with these protocols. */
    public NegotiationSettings with(AlpnProtocols protocols) {
        return new NegotiationSettings(
                ciphers, ciphersuites, securityLevel, groups, signatureSchemes, protocols, dhParameters);
    }

    /** The same with these parameters. */
    public NegotiationSettings with(DhSource source) {
        return new NegotiationSettings(ciphers, ciphersuites, securityLevel, groups, signatureSchemes, alpn, source);
    }

    /** The cipher suites that are enabled in these versions, and the security level that goes with them. */
    public CipherSelection selectCiphers(Requirements requirements, List<TlsVersion> versions) throws TlsException {
        return CipherSelection.of(
                ciphers, ciphersuites.map(CiphersuiteList::of), securityLevel, requirements.capabilities(), versions);
    }

    /** Whether the backend can be told which groups it may use, and in which order. */
    public void requireGroups(Requirements requirements) {
        if (groups.isEmpty()) {
            return;
        }
        if (Set.copyOf(groups).size() != groups.size()) {
            throw new IllegalArgumentException("a group stands twice in " + groups);
        }
        requirements.require(Feature.GROUP_CHOICE);
        requirements.requireInOrder("the group", groups, Capabilities::groups, Feature.GROUP_ORDER);
    }
}
