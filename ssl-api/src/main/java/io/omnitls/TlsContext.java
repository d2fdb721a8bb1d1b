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
import io.omnitls.internal.engine.ConnectionKeyLog;
import io.omnitls.internal.engine.SessionLedger;
import io.omnitls.internal.engine.Transport;
import io.omnitls.internal.given.Port;
import io.omnitls.internal.javax.ContextView;
import io.omnitls.internal.javax.EngineView;
import io.omnitls.internal.javax.JavaxTrustManager;
import io.omnitls.internal.settings.BackendSettings;
import io.omnitls.internal.settings.CipherSelection;
import io.omnitls.internal.settings.ContextSettings;
import io.omnitls.internal.settings.KeyUse;
import io.omnitls.internal.settings.NegotiationSettings;
import io.omnitls.internal.settings.ProtocolSettings;
import io.omnitls.internal.settings.Requirements;
import io.omnitls.internal.settings.SchemeChoice;
import io.omnitls.internal.transport.BioTransport;
import io.omnitls.internal.verify.AcceptedIssuers;
import io.omnitls.internal.verify.ChainVerifier;
import io.omnitls.internal.verify.ContextKeyManager;
import io.omnitls.internal.verify.ContextTrustManager;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.internal.verify.VerifyPolicy;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.internal.x509.SigningSchemes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.Feature;
import io.omnitls.spi.SecretUse;
import io.omnitls.spi.SessionSpec;
import io.omnitls.spi.TlsProvider;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What {@link ClientContext} and {@link ServerContext} have in common: the settings of all their connections, checked
 * and decided once. Immutable and thread-safe. Python's {@code ssl.SSLContext}, OpenSSL's {@code SSL_CTX}.
 */
public abstract sealed class TlsContext permits ClientContext, ServerContext {
    private final ContextSettings settings;
    private final Callbacks callbacks;
    private final Lineage lineage;
    private final TlsProvider provider;
    private final List<TlsVersion> versions;
    private final CipherSelection ciphers;
    private final TrustAnchors anchors;
    private final ChainVerifier verifier;
    private final VerifyPolicy policy;
    private final List<CertifiedKey> identities;
    private final String ownKeys; // for messages
    private final SessionSpec sessions;
    private final SessionLedger ledger;
    private final Optional<KeyLog> keyLog;
    private final ContextSpec spec;
    private final EngineFactory engineFactory;

    TlsContext(Role role, ContextSettings settings, Callbacks callbacks, Lineage lineage) throws TlsException {
        this.settings = settings;
        this.callbacks = callbacks;
        this.lineage = lineage;
        this.provider = choose(settings.backend());
        Requirements requirements = new Requirements(provider);
        if (fipsRequired()) {
            requirements.require(Feature.FIPS);
        }
        ProtocolSettings protocol = settings.protocol();
        NegotiationSettings negotiation = settings.negotiation();
        List<TlsVersion> asked = protocol.versions(requirements);
        CipherSelection selected = negotiation.selectCiphers(requirements, asked);
        this.anchors = settings.verification().load(role, provider);
        this.identities = settings.identity().load(requirements, selected.securityLevel(), anchors, asked);
        this.ownKeys = SchemeChoice.keys(identities).stream()
                .map(PublicKeyInfo::description)
                .collect(Collectors.joining("; "));
        this.versions = role == Role.SERVER ? KeyUse.provable(identities, asked, provider.capabilities()) : asked;
        this.ciphers = versions.equals(asked) ? selected : negotiation.selectCiphers(requirements, versions);
        ciphers.require(requirements, role, protocol.preferServerCiphers(), versions);
        negotiation.requireGroups(requirements);
        settings.verification().server().requireStapling(requirements, versions);
        this.sessions = settings.sessions().spec(requirements, role, protocol, versions);
        settings.sessions().resumption().require(requirements, versions);
        this.ledger = new SessionLedger(sessions);
        protocol.requireClearable(requirements);
        Set<SecretUse> secretUses = settings.secrets()
                .uses(requirements, versions, callbacks.keyLog().isPresent());
        negotiation.alpn().require(requirements);
        if (settings.postHandshakeAuth()) {
            throw requirements.noPostHandshakeAuth();
        }
        if (role == Role.SERVER && verifyMode() != VerifyMode.NONE) {
            AcceptedIssuers.requireRoom(anchors, versions);
        }
        this.verifier = new ChainVerifier(anchors, provider.crypto());
        this.policy = settings.verification().policy(ciphers.securityLevel());
        new SchemeChoice(signatureSchemes(), versions).require(requirements, SchemeChoice.keys(identities), role);
        ContextSpec.Builder decided = ContextSpec.builder(
                        role,
                        versions,
                        new ContextKeyManager(
                                identities,
                                new SigningSchemes(signatureSchemes(), provider.capabilities()),
                                settings.identity().onlyNamedIssuers()),
                        new ContextTrustManager(anchors))
                .cipherSuites(ciphers.suites())
                .preferServerCiphers(protocol.preferServerCiphers())
                .groups(groups())
                .signatureSchemes(signatureSchemes())
                .sessions(sessions)
                .secretUses(secretUses)
                .verifyMode(verifyMode());
        negotiation.dhParameters().require(requirements, ciphers, versions).ifPresent(decided::dhParameters);
        this.spec = decided.build();
        this.engineFactory = openEngines(spec);
        if (fipsRequired() && !fipsApproved()) {
            throw new TlsException(
                    ErrorReason.NOT_FIPS_APPROVED,
                    "the context asks for FIPS approved mode, but a private key is held outside of the validated module");
        }
        // Makes the file, so only when all else is good.
        this.keyLog = callbacks.keyLog().isPresent()
                ? Optional.of(callbacks.keyLog().get().open())
                : Optional.empty();
    }

