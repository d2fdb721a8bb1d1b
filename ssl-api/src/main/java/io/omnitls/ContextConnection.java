package io.omnitls;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.engine.ConnectionCore;
import io.omnitls.internal.engine.Endpoint;
import io.omnitls.internal.engine.HandshakeFacts;
import io.omnitls.internal.engine.Milestones;
import io.omnitls.internal.engine.Negotiated;
import io.omnitls.internal.engine.ObservedTransport;
import io.omnitls.internal.engine.ServerEndPoint;
import io.omnitls.internal.engine.SessionWatch;
import io.omnitls.internal.engine.Transport;
import io.omnitls.internal.given.Bystander;
import io.omnitls.internal.settings.Requirements;
import io.omnitls.internal.transport.Addresses;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ChannelBinding;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import io.omnitls.spi.KeyingMaterialSpec;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A connection's core together with the context it belongs to: the half of {@link TlsConnection} that does not depend
 * on what carries the records.
 */
final class ContextConnection {
    private final ConnectionCore core;
    private final Role role;
    private final PendingSettings settings;

    /** On a server the ClientHello decides it; until then it is the context that was asked. */
    private volatile TlsContext context;

    private volatile Optional<PeerAuthentication> authentication = Optional.empty();

    private volatile Optional<SessionWatch> session = Optional.empty();
    private volatile boolean sessionForgotten; // a wish, which may come before there is a session

    // Of the ClientHello only this much is kept: all of it would be megabytes, as long as a hostile client likes.
    private volatile Optional<String> requestedName = Optional.empty();
    private volatile List<CipherSuite> offered = List.of();
    private volatile List<SignatureScheme> peerSchemes = List.of();

    /** A client that says whom it wants to reach, and speaks first. */
    ContextConnection(
            ClientContext context, ConnectionOptions options, Transport transport, Supplier<Addresses> addresses) {
        this.context = context;
        this.role = Role.CLIENT;
        this.settings = new PendingSettings(ConnectionSettings.of(Role.CLIENT, options));
        this.core = ConnectionCore.client(
                () -> known(context.endpoint(this.settings.use())),
                observed(context, transport),
                this::raggedEof,
                milestones(context, addresses));
    }

    /** A server, which hears the ClientHello first. */
    ContextConnection(ServerContext context, ConnectionSettings settings, Transport transport, Addresses addresses) {
        this.context = context;
        this.role = Role.SERVER;
        this.settings = new PendingSettings(settings);
        ServerNameCallback.Asked asked = new ServerNameCallback.Asked(context, addresses.local(), addresses.remote());
        this.core = ConnectionCore.server(
                hello -> accept(asked, hello),
                observed(context, transport),
                this::raggedEof,
                milestones(context, () -> addresses));
    }

    private Milestones milestones(TlsContext asked, Supplier<Addresses> addresses) {
        Optional<TlsTrace> trace = asked.callbacks().trace();
        return trace.isPresent() ? new ConnectionTrace(this, trace.get(), addresses) : Milestones.NONE;
    }

    private static Transport observed(TlsContext context, Transport transport) {
        Optional<HandshakeObserver> observer = context.callbacks().handshakeObserver();
        return observer.isPresent()
                ? new ObservedTransport(
                        transport,
                        message -> Bystander.tell(() -> observer.get().observed(message)))
                : transport;
    }

    private ConnectionCore.RaggedEof raggedEof() {
        return settings.inForce().options().suppressRaggedEofs()
                        || context.settings().protocol().ignoresUnexpectedEof()
                ? ConnectionCore.RaggedEof.END_OF_DATA
                : ConnectionCore.RaggedEof.ERROR;
    }

    private Endpoint accept(ServerNameCallback.Asked asked, ClientHello hello) throws TlsException {
        requestedName = hello.serverName();
        offered = List.copyOf(hello.cipherSuites().stream()
                .flatMap(id -> CipherTable.byId(id).stream())
                .distinct()
                .collect(Collectors.toList()));
        peerSchemes = List.copyOf(
                hello.signatureSchemes().stream().distinct().limit(MAX_SCHEMES).collect(Collectors.toList()));
        ConnectionSettings own = settings.use();
        own.requireMatch(hello);
        ServerContext answering = asked.context().choose(hello, asked);
        context = answering;
        return known(answering.endpoint(hello, own));
    }

