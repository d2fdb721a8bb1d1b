package io.omnitls.protocol;

import io.omnitls.internal.given.Given;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client said first: the ClientHello of RFC 8446 section 4.1.2, decoded. It was neither authenticated nor
 * checked against anything; a value that is not listed in a registry, such as a GREASE value (RFC 8701), is kept.
 *
 * <p>An immutable value: two are equal when all that they say is.
 */
public final class ClientHello {
    private final Bytes raw;
    private final int legacyVersion;
    private final Bytes random;
    private final Bytes sessionId;
    private final List<Integer> cipherSuites;
    private final List<Integer> compressionMethods;
    private final List<Extension> extensions;
    private final Optional<String> serverName;
    private final List<String> applicationProtocols;
    private final List<Integer> supportedVersions;
    private final List<NamedGroup> namedGroups;
    private final List<Integer> ecPointFormats;
    private final List<SignatureScheme> signatureSchemes;
    private final List<NamedGroup> keyShares;

    private ClientHello(Builder builder) {
        raw = builder.raw;
        legacyVersion = builder.legacyVersion;
        random = builder.random;
        sessionId = builder.sessionId;
        cipherSuites = builder.cipherSuites;
        compressionMethods = builder.compressionMethods;
        extensions = builder.extensions;
        serverName = builder.serverName;
        applicationProtocols = builder.applicationProtocols;
        supportedVersions = builder.supportedVersions.orElse(List.of(legacyVersion));
        namedGroups = builder.namedGroups;
        ecPointFormats = builder.ecPointFormats;
        signatureSchemes = builder.signatureSchemes;
        keyShares = builder.keyShares;
    }

    /**
     * Starts one that says nothing: version 0x0303, 32 zero bytes, and no more. For tests of what reads a ClientHello.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts from what this one says. */
    public Builder toBuilder() {
        Builder builder = new Builder()
                .raw(raw)
                .legacyVersion(legacyVersion)
                .random(random)
                .sessionId(sessionId)
                .cipherSuites(cipherSuites)
                .compressionMethods(compressionMethods)
                .extensions(extensions)
                .applicationProtocols(applicationProtocols)
                .supportedVersions(supportedVersions)
                .namedGroups(namedGroups)
                .ecPointFormats(ecPointFormats)
                .signatureSchemes(signatureSchemes)
                .keyShares(keyShares);
        builder.serverName = serverName;
        return builder;
    }

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

    /** The handshake message as it was sent: its header of four bytes and its body, without the headers of records. */
    public Bytes raw() {
        return raw;
    }

    /** The {@code legacy_version} field, 0x0303 for TLS 1.2 and 1.3. */
    public int legacyVersion() {
        return legacyVersion;
    }

    /** The client random, 32 bytes. */
    public Bytes random() {
        return random;
    }

    /** The {@code legacy_session_id}, 0 to 32 bytes. */
    public Bytes sessionId() {
        return sessionId;
    }

    /** Ids of the IANA registry, in the client's order of preference. */
    public List<Integer> cipherSuites() {
        return cipherSuites;
    }

    /** The {@code legacy_compression_methods}, each 0 to 255; 0 stands for none. */
    public List<Integer> compressionMethods() {
        return compressionMethods;
    }

    /** Every extension with its bytes, in the order they were sent. */
    public List<Extension> extensions() {
        return extensions;
    }

    /** The {@code host_name} of server_name (RFC 6066 section 3) as sent; empty when there was none. */
    public Optional<String> serverName() {
        return serverName;
    }

    /** The ALPN names (RFC 7301), each byte one char (ISO 8859-1), in the client's order. */
    public List<String> applicationProtocols() {
        return applicationProtocols;
    }

    /** The {@code ProtocolVersion}s offered: those of supported_versions, or legacyVersion alone. */
    public List<Integer> supportedVersions() {
        return supportedVersions;
    }

    /** Those of supported_groups, in the client's order. */
    public List<NamedGroup> namedGroups() {
        return namedGroups;
    }

    /** Those of ec_point_formats (RFC 8422 section 5.1.2), each 0 to 255, in the client's order. */
    public List<Integer> ecPointFormats() {
        return ecPointFormats;
    }

    /** Those of signature_algorithms, in the client's order. */
    public List<SignatureScheme> signatureSchemes() {
        return signatureSchemes;
    }

    /** The groups of key_share, in the client's order. */
    public List<NamedGroup> keyShares() {
        return keyShares;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientHello hello && said().equals(hello.said());
    }

    @Override
    public int hashCode() {
        return said().hashCode();
    }

