package io.omnitls;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.engine.ConnectionCore;
import io.omnitls.internal.engine.Endpoint;
import io.omnitls.internal.engine.HandshakeFacts;
import io.omnitls.internal.engine.Transport;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ChannelBinding;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A connection's core together with the context it belongs to: the half of {@link TlsConnection} that does not depend
 * on what carries the records.
 */
final class ContextConnection {
    private final ConnectionCore core;
    private final Role role;
    private final ConnectionOptions options;

    /** On a server the ClientHello decides it; until then it is the context that was asked. */
    private volatile TlsContext context;

    private volatile Optional<PeerAuthentication> authentication = Optional.empty();

    // Of the ClientHello only this much is kept: all of it would be megabytes, as long as a hostile client likes.
    private volatile Optional<String> requestedName = Optional.empty();
    private volatile List<CipherSuite> offered = List.of();

    /** A client that says whom it wants to reach, and speaks first. */
    ContextConnection(ClientContext context, ConnectionOptions options, Transport transport) {
        this.context = context;
        this.role = Role.CLIENT;
        this.options = options;
        this.core = ConnectionCore.client(() -> known(context.endpoint(options)), transport, this::raggedEof);
    }

    /** A server, which hears the ClientHello first. */
    ContextConnection(ServerContext context, ConnectionOptions options, Transport transport) {
        this.context = context;
        this.role = Role.SERVER;
        this.options = options;
        this.core = ConnectionCore.server(hello -> accept(context, hello), transport, this::raggedEof);
    }

    private ConnectionCore.RaggedEof raggedEof() {
        return options.suppressRaggedEofs() || context.settings().ignoresUnexpectedEof()
                ? ConnectionCore.RaggedEof.END_OF_DATA
                : ConnectionCore.RaggedEof.ERROR;
    }

    private Endpoint accept(ServerContext asked, ClientHello hello) throws TlsException {
        requestedName = hello.serverName();
        offered = hello.cipherSuites().stream()
                .flatMap(id -> CipherTable.byId(id).stream())
                .distinct()
                .toList();
        ServerContext answering = asked.choose(hello);
        context = answering;
        return known(answering.endpoint(hello));
    }

    private Endpoint known(Endpoint endpoint) {
        authentication = Optional.of(endpoint.authentication());
        return endpoint;
    }

    ConnectionCore core() {
        return core;
    }

    TlsContext context() {
        return context;
    }

    boolean serverSide() {
        return role == Role.SERVER;
    }

    Optional<String> serverName() {
        return role == Role.SERVER ? requestedName : options.serverName().map(Object::toString);
    }

    boolean handshakeComplete() {
        return core.facts().isPresent();
    }

    ConnectionInfo info() {
        HandshakeFacts facts = facts();
        return new ConnectionInfo(
                context.provider().name(),
                facts.version(),
                context.cipher(facts.cipherSuite()),
                facts.group(),
                facts.signatureScheme(),
                facts.applicationProtocol(),
                serverName(),
                facts.resumed(),
                facts.sessionId(),
                facts.localChain(),
                facts.fipsApproved());
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
        return context.verifyMode() != VerifyMode.NONE
                && verifyResult().filter(VerifyResult::ok).isPresent();
    }

    List<X509Certificate> verifiedChain() {
        return context.verifyMode() == VerifyMode.NONE
                ? List.of()
                : verifyResult()
                        .filter(VerifyResult::ok)
                        .map(VerifyResult::chain)
                        .orElse(List.of());
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

    byte[] exportKeyingMaterial(String label, Optional<Bytes> exporterContext, int length) throws TlsException {
        requireExporters();
        // RFC 5705 section 4 has two bytes for the length of a context; HKDF makes no more than 255 blocks.
        if (length < 1 || length > MAX_EXPORT || label.isEmpty() || label.length() > MAX_LABEL) {
            throw new IllegalArgumentException("a label has 1 to " + MAX_LABEL + " characters and keying material 1 to "
                    + MAX_EXPORT + " bytes, not " + label.length() + " and " + length);
        }
        if (!label.chars().allMatch(c -> c >= 0x20 && c < 0x7f) || RESERVED_LABELS.contains(label)) {
            throw new IllegalArgumentException(
                    "a label is printable ASCII and none of those that TLS itself uses: " + RESERVED_LABELS);
        }
        if (exporterContext.filter(bytes -> bytes.size() > 0xffff).isPresent()) {
            throw new IllegalArgumentException("an exporter's context has at most 65535 bytes");
        }
        facts();
        return core.exportKeyingMaterial(label, exporterContext, length);
    }

    /** On every backend, although some would tell without having been asked before: a program shall not depend on it. */
    private void requireExporters() {
        new Requirements(context.provider()).require(Feature.KEYING_MATERIAL_EXPORT);
        if (!context.exporters()) {
            throw new IllegalStateException("the context keeps no secrets for exporters and channel bindings;"
                    + " build it with exporters(true)");
        }
    }

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
            case TLS_EXPORTER ->
                Optional.of(Bytes.copyOf(
                        exportKeyingMaterial("EXPORTER-Channel-Binding", Optional.of(Bytes.copyOf(new byte[0])), 32)));
        };
    }

    private Optional<Bytes> tlsUnique() {
        if (facts().version().atLeast(TlsVersion.TLS_1_3)) {
            return Optional.empty(); // RFC 9266 section 1: not defined any more
        }
        new Requirements(context.provider()).require(Feature.TLS_UNIQUE);
        requireExporters();
        return facts().tlsUnique();
    }

    List<CipherSuite> sharedCiphers() {
        List<CipherSuite> enabled = context.ciphers();
        return offered.stream().filter(enabled::contains).toList();
    }

    Optional<TlsSession> session() {
        if (!(context instanceof ClientContext client) || !handshakeComplete() || !client.resumes(facts().version())) {
            return Optional.empty();
        }
        return facts().session()
                .map(handle -> new TlsSession(
                        client, options.serverName(), handle, facts(), core.ticketReceived(), core.ticketLifetime()));
    }

    private HandshakeFacts facts() {
        return core.facts().orElseThrow(() -> new IllegalStateException("the handshake is not complete"));
    }
}