    private Endpoint known(Endpoint endpoint) {
        authentication = Optional.of(endpoint.authentication());
        session = Optional.of(endpoint.session());
        if (sessionForgotten) {
            endpoint.session().dropped();
        }
        return endpoint;
    }

    ConnectionCore core() {
        return core;
    }

    PendingSettings settings() {
        return settings;
    }

    TlsContext context() {
        return context;
    }

    boolean serverSide() {
        return role == Role.SERVER;
    }

    Optional<String> serverName() {
        return role == Role.SERVER
                ? requestedName
                : settings.inForce().options().serverName().map(Object::toString);
    }

    /** The name that the client sends, or has sent. */
    Optional<String> requestedName() {
        return role == Role.SERVER ? requestedName : settings.inForce().indicatedName();
    }

    /** What a client accepts signatures by; nobody on a client. */
    List<SignatureScheme> peerSchemes() {
        return peerSchemes;
    }

    /** More than there are. */
    private static final int MAX_SCHEMES = 64;

    boolean handshakeComplete() {
        return core.facts().isPresent();
    }

    ConnectionInfo info() {
        HandshakeFacts facts = facts();
        Negotiated negotiated = facts.negotiated();
        ConnectionInfo.Builder info = ConnectionInfo.builder(
                        context.provider().name(), negotiated.version(), context.cipher(negotiated.cipherSuite()))
                .sessionReused(negotiated.resumed())
                .sessionId(facts.session().id())
                .localChain(facts.localChain())
                .fipsApproved(negotiated.fipsApproved());
        negotiated.group().ifPresent(info::namedGroup);
        negotiated.signatureScheme().ifPresent(info::signatureScheme);
        negotiated.applicationProtocol().ifPresent(info::applicationProtocol);
        serverName().ifPresent(info::serverName);
        return info.build();
    }

    Optional<CertificateInfo> peerCertificate() {
        List<X509Certificate> chain = facts().peerChain();
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        CertificateInfo info = CertificateInfo.of(chain.get(0));
        return Optional.of(peerVerified() ? info : CertificateInfo.unverified(info.encoded()));
    }

    /** Whether the peer proved who it is; what it proved when a resumed session began was judged again. */
    boolean peerVerified() {
        return authentication.filter(PeerAuthentication::asksForCertificate).isPresent()
                && verifyResult().filter(VerifyResult::ok).isPresent();
    }

    List<X509Certificate> verifiedChain() {
        return verifyResult().filter(VerifyResult::ok).map(VerifyResult::chain).orElse(List.of());
    }

    List<X509Certificate> unverifiedChain() {
        List<X509Certificate> presented =
                authentication.map(PeerAuthentication::presentedChain).orElse(List.of());
        return presented.isEmpty() ? core.facts().map(HandshakeFacts::peerChain).orElse(presented) : presented;
    }

    Optional<VerifyResult> verifyResult() {
        return authentication.flatMap(PeerAuthentication::result);
    }

    Optional<Bytes> stapledOcspResponse() {
        return authentication.flatMap(PeerAuthentication::stapledResponse);
    }

    byte[] exportKeyingMaterial(KeyingMaterialSpec wanted) throws TlsException {
        requireExporters();
        String label = wanted.label();
        int length = wanted.length();
        // RFC 5705 section 4 has two bytes for the length of a context; HKDF makes no more than 255 blocks.
        if (length < 1 || length > MAX_EXPORT || label.isEmpty() || label.length() > MAX_LABEL) {
            throw new IllegalArgumentException("a label has 1 to " + MAX_LABEL + " characters and keying material 1 to "
                    + MAX_EXPORT + " bytes, not " + label.length() + " and " + length);
        }
        if (!label.chars().allMatch(c -> c >= 0x20 && c < 0x7f) || RESERVED_LABELS.contains(label)) {
            throw new IllegalArgumentException(
                    "a label is printable ASCII and none of those that TLS itself uses: " + RESERVED_LABELS);
        }
        if (wanted.context().filter(bytes -> bytes.size() > 0xffff).isPresent()) {
            throw new IllegalArgumentException("an exporter's context has at most 65535 bytes");
        }
        requireBoundSecrets(facts());
        return core.exportKeyingMaterial(wanted);
    }

