package io.omnitls.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What a client said first: the ClientHello of RFC 8446 section 4.1.2, decoded. It was neither authenticated nor
 * checked against anything; a value that is not listed in a registry, such as a GREASE value (RFC 8701), is kept.
 *
 * @param legacyVersion the {@code legacy_version} field, 0x0303 for TLS 1.2 and 1.3
 * @param random the client random, 32 bytes
 * @param sessionId the {@code legacy_session_id}, 0 to 32 bytes
 * @param cipherSuites ids of the IANA registry, in the client's order of preference
 * @param extensions every extension with its bytes, in the order they were sent
 * @param serverName the {@code host_name} of server_name (RFC 6066 section 3) as sent, or empty
 * @param applicationProtocols the ALPN names (RFC 7301), each byte one char (ISO 8859-1), in the client's order
 * @param supportedVersions the {@code ProtocolVersion}s offered: those of supported_versions, or legacyVersion alone
 * @param namedGroups supported_groups, in the client's order
 * @param signatureSchemes signature_algorithms, in the client's order
 * @param keyShares the groups of key_share, in the client's order
 */
public record ClientHello(
        int legacyVersion,
        Bytes random,
        Bytes sessionId,
        List<Integer> cipherSuites,
        List<Extension> extensions,
        Optional<String> serverName,
        List<String> applicationProtocols,
        List<Integer> supportedVersions,
        List<NamedGroup> namedGroups,
        List<SignatureScheme> signatureSchemes,
        List<NamedGroup> keyShares) {

    /**
     * One extension as it was sent.
     *
     * @param type the number of the IANA registry <em>TLS ExtensionType Values</em>
     * @param data the bytes of {@code extension_data}
     */
    public record Extension(int type, Bytes data) {}

    public ClientHello {
        cipherSuites = List.copyOf(cipherSuites);
        extensions = List.copyOf(extensions);
        applicationProtocols = List.copyOf(applicationProtocols);
        supportedVersions = List.copyOf(supportedVersions);
        namedGroups = List.copyOf(namedGroups);
        signatureSchemes = List.copyOf(signatureSchemes);
        keyShares = List.copyOf(keyShares);
    }

    /** Whether the client offers this version. */
    public boolean offers(TlsVersion version) {
        return supportedVersions.contains(version.wireVersion());
    }

    /** The extension of this type, or empty when the client did not send it. */
    public Optional<Extension> extension(int type) {
        return extensions.stream().filter(extension -> extension.type() == type).findFirst();
    }
}
