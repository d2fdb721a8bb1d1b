package io.omnitls.internal.engine;

import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.CertificateMessage;
import io.omnitls.internal.wire.ContentType;
import io.omnitls.internal.wire.HandshakeAssembler;
import io.omnitls.internal.wire.HandshakeMessage;
import io.omnitls.internal.wire.NewSessionTicket;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.internal.wire.ServerHello;
import io.omnitls.internal.wire.ServerKeyExchange;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads along in the part of a handshake that is not encrypted, and so knows what no {@code SSLEngine} tells: whether a
 * session was resumed, which group was used, which alert went out. Changes nothing; nothing that matters for security
 * may depend on it alone, since a peer decides what there is to see.
 */
final class FlightObserver {
    /** Where a client's first record has its random number: behind two headers and legacy_version. */
    private static final int RANDOM = RecordHeader.SIZE + HandshakeMessage.HEADER_SIZE + 2;

    private final Role role;
    private final FlightRules rules;
    private final ByteQueue outgoing = new ByteQueue(); // of a record that is not complete
    private final HandshakeAssembler messages = new HandshakeAssembler(); // of this end; larger ones go unobserved

    private Optional<Bytes> clientRandom = Optional.empty();
    private boolean encrypting; // behind a ChangeCipherSpec (TLS 1.2) or an application_data record (TLS 1.3)
    private volatile Optional<Duration> ticketLifetime = Optional.empty();
    private Optional<Bytes> sentTicket = Optional.empty(); // until the handshake is complete
    private Optional<HandshakeMessage> peerCertificate = Optional.empty(); // until the handshake is complete
    private volatile Optional<TlsAlert> sentAlert = Optional.empty();
    private Optional<TlsVersion> completed = Optional.empty();

    FlightObserver(Role role, FlightRules rules) {
        this.role = role;
        this.rules = rules;
    }

    /** A server's engine is going to be fed this hello. */
    void await(ClientHello first) {
        rules.await(first);
    }

    /**
     * A handshake message came in the clear, and {@link FlightRules} have nothing against its place.
     *
     * @throws TlsException when it is malformed; engines have different words for that, and alerts
     */
    void received(HandshakeMessage message) throws TlsException {
        if (message.type() == HandshakeMessage.CERTIFICATE) {
            peerCertificate = Optional.of(message);
        } else if (message.type() == HandshakeMessage.NEW_SESSION_TICKET) {
            ticketLifetime = Optional.of(NewSessionTicket.parse(message).lifetime());
        }
    }

    /** Something went out, which begins where the last ended: that may be within a record. */
    void sent(byte[] buffer, int offset, int length) {
        if (completed.isPresent() || encrypting) {
            return;
        }
        if (role == Role.CLIENT && clientRandom.isEmpty()) {
            // No engine puts less than this into its first record, and a second ClientHello has the same random.
            clientRandom = Optional.of(Bytes.copyOf(buffer, offset + RANDOM, offset + RANDOM + 32));
        }
        if (outgoing.isEmpty()) {
            int seen = sentRecords(buffer, offset, length);
            if (seen < length && !encrypting) {
                outgoing.put(ByteBuffer.wrap(buffer, offset + seen, length - seen));
            }
        } else {
            outgoing.put(ByteBuffer.wrap(buffer, offset, length));
            outgoing.skip(sentRecords(outgoing.array(), outgoing.start(), outgoing.size()));
        }
        if (encrypting) {
            outgoing.wipe(); // nothing of what follows is read
        }
    }

    /** Looks at the whole records up to the first encrypted one; how many bytes they have. */
    private int sentRecords(byte[] buffer, int offset, int length) {
        int seen = 0;
        while (length - seen >= RecordHeader.SIZE && !encrypting) {
            RecordHeader record = RecordHeader.read(buffer, offset + seen);
            if (length - seen < record.recordSize()) {
                break;
            }
            sent(record, buffer, offset + seen + RecordHeader.SIZE);
            seen += record.recordSize();
        }
        return seen;
    }

    private void sent(RecordHeader header, byte[] buffer, int body) {
        if (header.is(ContentType.CHANGE_CIPHER_SPEC)) {
            // In TLS 1.3 it is a dummy for middleboxes and changes nothing (RFC 8446 appendix D.4).
            encrypting = !rules.tls13();
        } else if (header.is(ContentType.APPLICATION_DATA)) {
            encrypting = true;
        } else if (header.is(ContentType.ALERT) && header.length() == 2 && sentAlert.isEmpty()) {
            sentAlert = Optional.of(new TlsAlert(buffer[body + 1] & 0xff, TlsAlert.Direction.SENT));
        } else if (header.is(ContentType.HANDSHAKE)) {
            messages.add(buffer, body, header.length());
            sentMessages();
        }
    }