    /**
     * RFC 7627 section 5.4: without extended_master_secret a man in the middle can make two connections have one master
     * secret, so nothing may be exported from it, and tls-unique is not (RFC 9266 section 4.2).
     */
    private static void requireBoundSecrets(HandshakeFacts facts) throws TlsException {
        if (!facts.negotiated().secretsBound()) {
            throw new TlsException(
                    ErrorReason.NO_EXTENDED_MASTER_SECRET,
                    "the peer did not negotiate extended_master_secret (RFC 7627), without which two connections may have"
                            + " the same secrets; update the peer, or use TLS 1.3");
        }
    }

    /** On every backend, although some would tell without having been asked before: a program shall not depend on it. */
    private void requireExporters() {
        new Requirements(context.provider()).require(Feature.KEYING_MATERIAL_EXPORT);
        if (!context.exporters()) {
            throw new IllegalStateException("the context keeps no secrets for exporters and channel bindings;"
                    + " build it with exporters(true)");
        }
    }

    /** RFC 9266 section 2: no context is not the same as one without bytes, and this has one. */
    private static final KeyingMaterialSpec TLS_EXPORTER =
            new KeyingMaterialSpec("EXPORTER-Channel-Binding", Optional.of(Bytes.copyOf(new byte[0])), 32);

    private static final int MAX_EXPORT = 8160;
    private static final int MAX_LABEL = 249;

    /** RFC 5705 section 4, RFC 7627 section 4: whoever exports with one of these gets what protects the connection. */
    private static final List<String> RESERVED_LABELS =
            List.of("client finished", "server finished", "master secret", "extended master secret", "key expansion");

    Optional<Bytes> channelBinding(ChannelBinding type) throws TlsException {
        if (!handshakeComplete()) {
            return Optional.empty();
        }
        return switch (type) {
            case TLS_UNIQUE -> tlsUnique();
            case TLS_SERVER_END_POINT -> {
                List<X509Certificate> servers = serverSide() ? facts().localChain() : facts().peerChain();
                yield servers.isEmpty()
                        ? Optional.empty()
                        : ServerEndPoint.of(servers.get(0), context.provider().crypto());
            }
            case TLS_EXPORTER -> Optional.of(Bytes.copyOf(exportKeyingMaterial(TLS_EXPORTER)));
        };
    }

    private Optional<Bytes> tlsUnique() throws TlsException {
        if (facts().negotiated().version().atLeast(TlsVersion.TLS_1_3)) {
            return Optional.empty(); // RFC 9266 section 1: not defined any more
        }
        new Requirements(context.provider()).require(Feature.TLS_UNIQUE);
        requireExporters();
        requireBoundSecrets(facts());
        return facts().tlsUnique();
    }

    List<CipherSuite> sharedCiphers() {
        List<CipherSuite> enabled = context.ciphers();
        return List.copyOf(offered.stream().filter(enabled::contains).collect(Collectors.toList()));
    }

    Optional<TlsSession> session() {
        if (!(context instanceof ClientContext client) || !handshakeComplete()) {
            return Optional.empty();
        }
        return client.session(
                facts(), settings.inForce().options().serverName(), core.ticketReceived(), core.ticketLifetime());
    }

    /** The context resumes the session of this connection no more; that of a handshake to come, neither. */
    void forgetSession() {
        sessionForgotten = true;
        session.ifPresent(SessionWatch::dropped);
    }

    /** Whether the handshake is complete and nothing has happened that the session must not outlive. */
    boolean sessionValid() {
        return handshakeComplete() && !core.sessionSpoilt();
    }

    private HandshakeFacts facts() {
        return core.facts().orElseThrow(() -> new IllegalStateException("the handshake is not complete"));
    }
}
