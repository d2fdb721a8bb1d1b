package io.omnitls.internal.engine;

import io.omnitls.protocol.Bytes;
import java.util.Optional;

/**
 * What its context wants to know of one connection's session.
 *
 * @param ledger counts what becomes of it
 * @param offered the id of the session that the client offers to resume, no bytes for one that goes by another name; empty when
 *     it offers none
 * @param home where the session of a TLS 1.2 server is remembered with its name
 * @param keeper who keeps a client's session for later connections
 */
public record SessionWatch(
        SessionLedger ledger,
        Optional<Bytes> offered,
        Optional<NamedSessions.Home> home,
        Optional<SessionKeeper> keeper) {

    /** A server's; in TLS 1.3 nothing depends on the name. */
    public static SessionWatch ofServer(
            SessionLedger ledger, Optional<Bytes> offered, Optional<NamedSessions.Home> home) {
        return new SessionWatch(ledger, offered, home, Optional.empty());
    }

    /** A client's. */
    public static SessionWatch ofClient(SessionLedger ledger, Optional<Bytes> offered, Optional<SessionKeeper> keeper) {
        return new SessionWatch(ledger, offered, Optional.empty(), keeper);
    }

    /** The engine has all it needs, and what it said last is about to be sent. */
    void agreed(FlightObserver observer) {
        home.ifPresent(names -> names.remember(observer.newSessionId(), observer.sentTicket()));
    }

    /** The handshake is complete, and the peer acceptable. */
    void completed(HandshakeFacts facts, FlightObserver observer) {
        ledger.completed(offered, facts, observer.ticketLifetime().isPresent());
        keeper.ifPresent(owner -> owner.completed(facts, observer.ticketLifetime()));
    }

    /** The session is not to be resumed any more. */
    public void dropped() {
        keeper.ifPresent(SessionKeeper::dropped);
    }
}