    /** What {@link #ja3} says, and nothing that could hold a stranger's text. */
    @Override
    public String toString() {
        return "ClientHello " + ja3();
    }

    private List<Object> said() {
        return Arrays.asList(
                raw,
                legacyVersion,
                random,
                sessionId,
                cipherSuites,
                compressionMethods,
                extensions,
                serverName,
                applicationProtocols,
                supportedVersions,
                namedGroups,
                ecPointFormats,
                signatureSchemes,
                keyShares);
    }

    /** What a ClientHello says, in any order. Not thread-safe. */
    public static final class Builder {
        private Bytes raw = Bytes.copyOf(new byte[0]);
        private int legacyVersion = TlsVersion.TLS_1_2.wireVersion();
        private Bytes random = Bytes.copyOf(new byte[32]);
        private Bytes sessionId = Bytes.copyOf(new byte[0]);
        private List<Integer> cipherSuites = List.of();
        private List<Integer> compressionMethods = List.of();
        private List<Extension> extensions = List.of();
        private Optional<String> serverName = Optional.empty();
        private List<String> applicationProtocols = List.of();
        private Optional<List<Integer>> supportedVersions = Optional.empty();
        private List<NamedGroup> namedGroups = List.of();
        private List<Integer> ecPointFormats = List.of();
        private List<SignatureScheme> signatureSchemes = List.of();
        private List<NamedGroup> keyShares = List.of();

        private Builder() {}

        /** See {@link ClientHello#raw}. */
        public Builder raw(Bytes raw) {
            this.raw = Objects.requireNonNull(raw, "raw");
            return this;
        }

        /** See {@link ClientHello#legacyVersion}. */
        public Builder legacyVersion(int legacyVersion) {
            this.legacyVersion = legacyVersion;
            return this;
        }

        /** See {@link ClientHello#random}. */
        public Builder random(Bytes random) {
            this.random = Objects.requireNonNull(random, "random");
            return this;
        }

        /** See {@link ClientHello#sessionId}. */
        public Builder sessionId(Bytes sessionId) {
            this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
            return this;
        }

        /** See {@link ClientHello#cipherSuites}. */
        public Builder cipherSuites(List<Integer> cipherSuites) {
            this.cipherSuites = List.copyOf(Given.all(cipherSuites, "cipherSuites"));
            return this;
        }

        /** See {@link ClientHello#compressionMethods}. */
        public Builder compressionMethods(List<Integer> compressionMethods) {
            this.compressionMethods = List.copyOf(Given.all(compressionMethods, "compressionMethods"));
            return this;
        }

        /** See {@link ClientHello#extensions}. */
        public Builder extensions(List<Extension> extensions) {
            this.extensions = List.copyOf(Given.all(extensions, "extensions"));
            return this;
        }

        /** See {@link ClientHello#serverName}. */
        public Builder serverName(String serverName) {
            this.serverName = Optional.of(Objects.requireNonNull(serverName, "serverName"));
            return this;
        }

        /** See {@link ClientHello#applicationProtocols}. */
        public Builder applicationProtocols(List<String> applicationProtocols) {
            this.applicationProtocols = List.copyOf(Given.all(applicationProtocols, "applicationProtocols"));
            return this;
        }

        /** See {@link ClientHello#supportedVersions}; without it, the legacy version alone. */
        public Builder supportedVersions(List<Integer> supportedVersions) {
            this.supportedVersions = Optional.of(List.copyOf(Given.all(supportedVersions, "supportedVersions")));
            return this;
        }

        /** See {@link ClientHello#namedGroups}. */
        public Builder namedGroups(List<NamedGroup> namedGroups) {
            this.namedGroups = List.copyOf(Given.all(namedGroups, "namedGroups"));
            return this;
        }

        /** See {@link ClientHello#ecPointFormats}. */
        public Builder ecPointFormats(List<Integer> ecPointFormats) {
            this.ecPointFormats = List.copyOf(Given.all(ecPointFormats, "ecPointFormats"));
            return this;
        }

        /** See {@link ClientHello#signatureSchemes}. */
        public Builder signatureSchemes(List<SignatureScheme> signatureSchemes) {
            this.signatureSchemes = List.copyOf(Given.all(signatureSchemes, "signatureSchemes"));
            return this;
        }

        /** See {@link ClientHello#keyShares}. */
        public Builder keyShares(List<NamedGroup> keyShares) {
            this.keyShares = List.copyOf(Given.all(keyShares, "keyShares"));
            return this;
        }

        /** What has been said so far. */
        public ClientHello build() {
            return new ClientHello(this);
        }
    }
}
