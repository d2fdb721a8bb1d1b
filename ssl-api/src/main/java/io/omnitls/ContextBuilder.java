package io.omnitls;

import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.SecurityLevel;
import io.omnitls.internal.verify.StaplePolicy;
import io.omnitls.internal.verify.VerifyRequest;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.spi.SecretUse;
import io.omnitls.spi.TlsProvider;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link TlsContext} and checks them together in {@link #build}. Not thread-safe; can be used
 * again.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ContextBuilder<B extends ContextBuilder<B>>
        permits ClientContext.Builder, ServerContext.Builder {
    private @Nullable String provider;
    private Optional<TrustStore> trust = Optional.empty();

    // A context reads the others from a copy of its own.
    boolean requireFips;
    Optional<TlsVersion> minimumVersion = Optional.empty();
    Optional<TlsVersion> maximumVersion = Optional.empty();
    Optional<String> ciphers = Optional.empty();
    Optional<String> ciphersuites = Optional.empty();
    Optional<SecurityLevel> securityLevel = Optional.empty();
    List<NamedGroup> groups = List.of();
    List<SignatureScheme> signatureSchemes = List.of();
    List<String> alpnProtocols = List.of();
    List<Credentials> credentials = List.of();
    VerifyMode verifyMode = VerifyMode.NONE;
    Set<VerifyFlag> verifyFlags = EnumSet.noneOf(VerifyFlag.class);
    OptionalInt maxChainDepth = OptionalInt.empty();
    VerifyProfile verifyProfile = VerifyProfile.OPENSSL;
    boolean backtracking;
    Clock clock = Clock.systemUTC();
    Set<TlsOption> options = EnumSet.noneOf(TlsOption.class);
    Set<TlsOption> clearedOptions = EnumSet.noneOf(TlsOption.class);
    boolean postHandshakeAuth;
    boolean exporters;
    Optional<KeyLogSource> keyLog = Optional.empty();

    ContextBuilder() {}

    ContextBuilder(ContextBuilder<B> other) {
        this.provider = other.provider;
        this.requireFips = other.requireFips;
        this.minimumVersion = other.minimumVersion;
        this.maximumVersion = other.maximumVersion;
        this.ciphers = other.ciphers;
        this.ciphersuites = other.ciphersuites;
        this.securityLevel = other.securityLevel;
        this.groups = other.groups;
        this.signatureSchemes = other.signatureSchemes;
        this.alpnProtocols = other.alpnProtocols;
        this.credentials = other.credentials;
        this.trust = other.trust;
        this.verifyMode = other.verifyMode;
        this.verifyFlags = other.verifyFlags;
        this.maxChainDepth = other.maxChainDepth;
        this.verifyProfile = other.verifyProfile;
        this.backtracking = other.backtracking;
        this.clock = other.clock;
        this.options = EnumSet.copyOf(other.options);
        this.clearedOptions = EnumSet.copyOf(other.clearedOptions);
        this.postHandshakeAuth = other.postHandshakeAuth;
        this.exporters = other.exporters;
        this.keyLog = other.keyLog;
    }

    /** Chooses the crypto backend by {@link TlsProvider#name}; otherwise {@link TlsProviders} chooses. */
    public B provider(String name) {
        this.provider = name;
        return self();
    }

    /**
     * Asks for the approved mode of a validated module. Unless {@link #provider} or the system property names a
     * provider, one that works in that mode is chosen; {@link #build} refuses one that does not, and keys that the
     * module does not hold. A handshake that turns out not to be approved, for instance in TLS 1.2 without
     * extended_master_secret (RFC 7627), fails with NOT_FIPS_APPROVED.
     */
    public B requireFips() {
        this.requireFips = true;
        return self();
    }

    /** The oldest version to negotiate; TLS 1.2 unless set. */
    public B minimumVersion(TlsVersion version) {
        this.minimumVersion = Optional.of(version);
        return self();
    }

    /** The newest version to negotiate; the newest that the provider has unless set. */
    public B maximumVersion(TlsVersion version) {
        this.maximumVersion = Optional.of(version);
        return self();
    }

    /**
     * Chooses the cipher suites in OpenSSL's cipher-list language, for instance
     * {@code ECDHE+AESGCM:!aNULL:@STRENGTH:@SECLEVEL=2}; registry (IANA) names are understood too. As in OpenSSL
     * the list is about TLS 1.2 and older; those of TLS 1.3 are chosen with {@link #ciphersuites}.
     *
     * @see <a href="https://docs.openssl.org/3.0/man1/openssl-ciphers/">openssl-ciphers</a>
     */
    public B ciphers(String list) {
        this.ciphers = Optional.of(list);
        return self();
    }

    /**
     * Chooses the cipher suites of TLS 1.3 by their names, in order of preference, with colons between them: OpenSSL's
     * {@code SSL_CTX_set_ciphersuites} and {@code -ciphersuites}; all of the backend's in its own order unless set.
     * {@link #build} refuses a name that no suite of TLS 1.3 has, which OpenSSL passes over; an empty string while
     * TLS 1.3 is enabled; and names while it is not.
     *
     * @see <a href="https://docs.openssl.org/3.0/man3/SSL_CTX_set_ciphersuites/">SSL_CTX_set_ciphersuites</a>
     */
    public B ciphersuites(String list) {
        this.ciphersuites = Optional.of(list);
        return self();
    }

    /**
     * OpenSSL's security level, which bounds key sizes and digests of certificates; 2 (112 bits) unless set here
     * or in the cipher list.
     *
     * @param level 0 to 5
     * @throws IllegalArgumentException when it is outside of that
     */
    public B securityLevel(int level) {
        this.securityLevel = Optional.of(SecurityLevel.of(level));
        return self();
    }

    /** The named groups for key exchange, in order of preference; the backend's own unless set. */
    public B groups(NamedGroup... inOrderOfPreference) {
        this.groups = List.of(inOrderOfPreference);
        return self();
    }

    /**
     * The one group for key exchange, by the registry's, OpenSSL's or NIST's name: Python's {@code set_ecdh_curve}.
     *
     * @throws IllegalArgumentException when no group has that name
     */
    public B ecdhCurve(String name) {
        return groups(NamedGroup.of(name)
                .orElseThrow(() -> new IllegalArgumentException("no group for key exchange is named " + name)));
    }

    /**
     * The signature schemes of handshakes: what this end offers to its peer, accepts from it and signs with itself,
     * in order of preference; the backend's own unless set. OpenSSL's {@code SSL_CTX_set1_sigalgs}. Certificates are
     * not concerned: their signatures are a matter of {@link #securityLevel}. {@link #build} refuses schemes that
     * leave an enabled version, or an identity of this end, without any.
     */
    public B signatureSchemes(SignatureScheme... inOrderOfPreference) {
        this.signatureSchemes = List.of(inOrderOfPreference);
        return self();
    }

    /**
     * The same, as OpenSSL writes it: {@code ECDSA+SHA256:RSA-PSS+SHA256:ed25519}, or registry names.
     *
     * @throws IllegalArgumentException when one of the names is nobody's
     * @see <a href="https://docs.openssl.org/3.0/man3/SSL_CTX_set1_sigalgs/">SSL_CTX_set1_sigalgs_list</a>
     */
    public B signatureSchemes(String list) {
        List<SignatureScheme> schemes = new ArrayList<>();
        for (String name : list.split(":", -1)) {
            schemes.add(SignatureScheme.of(name)
                    .orElseThrow(() -> new IllegalArgumentException("no signature scheme is named '" + name + "'")));
        }
        return signatureSchemes(schemes.toArray(new SignatureScheme[0]));
    }

    /**
     * The protocols that ALPN (RFC 7301) offers, on a client, or selects from, on a server, in order of preference,
     * each char one byte. When the two ends have none in common the connection goes on without one.
     */
    public B alpnProtocols(String... inOrderOfPreference) {
        this.alpnProtocols = List.of(inOrderOfPreference);
        return self();
    }

    /**
     * An identity for this end: a certificate chain and its key. Can be called several times, for instance for an
     * ECDSA and an RSA certificate. A server answers with the first of them that the client can verify, so put the
     * one that you prefer first; a client with the first that the server asks for, by kind of key and issuer.
     */
    public B certificateChain(Credentials identity) {
        List<Credentials> longer = new ArrayList<>(credentials);
        longer.add(identity);
        this.credentials = List.copyOf(longer);
        return self();
    }

    /** An identity from PEM files: {@link Credentials#pem(Path, Path)}. */
    public B certificateChain(Path chain, Path key) {
        return certificateChain(Credentials.pem(chain, key));
    }

    /** Whom to trust; replaces what was set before. */
    public B verifyLocations(TrustStore trustStore) {
        this.trust = Optional.of(trustStore);
        return self();
    }

    /** Trusts the certificates in a PEM or DER file, and nobody else. */
    public B verifyLocations(Path cafile) {
        return verifyLocations(TrustStore.builder().file(cafile).build());
    }

    /** What is asked of the peer's certificate: REQUIRED on a client and NONE on a server unless set. */
    public B verifyMode(VerifyMode mode) {
        this.verifyMode = mode;
        return self();
    }

    /** Changes to the rules of verification; replaces what was set before. */
    public B verifyFlags(VerifyFlag... flags) {
        EnumSet<VerifyFlag> set = EnumSet.noneOf(VerifyFlag.class);
        set.addAll(List.of(flags));
        this.verifyFlags = set;
        return self();
    }

    /**
     * How many certificates may stand between the peer's certificate and the trust anchor: {@code
     * SSL_CTX_set_verify_depth}; {@link VerifyProfile#maxChainDepth} unless set.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public B maxChainDepth(int depth) {
        this.maxChainDepth = OptionalInt.of(VerifyRequest.requireDepth(depth));
        return self();
    }

    /**
     * By whose rules the peer's certificate is judged; by {@link VerifyProfile#OPENSSL}'s unless set. {@link #build}
     * refuses {@link VerifyProfile#WEBPKI} together with {@code hostnameChecksCommonName}.
     */
    public B verifyProfile(VerifyProfile profile) {
        this.verifyProfile = profile;
        return self();
    }

    /**
     * Whether, where the path that OpenSSL builds to a trust anchor fails in any check, other paths are tried: so a
     * server is accepted whose chain has an expired or a wrong twin of the certificate that would do. The work is
     * bounded, and the code for a failure remains that of OpenSSL's path. Off unless set; {@link
     * VerifyProfile#WEBPKI} does it always.
     */
    public B backtracking(boolean otherPaths) {
        this.backtracking = otherPaths;
        return self();
    }

    /** The clock that certificates are judged by; the system's unless set. */
    public B clock(Clock source) {
        this.clock = source;
        return self();
    }

    /**
     * Turns these options on: {@code SSL_CTX_set_options}. Those that are always on can be named too.
     *
     * @throws IllegalArgumentException when a client is to have {@link TlsOption#CIPHER_SERVER_PREFERENCE}
     */
    public B options(TlsOption... on) {
        for (TlsOption option : on) {
            if (option == TlsOption.CIPHER_SERVER_PREFERENCE && !(this instanceof ServerContext.Builder)) {
                throw new IllegalArgumentException(option + " is a server's option, a client has no say in it");
            }
            options.add(option);
            clearedOptions.remove(option);
        }
        return self();
    }

    /**
     * Turns these options off: {@code SSL_CTX_clear_options}.
     *
     * @throws IllegalArgumentException when one of them is always on
     */
    public B clearOptions(TlsOption... off) {
        for (TlsOption option : off) {
            if (option.alwaysOn()) {
                throw new IllegalArgumentException(option + " is always on");
            }
            options.remove(option);
            clearedOptions.add(option);
        }
        return self();
    }

    /**
     * Whether a client offers, and a server may use, authentication after the handshake (RFC 8446 section 4.2.6): Python's
     * {@code post_handshake_auth}. Off; {@link #build} refuses it, since no backend can do it. Ask in the handshake, with
     * {@link #verifyMode}.
     */
    public B postHandshakeAuth(boolean offer) {
        this.postHandshakeAuth = offer;
        return self();
    }

    /**
     * Lets connections export keying material and be bound to: {@link TlsConnection#exportKeyingMaterial} and the
     * channel bindings tls-unique and tls-exporter. Off unless asked for, since a secret is kept for it as long as a
     * connection lasts. {@link #build} refuses it where the backend cannot.
     */
    public B exporters(boolean keep) {
        this.exporters = keep;
        return self();
    }

    /**
     * Appends the secrets of every connection to {@code file}, for Wireshark and its like: Python's {@code
     * keylog_filename}. Whoever has the file can read the connections. {@link #build} opens it, and refuses it where
     * the backend does not tell the secrets of every enabled version, as none does in FIPS approved mode.
     */
    public B keyLogFile(Path file) {
        this.keyLog = Optional.of(() -> KeyLog.appendingTo(file));
        return self();
    }

    /** Hands the secrets of every connection to {@code log}; otherwise as {@link #keyLogFile}. */
    public B keyLog(KeyLog log) {
        this.keyLog = Optional.of(() -> log);
        return self();
    }

    /**
     * {@link #keyLogFile} with the file that the environment variable {@code SSLKEYLOGFILE} names, as browsers, curl
     * and Python do; without it, nothing. The default contexts do so by themselves.
     */
    public B keyLogFromEnvironment() {
        String file = System.getenv("SSLKEYLOGFILE");
        return file == null || file.isEmpty() ? self() : keyLogFile(Paths.get(file));
    }

    Set<SecretUse> secretUses() {
        Set<SecretUse> uses = EnumSet.noneOf(SecretUse.class);
        if (exporters) {
            uses.add(SecretUse.EXPORTERS);
        }
        if (keyLog.isPresent()) {
            uses.add(SecretUse.KEY_LOG);
        }
        return uses;
    }

    interface KeyLogSource {
        KeyLog open() throws TlsException;
    }

    /**
     * Loads the files, checks everything together and opens the context.
     *
     * @throws IllegalArgumentException when settings contradict each other, or a name is unknown
     * @throws io.omnitls.error.UnsupportedFeatureException when the provider cannot do what was asked
     * @throws TlsException when a certificate, a key or a file is not what it should be
     */
    public abstract TlsContext build() throws TlsException;

    /** What becomes of a stapled OCSP response. */
    StaplePolicy staplePolicy() {
        return StaplePolicy.IGNORE;
    }

    int maxChainDepth() {
        return maxChainDepth.orElse(verifyProfile.maxChainDepth());
    }

    /** Whether a common name may stand in for a dNSName. */
    boolean commonNameCounts() {
        return false;
    }

    /** A copy that later calls do not change. */
    abstract B copy();

    VerifyMode verifyMode() {
        return verifyMode;
    }

    /** A server's Diffie-Hellman parameters, if they were chosen. */
    Optional<DhParameters> loadDhParameters() throws TlsException {
        return Optional.empty();
    }

    /** How sessions are kept. */
    SessionWishes sessionWishes() {
        return SessionWishes.NONE;
    }

    /** A client's own order is the only one that it has. */
    boolean preferServerCiphers() {
        return !clearedOptions.contains(TlsOption.CIPHER_SERVER_PREFERENCE);
    }

    boolean ignoresUnexpectedEof() {
        return options.contains(TlsOption.IGNORE_UNEXPECTED_EOF);
    }

    boolean hasIdentity() {
        return !credentials.isEmpty();
    }

    TlsProvider chooseProvider() {
        if (provider != null) {
            return TlsProviders.named(provider);
        }
        return requireFips ? TlsProviders.preferred(Feature.FIPS) : TlsProviders.preferred();
    }

    TrustAnchors loadTrust(Role role, TlsProvider provider) throws TlsException {
        if (trust.isPresent()) {
            return trust.get().load(provider.crypto());
        }
        if (verifyMode == VerifyMode.NONE) {
            return TrustAnchors.of(List.of());
        }
        if (role == Role.SERVER) {
            throw new IllegalArgumentException("the server asks for client certificates, but trusts nobody;"
                    + " name the certificate authorities with verifyLocations");
        }
        return TrustStore.builder().systemDefault().build().load(provider.crypto());
    }

    @SuppressWarnings("unchecked") // B is the builder itself
    private B self() {
        return (B) this;
    }
}