    private void sentMessages() {
        try {
            for (Optional<HandshakeMessage> message = messages.next(); message.isPresent(); message = messages.next()) {
                rules.sent(message.get());
                if (message.get().type() == HandshakeMessage.NEW_SESSION_TICKET) {
                    NewSessionTicket ticket = NewSessionTicket.parse(message.get());
                    ticketLifetime = Optional.of(ticket.lifetime());
                    sentTicket = Optional.of(ticket.ticket());
                }
            }
        } catch (TlsException excessiveOrMalformed) {
            // Nobody who sends that is observed.
        }
    }

    /** The random number of the ClientHello that a client has sent; empty before that, and on a server. */
    Optional<Bytes> clientRandomSent() {
        return clientRandom;
    }

    /** For how long a server says a TLS 1.2 ticket is good; empty when it sent none, and in TLS 1.3. */
    Optional<Duration> ticketLifetime() {
        return ticketLifetime;
    }

    /** The ticket that this server has sent in the clear, until the handshake is complete. */
    Optional<Bytes> sentTicket() {
        return sentTicket;
    }

    /** The id of the session that a full handshake of TLS 1.2 begins; no bytes where it begins none with an id. */
    Bytes newSessionId() {
        return rules.serverHello()
                .filter(hello -> !hello.tls13() && !resumed())
                .map(ServerHello::sessionId)
                .orElse(Bytes.copyOf(new byte[0]));
    }

    /** Whether the handshake is complete. */
    boolean complete() {
        return completed.isPresent();
    }

    /** The handshake is complete: what follows is none of the observer's business, but for a renegotiation. */
    void handshakeComplete(TlsVersion version) {
        completed = Optional.of(version);
        outgoing.wipe();
        peerCertificate = Optional.empty();
        sentTicket = Optional.empty();
    }

    /** Nobody asks for the handshake any more. */
    void forget() {
        clientRandom = Optional.empty();
        rules.forget();
    }

    /**
     * What the peer presented in this handshake, its own certificate first, as the bytes that came: for when the engine
     * cannot read them. Empty where it did not, and in TLS 1.3, where that is encrypted.
     */
    List<Bytes> peerCertificates() {
        try {
            return peerCertificate.isPresent()
                    ? CertificateMessage.parse(peerCertificate.get().body())
                    : List.of();
        } catch (TlsException malformed) {
            return List.of(); // and the engine says so
        }
    }

    /** Whether the client has offered this protocol by ALPN. */
    boolean offers(String protocol) {
        return rules.offers(protocol);
    }

    /** Whether TLS 1.3 has been chosen. */
    boolean tls13() {
        return rules.tls13();
    }

    /** What the server has chosen, once that was seen, which is before the handshake is complete. */
    Optional<Chosen> chosen() {
        return rules.serverHello().flatMap(Chosen::by);
    }

    /** Whether an earlier session was resumed. */
    boolean resumed() {
        return rules.serverHello()
                .map(hello -> hello.tls13() ? hello.preSharedKey() : !rules.certificateSeen())
                .orElse(false);
    }

    /**
     * Whether the secrets depend on the whole handshake: always in TLS 1.3, by RFC 7627 in TLS 1.2, where a session keeps
     * what it began with (section 5.3). Whoever changes what is seen here breaks the Finished messages.
     */
    boolean secretsBound() {
        return rules.serverHello()
                .map(hello -> hello.tls13() || hello.extendedMasterSecret())
                .orElse(false);
    }

    /** The group of the key exchange, if it took place in the clear part. */
    Optional<NamedGroup> namedGroup() {
        return rules.tls13()
                ? rules.serverHello().flatMap(ServerHello::group)
                : rules.keyExchange().flatMap(ServerKeyExchange::group);
    }

    /** What a TLS 1.2 server signed its key exchange with; in TLS 1.3 the signature is encrypted. */
    Optional<SignatureScheme> signatureScheme() {
        return rules.keyExchange().flatMap(ServerKeyExchange::signatureScheme);
    }

    /** The first alert that went out unencrypted. */
    Optional<TlsAlert> sentAlert() {
        return sentAlert;
    }

    /**
     * Whether an alert of this end has to be encrypted by now. A TLS 1.3 client in mid-handshake need not: a server accepts
     * an unencrypted one until the client's first encrypted record, as OpenSSL does, and one that insists on encryption (RFC
     * 8446 section 5) ends the connection as well.
     */
    boolean encrypting() {
        return encrypting || completed.isPresent() || role == Role.SERVER && rules.tls13() && rules.answered();
    }

    /** Whether this end has sent nothing encrypted, although it may have the keys: a TLS 1.3 client in mid-handshake. */
    boolean nothingEncryptedSent() {
        return role == Role.CLIENT && !encrypting && completed.isEmpty();
    }
}
