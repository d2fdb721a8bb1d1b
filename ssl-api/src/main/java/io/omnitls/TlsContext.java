package io.omnitls;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.CertificateStoreStats;
import io.omnitls.cert.CertifiedKey;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.cipher.CiphersuiteList;
import io.omnitls.internal.engine.ConnectionKeyLog;
import io.omnitls.internal.engine.SessionLedger;
import io.omnitls.internal.verify.ChainVerifier;
import io.omnitls.internal.verify.ContextKeyManager;
import io.omnitls.internal.verify.ContextTrustManager;
import io.omnitls.internal.verify.JavaxTrustManager;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.internal.verify.VerifyPolicy;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.Feature;
import io.omnitls.spi.SessionSpec;
import io.omnitls.spi.TlsProvider;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What {@link ClientContext} and {@link ServerContext} have in common: the settings of all their connections, checked
 * and decided once. Immutable and thread-safe. Python's {@code ssl.SSLContext}, OpenSSL's {@code SSL_CTX}.
 */
public abstract sealed class TlsContext permits ClientContext, ServerContext {
    private final ContextBuilder<?> settings; // a copy that nobody else has
    private final TlsProvider provider;
    private final List<TlsVersion> versions;
    private final CipherSelection ciphers;
    private final TrustAnchors anchors;
    private final ChainVerifier verifier;
    private final VerifyPolicy policy;
    private final List<CertifiedKey> identities;
    private final SessionSpec sessions;
    private final SessionLedger ledger = new SessionLedger();
    private final Optional<KeyLog> keyLog;
    private final EngineFactory engineFactory;

    TlsContext(Role role, ContextBuilder<?> settings) throws TlsException {
        this.settings = settings;
        this.provider = settings.chooseProvider();
        Requirements requirements = new Requirements(provider);
        if (settings.requireFips) {
            requirements.require(Feature.FIPS);
        }
        this.versions = requirements.versions(settings.minimumVersion, settings.maximumVersion, settings.options);
        this.ciphers = CipherSelection.of(
                settings.ciphers,
                settings.ciphersuites.map(CiphersuiteList::of),
                settings.securityLevel,
                provider.capabilities(),
                versions);
        requirements.cipherChoice(role, settings.preferServerCiphers(), ciphers.suites(), versions);
        requirements.groups(settings.groups);
        requirements.stapling(settings.staplePolicy().mode(), versions);
        this.sessions = requirements.sessions(role, settings.sessionWishes(), settings.options, versions);
        requirements.clearedOptions(settings.clearedOptions);
        requirements.secrets(settings.secretUses(), versions);
        requirements.applicationProtocols(settings.alpnProtocols);
        if (settings.postHandshakeAuth) {
            throw requirements.noPostHandshakeAuth();
        }
        this.anchors = settings.loadTrust(role, provider);
        this.verifier = new ChainVerifier(anchors, provider.crypto());
        this.policy = new VerifyPolicy(
                settings.verifyFlags,
                ciphers.securityLevel(),
                settings.maxChainDepth(),
                settings.clock,
                settings.commonNameCounts(),
                settings.staplePolicy(),
                settings.verifyProfile,
                settings.backtracking);
        this.identities = requirements.identities(settings.credentials, ciphers.securityLevel());
        requirements.signatureSchemes(role, settings.signatureSchemes, identities, versions);
        Optional<DhParameters> dhParameters = settings.loadDhParameters();
        if (dhParameters.isPresent()) {
            requirements.dhParameters(dhParameters.get(), ciphers, versions);
        }
        // Makes the file, so only when all else is good.
        this.keyLog =
                settings.keyLog.isPresent() ? Optional.of(settings.keyLog.get().open()) : Optional.empty();
        this.engineFactory = provider.open(new ContextSpec(
                role,
                versions,
                ciphers.suites(),
                settings.preferServerCiphers(),
                settings.groups,
                sessions,
                settings.secretUses(),
                settings.verifyMode,
                settings.signatureSchemes,
                dhParameters,
                new ContextKeyManager(identities),
                new ContextTrustManager(anchors)));
        if (settings.requireFips && !fipsApproved()) {
            throw new TlsException(
                    ErrorReason.NOT_FIPS_APPROVED,
                    "the context asks for FIPS approved mode, but a private key is held outside of the validated module");
        }
    }

    /** Starts a builder from this context's settings; files are read again. */
    public abstract ContextBuilder<?> toBuilder();

    /** The provider whose backend does the cryptography. */
    public TlsProvider provider() {
        return provider;
    }

    /**
     * Whether this context works in the approved mode of a validated module: the process runs in that mode, the module's
     * self-tests have passed, and it holds the keys of this end. Of a connection {@link TlsConnection#fipsApproved}
     * tells.
     */
    public boolean fipsApproved() {
        return engineFactory.fipsApproved(
                identities.stream().map(CertifiedKey::privateKey).toList());
    }

    /** The oldest version that is negotiated. */
    public TlsVersion minimumVersion() {
        return versions.get(0);
    }