    private static TlsProvider choose(BackendSettings wanted) {
        if (wanted.chosen().isPresent()) {
            return wanted.chosen().get().get();
        }
        return wanted.requireFips() ? TlsProviders.preferred(Feature.FIPS) : TlsProviders.preferred();
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
                identities.stream().map(CertifiedKey::privateKey).collect(Collectors.toList()));
    }

    /** The oldest version that is negotiated, which may be newer than the one that was asked for. */
    public TlsVersion minimumVersion() {
        return versions.get(0);
    }

    /** The newest version that is negotiated, which may be older than the one that was asked for: a server has a key for it. */
    public TlsVersion maximumVersion() {
        return versions.get(versions.size() - 1);
    }

    /** The enabled cipher suites, in order of preference, those of TLS 1.3 first. */
    public List<CipherSuite> ciphers() {
        return ciphers.suites();
    }

    /** What is asked of the peer's certificate. */
    public VerifyMode verifyMode() {
        return settings.verification().mode();
    }

    /** The changes to the rules of verification; X509_TRUSTED_FIRST is always among them. */
    public Set<VerifyFlag> verifyFlags() {
        Set<VerifyFlag> flags = EnumSet.of(VerifyFlag.X509_TRUSTED_FIRST);
        flags.addAll(settings.verification().flags());
        return Set.copyOf(flags);
    }

    /** The options that are on, those that always are among them. */
    public Set<TlsOption> options() {
        return settings.protocol().inForce(provider.capabilities());
    }

    /** What this context's connections have done since it was built, and the sessions that it keeps. */
    public abstract SessionStats sessionStats();

    /** How many certificates may stand between a peer's certificate and the trust anchor. */
    public int maxChainDepth() {
        return settings.verification().maxChainDepth();
    }

    /** By whose rules the peer's certificate is judged. */
    public VerifyProfile verifyProfile() {
        return settings.verification().profile();
    }

    /** Whether other paths to a trust anchor are tried where the first one fails. */
    public boolean backtracking() {
        return policy.rules().backtracking();
    }

    /**
     * The verifier of this context for code that speaks {@code javax.net.ssl}: the same rules, with a {@code
     * CertificateException} for what does not verify, whatever {@link #verifyMode} says; its message is that of the exception
     * of a connection, which is its cause. Called with an engine or a socket it checks the server's name too, if this context
     * checks names or the engine's parameters ask for it. The methods without either know no name, so they refuse every server
     * where this context checks names, see {@link ClientContext#trustManager(String)}; and no stapled OCSP response, so they
     * refuse every server where {@link ClientContext#ocspStapling} requires one. Thread-safe.
     */
    public X509ExtendedTrustManager trustManager() {
        return trustManager(Optional.empty());
    }

    X509ExtendedTrustManager trustManager(Optional<PeerName> told) {
        return new JavaxTrustManager(anchors, verifier, policy, checksHostname(), told);
    }

    /**
     * An engine for nobody in particular: as {@link #sslEngine(String, int)}. A client that checks names has to be told one
     * before its handshake begins, by {@link SSLParameters#setServerNames}; if nobody does, the handshake fails before a byte
     * is sent.
     */
    public SSLEngine sslEngine() {
        return engine(Optional.empty(), OptionalInt.empty());
    }

    /**
     * A connection of this context as the {@link SSLEngine} that other libraries move records through. It is this library's and
     * not the backend's: what holds for a {@link TlsBioConnection} holds for it too, its exceptions are the same, and it cannot
     * be told apart by the backend.
     *
     * <p>All of a handshake's work is done in delegated tasks: keys, verification, and whatever code of the application belongs
     * to it, so that a thread that wraps and unwraps is never held up. {@code unwrap} takes one record in, {@code wrap} gives
     * one out. One thread may wrap while another unwraps. After {@code closeInbound} without the peer's close_notify, which
     * throws {@code TlsEofException}, writing goes on.
     *
     * <p>Until the handshake begins, its setters change what a connection has for itself, as {@link
     * TlsSocket#setSSLParameters} says. There is no second handshake.
     *
     * @param host on a client whom to reach, a DNS name or an address: goes out as SNI and is what the certificate is checked
     *     against; on a server only for its log
     * @param port where: what {@link ClientContext.Builder#resumeSessions} knows a server by; nothing else depends on it
     * @throws IllegalArgumentException when a client's host is neither a name nor an address
     */
    public SSLEngine sslEngine(String host, int port) {
        return engine(Optional.of(Objects.requireNonNull(host, "host")), Port.of(port));
    }

    /**
     * This context for code that speaks {@code javax.net.ssl}. It is ready: {@code init} is refused. Its engines are those of
     * {@link #sslEngine}, its sockets {@link TlsSocket}s; a client has no server sockets, and a server's socket factory layers
     * TLS over sockets that were accepted. No session can be looked up in it, and {@link SSLContext#getProvider} is registered
     * nowhere. Thread-safe.
     */
    public SSLContext sslContext() {
        return new ContextView(new ContextViews(this), provider.name());
    }

    /**
     * What a connection of this context begins with, as {@code javax.net.ssl} says it: what {@link
     * TlsSocket#setSSLParameters} takes, changed or as it is. A new object each time.
     */
    public SSLParameters sslParameters() {
        return new ContextViews(this).parameters();
    }

    /**
     * This end's identities for code that speaks {@code javax.net.ssl}, chosen by this context's rules. A key that a module
     * holds stays there. Thread-safe.
     */
    public X509ExtendedKeyManager keyManager() {
        return spec.keyManager();
    }

    private SSLEngine engine(Optional<String> host, OptionalInt port) {
        EngineView.Queues queues = new EngineView.Queues();
        ContextConnection connection = connection(host, port, new BioTransport(queues.incoming(), queues.outgoing()));
        return new EngineView(
                host,
                port,
                connection.core(),
                queues,
                new ConnectionView(connection, () -> host.orElse(null), () -> port),
                new PendingParameters(connection::context, connection.settings()));
    }

    /** A connection of this context; a client's is to this host and port, as far as they are known. */
    abstract ContextConnection connection(Optional<String> host, OptionalInt port, Transport transport);

    /** Whether the peer's certificate has to be valid for a name. */
    abstract boolean checksHostname();

    /** OpenSSL's security level, 0 to 5. */
    public int securityLevel() {
        return ciphers.securityLevel().number();
    }

    /** The protocols that ALPN offers or selects from, in order of preference. */
    public List<String> alpnProtocols() {
        return settings.negotiation().alpn().names();
    }

    /** The named groups that were chosen, in order of preference; empty for the backend's own. */
    public List<NamedGroup> groups() {
        return settings.negotiation().groups();
    }

    /** Always false: no provider has authentication after the handshake. */
    public boolean postHandshakeAuth() {
        return settings.postHandshakeAuth();
    }

    /** Whether the chain of an identity that is its certificate alone is completed, see {@link ContextBuilder#autoChain}. */
    public boolean autoChain() {
        return settings.identity().autoChain();
    }

    /** Whether connections can be bound to and export keying material. */
    public boolean exporters() {
        return settings.secrets().exporters();
    }

    /** The file that connections write their secrets to; empty when they do not, or not to a file. */
    public Optional<Path> keyLogFile() {
        return keyLog.filter(KeyLogFile.class::isInstance).map(log -> ((KeyLogFile) log).path());
    }

    /** The signature schemes that were chosen, in order of preference; empty for the backend's own. */
    public List<SignatureScheme> signatureSchemes() {
        return settings.negotiation().signatureSchemes();
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
        return List.copyOf(
                anchors.authorities().stream().map(CertificateInfo::of).collect(Collectors.toList()));
    }

    /** The versions that are negotiated, oldest first. */
    List<TlsVersion> versions() {
        return versions;
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

    ContextSettings settings() {
        return settings;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    /** Shared with the contexts that were built of the same settings before and will be after this one. */
    Lineage lineage() {
        return lineage;
    }

    boolean fipsRequired() {
        return settings.backend().requireFips();
    }

    /** What one connection writes to the key log, where there is one. */
    Optional<ConnectionKeyLog> connectionKeyLog() {
        return keyLog.map(log -> new ConnectionKeyLog(log::line));
    }

    EngineFactory engineFactory() {
        return engineFactory;
    }

    /** What the backend is told for connections that take everything. */
    ContextSpec spec() {
        return spec;
    }

    /** Opens another of the backend's contexts: its sessions are its own. */
    EngineFactory openEngines(ContextSpec wanted) throws TlsException {
        return provider.open(wanted);
    }

    TrustAnchors anchors() {
        return anchors;
    }

    /** Whether it was told whom to trust, whatever it asks of a peer. */
    boolean canVerify() {
        return settings.verification().trust().isPresent() || verifyMode() != VerifyMode.NONE;
    }

    /** The suite with this registry name, which some backend of ours has negotiated. */
    CipherSuite cipher(String ianaName) {
        return CipherTable.byIana(ianaName).orElseThrow(() -> new AssertionError("the cipher table lacks " + ianaName));
    }

    /** What one connection of this context asks of its peer. */
    PeerAuthentication authentication(Role role, VerifyMode mode, Optional<PeerName> name) {
        return new PeerAuthentication(verifier, role, mode, name, policy, ownKeys);
    }
}
