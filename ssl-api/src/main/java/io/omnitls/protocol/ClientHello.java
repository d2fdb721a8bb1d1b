package io.omnitls.protocol;

import io.omnitls.internal.given.Given;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client said first: the ClientHello of RFC 8446 section 4.1.2, decoded. It was neither authenticated nor
 * checked against anything; a value that is not listed in a registry, such as a GREASE value (RFC 8701), is kept.
 *
 * @param raw the handshake message as it was sent: its header of four bytes and its body, without the headers of records
 * @param legacyVersion the {@code legacy_version} field, 0x0303 for TLS 1.2 and 1.3
 * @param random the client random, 32 bytes
 * @param sessionId the {@code legacy_session_id}, 0 to 32 bytes
 * @param cipherSuites ids of the IANA registry, in the client's order of preference
 * @param compressionMethods the {@code legacy_compression_methods}, each 0 to 255; 0 stands for none
 * @param extensions every extension with its bytes, in the order they were sent
 * @param serverName the {@code host_name} of server_name (RFC 6066 section 3) as sent, or empty
 * @param applicationProtocols the ALPN names (RFC 7301), each byte one char (ISO 8859-1), in the client's order
 * @param supportedVersions the {@code ProtocolVersion}s offered: those of supported_versions, or legacyVersion alone
 * @param namedGroups supported_groups, in the client's order
 * @param ecPointFormats ec_point_formats (RFC 8422 section 5.1.2), each 0 to 255, in the client's order
 * @param signatureSchemes signature_algorithms, in the client's order
 * @param keyShares the groups of key_share, in the client's order
 */
public record ClientHello(
        Bytes raw,
        int legacyVersion,
        Bytes random,
        Bytes sessionId,
        List<Integer> cipherSuites,
        List<Integer> compressionMethods,
        List<Extension> extensions,
        Optional<String> serverName,
        List<String> applicationProtocols,
        List<Integer> supportedVersions,
        List<NamedGroup> namedGroups,
        List<Integer> ecPointFormats,
        List<SignatureScheme> signatureSchemes,
        List<NamedGroup> keyShares) {

    /**
     * One extension as it was sent.
     *
     * @param type the number of the IANA registry <em>TLS ExtensionType Values</em>
     * @param data the bytes of {@code extension_data}
     */
    public record Extension(int type, Bytes data) {
        public Extension {
            Objects.requireNonNull(data, "data");
        }
    }

    public ClientHello {
        Objects.requireNonNull(raw, "raw");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(sessionId, "sessionId");
        Given.all(cipherSuites, "cipherSuites");
        Given.all(compressionMethods, "compressionMethods");
        Given.all(extensions, "extensions");
        Objects.requireNonNull(serverName, "serverName");
        Given.all(applicationProtocols, "applicationProtocols");
        Given.all(supportedVersions, "supportedVersions");
        Given.all(namedGroups, "namedGroups");
        Given.all(ecPointFormats, "ecPointFormats");
        Given.all(signatureSchemes, "signatureSchemes");
        Given.all(keyShares, "keyShares");
        cipherSuites = List.copyOf(cipherSuites);
        compressionMethods = List.copyOf(compressionMethods);
        extensions = List.copyOf(extensions);
        applicationProtocols = List.copyOf(applicationProtocols);
        supportedVersions = List.copyOf(supportedVersions);
        namedGroups = List.copyOf(namedGroups);
        ecPointFormats = List.copyOf(ecPointFormats);
        signatureSchemes = List.copyOf(signatureSchemes);
        keyShares = List.copyOf(keyShares);
    }

    /** Whether the client offers this version. */
    public boolean offers(TlsVersion version) {
        Objects.requireNonNull(version, "version");
        return supportedVersions.contains(version.wireVersion());
    }

    /** The extension of this type, or empty when the client did not send it. */
    public Optional<Extension> extension(int type) {
        for (Extension extension : extensions) {
            if (extension.type() == type) {
                return Optional.of(extension);
            }
        }
        return Optional.empty();
    }

    /**
     * The JA3 fingerprint before it is hashed, as Salesforce defined it: version, suites, extensions, groups and point
     * formats in the client's order and in decimal, for instance {@code 771,4865-4866,0-23-10-11,29-23,0}. GREASE
     * values are left out. A client that shuffles its extensions has another one each time; see {@link #ja4}.
     */
    public String ja3() {
        return Ja3.of(this);
    }

    /**
     * The MD5 of {@link #ja3} in 32 lower-case hexadecimal digits, by which lists of known clients are kept. It
     * protects nothing.
     *
     * @throws IllegalStateException when no security provider of this process has MD5
     */
    public String ja3Hash() {
        return HexDigest.of("MD5", ja3());
    }

    /**
     * The JA4 fingerprint for TLS over TCP as FoxIO defines it, for instance
     * {@code t13d1516h2_8daaf6152771_e5627efa2ab1}. It does not depend on the order of suites and extensions, nor on
     * GREASE values.
     */
    public String ja4() {
        return Ja4.of(this);
    }
}
