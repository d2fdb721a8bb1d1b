package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.cipher.CipherTable;
import io.omnitls.internal.wire.ClientHelloParser;
import io.omnitls.internal.wire.ClientHelloRules;
import io.omnitls.internal.wire.ExtensionType;
import io.omnitls.internal.wire.HandshakeMessage;
import io.omnitls.internal.wire.KeyExchangeRules;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.internal.wire.ServerHello;
import io.omnitls.internal.wire.ServerHelloParser;
import io.omnitls.internal.wire.ServerHelloRules;
import io.omnitls.internal.wire.ServerKeyExchange;
import io.omnitls.internal.wire.ServerKeyExchangeParser;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the handshake messages that cross in the clear against each other, before the engine sees what the peer sent: backends
 * miss some of what the RFCs forbid, and call the rest by different names. What this end sends is not judged, only remembered.
 * The first ClientHello that a server gets is judged by {@link HelloGate} and its context, since the version depends on that.
 */
final class FlightRules {
    /** What a server of TLS 1.2 hears in the clear, in this order: RFC 5246 section 7.3. */
    private static final List<Integer> FROM_CLIENT = List.of(
            HandshakeMessage.CERTIFICATE, HandshakeMessage.CLIENT_KEY_EXCHANGE, HandshakeMessage.CERTIFICATE_VERIFY);

    /**
     * What a client of TLS 1.2 hears in the clear, in this order: RFC 5246 section 7.3, RFC 6066 section 8, RFC 5077 section
     * 3.3. A HelloRequest may stand anywhere.
     */
    private static final List<Integer> FROM_SERVER = List.of(
            HandshakeMessage.CERTIFICATE,
            HandshakeMessage.CERTIFICATE_STATUS,
            HandshakeMessage.SERVER_KEY_EXCHANGE,
            HandshakeMessage.CERTIFICATE_REQUEST,
            HandshakeMessage.SERVER_HELLO_DONE,
            HandshakeMessage.NEW_SESSION_TICKET);

    /** Of suites whose servers have no certificate. */
    private static final Set<String> ANONYMOUS = Set.of("auth-null", "auth-psk");

    private final Role role;
    private Optional<ClientHello> awaited = Optional.empty(); // the first one of a server, parsed before
    private Optional<ClientHello> hello = Optional.empty(); // the latest
    private Optional<ServerHello> retry = Optional.empty();
    private Optional<ServerHello> answer = Optional.empty();
    private Optional<ServerKeyExchange> exchange = Optional.empty();
    private boolean certificateSeen; // of the server, in TLS 1.2: a full handshake
    private int said = -1; // by the peer, in TLS 1.2: where the latest message stands in its order
    private boolean clientKeyExchangeSeen; // in TLS 1.2: a ChangeCipherSpec of the client may follow

    FlightRules(Role role) {
        this.role = role;
    }

    /** The server's first message is going to be this one, which needs not be parsed again. */
    void await(ClientHello first) {
        awaited = Optional.of(first);
    }

    /**
     * Judges that a message of this type comes now, as soon as its header is there.
     *
     * @throws TlsException UNEXPECTED_MESSAGE
     */
    void expect(int type) throws TlsException {
        boolean expected;
        if (role == Role.SERVER) {
            expected = hello.isEmpty() || retry.isPresent() && answer.isEmpty()
                    ? type == HandshakeMessage.CLIENT_HELLO
                    : FROM_CLIENT.indexOf(type) > said;
        } else if (type == HandshakeMessage.HELLO_REQUEST) {
            expected = true;
        } else if (answer.isEmpty()) {
            expected = type == HandshakeMessage.SERVER_HELLO;
        } else {
            expected = FROM_SERVER.indexOf(type) > said && serverMayGoOnWith(type);
        }
        if (!expected) {
            throw Refusal.of(
                    ErrorReason.UNEXPECTED_MESSAGE,
                    AlertDescription.UNEXPECTED_MESSAGE,
                    "handshake message " + type + " arrived, which has no place here");
        }
    }

    /** Whether a server of TLS 1.2 has left nothing out before a message of this type. */
    private boolean serverMayGoOnWith(int type) {
        if (type == HandshakeMessage.CERTIFICATE) {
            return true;
        }
        if (type
                == HandshakeMessage.NEW_SESSION_TICKET) { // after a whole flight, or at once where a session is resumed
            return said < 0 || FROM_SERVER.get(said) == HandshakeMessage.SERVER_HELLO_DONE;
        }
        boolean authenticated = certificateSeen
                || suite().filter(suite -> ANONYMOUS.contains(suite.auth())).isPresent();
        boolean keyed = type != HandshakeMessage.SERVER_HELLO_DONE
                || exchange.isPresent()
                || suite().filter(suite -> suite.kea().startsWith("kx-ecdhe")
                                || suite.kea().startsWith("kx-dhe"))
                        .isEmpty();
        return authenticated && keyed;
    }