    /** The newest version that is negotiated. */
    public TlsVersion maximumVersion() {
        return versions.get(versions.size() - 1);
    }

    /** The enabled cipher suites, in order of preference, those of TLS 1.3 first. */
    public List<CipherSuite> ciphers() {
        return ciphers.suites();
    }

    /** What is asked of the peer's certificate. */
    public VerifyMode verifyMode() {
        return settings.verifyMode;
    }

    /** The changes to the rules of verification; X509_TRUSTED_FIRST is always among them. */
    public Set<VerifyFlag> verifyFlags() {
        Set<VerifyFlag> flags = EnumSet.of(VerifyFlag.X509_TRUSTED_FIRST);
        flags.addAll(settings.verifyFlags);
        return Set.copyOf(flags);
    }

    /** The options that are on, those that always are among them. */
    public Set<TlsOption> options() {
        Set<TlsOption> on = EnumSet.copyOf(settings.options);
        Arrays.stream(TlsOption.values()).filter(TlsOption::alwaysOn).forEach(on::add);
        if (!provider.capabilities().has(Feature.SESSION_TICKETS_TLS12)) {
            on.add(TlsOption.NO_TICKET);
        }
        return Set.copyOf(on);
    }

    /** What this context's connections have done since it was built, and the sessions that it keeps. */
    public abstract SessionStats sessionStats();

    /** How many certificates may stand between a peer's certificate and the trust anchor. */
    public int maxChainDepth() {
        return settings.maxChainDepth();
    }

    /** By whose rules the peer's certificate is judged. */
    public VerifyProfile verifyProfile() {
        return settings.verifyProfile;
    }

    /** Whether other paths to a trust anchor are tried where the first one fails. */
    public boolean backtracking() {
        return policy.triesOtherPaths();
    }

    /**
     * The verifier of this context for code that speaks {@code javax.net.ssl}: the same rules, with a {@code
     * CertificateException} for what does not verify, whatever {@link #verifyMode} says. Called with an engine or a
     * socket it checks the server's name too, if this context checks names or the engine's parameters ask for it; the
     * methods without either know no name, and no stapled OCSP response, so they refuse every server where
     * {@link ClientContext#ocspStapling} requires one. Thread-safe.
     */
    public X509ExtendedTrustManager trustManager() {
        return new JavaxTrustManager(anchors, verifier, policy, checksHostname());
    }

    /** Whether the peer's certificate has to be valid for a name. */
    abstract boolean checksHostname();

    /** OpenSSL's security level, 0 to 5. */
    public int securityLevel() {
        return ciphers.securityLevel().number();
    }

    /** The protocols that ALPN offers or selects from, in order of preference. */
    public List<String> alpnProtocols() {
        return settings.alpnProtocols;
    }

    /** The named groups that were chosen, in order of preference; empty for the backend's own. */
    public List<NamedGroup> groups() {
        return settings.groups;
    }

    /** Always false: no provider has authentication after the handshake. */
    public boolean postHandshakeAuth() {
        return settings.postHandshakeAuth;
    }

    /** Whether connections can be bound to and export keying material. */
    public boolean exporters() {
        return settings.exporters;
    }

    /** The file that connections write their secrets to; empty when they do not, or not to a file. */
    public Optional<Path> keyLogFile() {
        return keyLog.filter(KeyLogFile.class::isInstance).map(log -> ((KeyLogFile) log).file());
    }

    /** The signature schemes that were chosen, in order of preference; empty for the backend's own. */
    public List<SignatureScheme> signatureSchemes() {
        return settings.signatureSchemes;
    }

    /** How many certificates and revocation lists this context has loaded. */
    public CertificateStoreStats certificateStoreStats() {
        return anchors.stats();
    }

    /**
     * The certificate authorities that this context trusts: Python's {@code get_ca_certs}. A certificate that is trusted
     * without being an authority's is not among them.
     */
    public List<CertificateInfo> caCertificates() {
        return anchors.authorities().stream().map(CertificateInfo::of).toList();
    }

    /** The identities that this end can prove, in order of preference. */
    List<CertifiedKey> identities() {
        return identities;
    }

    SessionSpec sessions() {
        return sessions;
    }

    SessionLedger ledger() {
        return ledger;
    }

    ContextBuilder<?> settings() {
        return settings;
    }

    boolean fipsRequired() {
        return settings.requireFips;
    }

    /** What one connection writes to the key log, where there is one. */
    Optional<ConnectionKeyLog> connectionKeyLog() {
        return keyLog.map(log -> new ConnectionKeyLog(log::line));
    }

    EngineFactory engineFactory() {
        return engineFactory;
    }

    /** The suite with this registry name, which some backend of ours has negotiated. */
    CipherSuite cipher(String ianaName) {
        return CipherTable.byIana(ianaName).orElseThrow(() -> new AssertionError("the cipher table lacks " + ianaName));
    }

    /** What one connection of this context asks of its peer. */
    PeerAuthentication authentication(Role role, Optional<PeerName> name) {
        return new PeerAuthentication(verifier, role, settings.verifyMode, name, policy);
    }
}