    /** Judges a message of the peer. */
    void received(HandshakeMessage message) throws TlsException {
        said = Math.max(said, (role == Role.SERVER ? FROM_CLIENT : FROM_SERVER).indexOf(message.type()));
        switch (message.type()) {
            case HandshakeMessage.CLIENT_HELLO -> clientHelloReceived(message);
            case HandshakeMessage.SERVER_HELLO -> serverHelloReceived(message);
            case HandshakeMessage.CERTIFICATE -> certificateSeen |= role == Role.CLIENT;
            case HandshakeMessage.SERVER_KEY_EXCHANGE -> {
                exchange = serverKeyExchange(message);
                if (hello.isPresent() && exchange.isPresent()) {
                    KeyExchangeRules.require(hello.get(), exchange.get());
                }
            }
            case HandshakeMessage.CLIENT_KEY_EXCHANGE -> {
                clientKeyExchangeSeen = true;
                Optional<CipherSuite> suite = suite();
                if (exchange.isPresent() && suite.isPresent()) {
                    KeyExchangeRules.require(exchange.get(), suite.get(), message.body());
                }
            }
            default -> {
                // The others are the engine's.
            }
        }
    }

    private void clientHelloReceived(HandshakeMessage message) throws TlsException {
        ClientHello next =
                awaited.filter(offer -> message.isEncodedAs(offer.raw())).isPresent()
                        ? awaited.get()
                        : ClientHelloParser.parse(message);
        awaited = Optional.empty();
        if (hello.isPresent() && retry.isPresent()) {
            ClientHelloRules.requireRetried(hello.get(), retry.get(), next);
        }
        hello = Optional.of(next);
    }

    private void serverHelloReceived(HandshakeMessage message) throws TlsException {
        ServerHello next = ServerHelloParser.parse(message);
        if (hello.isPresent()) {
            ServerHelloRules.require(hello.get(), retry, next);
        }
        remember(next);
    }

    private void remember(ServerHello next) {
        if (next.helloRetryRequest() && next.tls13()) {
            retry = Optional.of(next);
        } else {
            answer = Optional.of(next);
        }
    }

    /** Remembers a message of this end. */
    void sent(HandshakeMessage message) {
        try {
            switch (message.type()) {
                case HandshakeMessage.CLIENT_HELLO -> hello = Optional.of(ClientHelloParser.parse(message));
                case HandshakeMessage.SERVER_HELLO -> remember(ServerHelloParser.parse(message));
                case HandshakeMessage.CERTIFICATE -> certificateSeen |= role == Role.SERVER;
                case HandshakeMessage.SERVER_KEY_EXCHANGE -> exchange = serverKeyExchange(message);
                default -> {
                    // Nothing of the peer's depends on it.
                }
            }
        } catch (TlsException malformed) {
            // What a backend sends is not ours to judge; the rules that need it rest.
        }
    }

    private Optional<ServerKeyExchange> serverKeyExchange(HandshakeMessage message) throws TlsException {
        Optional<CipherSuite> suite = suite();
        boolean signatureIsNamed = answer.filter(hello -> hello.selectedVersion() >= TlsVersion.TLS_1_2.wireVersion())
                .isPresent();
        return suite.isPresent()
                ? Optional.of(ServerKeyExchangeParser.parse(
                        message.body(), suite.get(), signatureIsNamed ? TlsVersion.TLS_1_2 : TlsVersion.TLS_1_1))
                : Optional.empty();
    }

    private Optional<CipherSuite> suite() {
        return answer.flatMap(hello -> CipherTable.byId(hello.cipherSuite()));
    }

    /** Whether the client has offered this protocol by ALPN; true as long as its hello was not seen. */
    boolean offers(String protocol) {
        return hello.isEmpty() || hello.get().applicationProtocols().contains(protocol);
    }

    /** What the server chose, or a HelloRetryRequest while that is all. */
    Optional<ServerHello> serverHello() {
        return answer.or(() -> retry);
    }

    /** The public facts of the key exchange of TLS 1.2. */
    Optional<ServerKeyExchange> keyExchange() {
        return exchange;
    }

    /** Whether the server showed a certificate in the clear: in TLS 1.2 a full handshake. */
    boolean certificateSeen() {
        return certificateSeen;
    }

    /** Whether the server has chosen, which in TLS 1.3 puts keys to use. */
    boolean answered() {
        return answer.isPresent();
    }

    /** Whether TLS 1.3 has been chosen. */
    boolean tls13() {
        return serverHello().filter(ServerHello::tls13).isPresent();
    }

    /** Whether TLS 1.3 has been chosen, or still may be. */
    boolean mayBeTls13() {
        return serverHello().isPresent()
                ? tls13()
                : hello.filter(offer -> offer.offers(TlsVersion.TLS_1_3)).isPresent();
    }

    /** Whether the ClientHello that was answered, or is going to be, announces 0-RTT data. */
    boolean earlyDataOffered() {
        return hello.flatMap(offer -> offer.extension(ExtensionType.EARLY_DATA)).isPresent();
    }

    /**
     * Whether the peer may change to its keys, in TLS 1.2: after its part of a full handshake, or at once where a session is
     * resumed.
     *
     * @param ownKeysInUse whether this end has done so
     */
    boolean changeCipherSpecDue(boolean ownKeysInUse) {
        return role == Role.SERVER
                ? clientKeyExchangeSeen || ownKeysInUse
                : answer.isPresent() && (ownKeysInUse || !certificateSeen && exchange.isEmpty());
    }

    /** The handshake is complete, and nothing is held against its messages any more but what the server chose. */
    void forget() {
        hello = Optional.empty();
        retry = Optional.empty();
        exchange = Optional.empty();
    }
}
