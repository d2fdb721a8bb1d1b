package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.EnginePump.Step;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.VerifyFailure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Brings a connection from nothing to its first byte of data. Needs both directions, and excludes both. */
final class Handshaker {
    private static final String HERE = "during the handshake";

    private final ConnectionState state;
    private final RecordStream records;
    private final LastWord lastWord;

    Handshaker(ConnectionState state, LastWord lastWord) {
        this.state = state;
        this.records = state.records();
        this.lastWord = lastWord;
    }

    /** Completes the handshake; does nothing when it is complete. */
    void complete(Deadline deadline) throws IOException {
        if (state.awaitsHandshake()) {
            deadline.lock(state.handshaking());
            try {
                if (state.awaitsHandshake()) {
                    inBothDirections(deadline);
                    return;
                }
            } finally {
                state.handshaking().unlock();
            }
        }
        ConnectionState.requireNotOver(state.now());
    }

    private void inBothDirections(Deadline deadline) throws IOException {
        holding(
                state.reading(),
                deadline,
                () -> holding(state.writing(), deadline, () -> {
                    try {
                        advance(deadline);
                    } catch (SocketTimeoutException late) {
                        throw late; // nothing is lost
                    } catch (Throwable e) {
                        throw lastWord.of(e, deadline);
                    }
                }));
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void holding(ReentrantLock lock, Deadline deadline, Work work) throws IOException {
        deadline.lock(lock);
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void advance(Deadline deadline) throws IOException {
        for (; ; ) {
            Phase now = state.now();
            if (now instanceof Phase.Unstarted unstarted) {
                state.begun();
                begin(now, unstarted.opener().open(), Optional.empty());
            } else if (now instanceof Phase.AwaitingHello awaiting) {
                state.begun();
                Optional<Endpoint> endpoint = awaiting.gate().accept(records.inbound());
                requireStillWanted();
                if (endpoint.isPresent()) {
                    begin(now, endpoint.get(), Optional.of(awaiting.gate().hello()));
                } else {
                    records.receive(awaiting.gate().missing(records.inbound()), deadline, HERE);
                }
            } else if (now instanceof Phase.Handshaking handshaking) {
                Step step = handshaking.pump().handshake();
                requireStillWanted();
                if (step == Step.DONE) {
                    handshaking.endpoint().session().agreed(handshaking.pump().observer());
                }
                records.requireFlushed(deadline);
                if (step == Step.NEED_INPUT) {
                    records.receive(handshaking.pump().missing(), deadline, HERE);
                } else {
                    open(handshaking);
                }
            } else {
                ConnectionState.requireNotOver(now);
                return;
            }
        }
    }

    /** The peer hears no more of a connection that was closed by code that the engine called, or while it ran. */
    private void requireStillWanted() throws TlsException {
        if (state.closeWanted() || state.now() instanceof Phase.Closed) {
            throw ConnectionState.shutDown("the connection was closed during the handshake");
        }
    }

    private void begin(Phase before, Endpoint endpoint, Optional<ClientHello> heard) {
        EnginePump pump = new EnginePump(endpoint, records.inbound(), records.outbound());
        heard.ifPresent(pump.observer()::await);
        endpoint.session().ledger().begun();
        DroppedConnections.watch(state, pump);
        if (!state.advance(before, new Phase.Handshaking(pump, endpoint))) {
            // close() came first, and did not know of this engine
            DroppedConnections.forget(pump);
            pump.release();
        }
    }

    private void open(Phase.Handshaking handshaking) throws IOException {
        EnginePump pump = handshaking.pump();
        HandshakeFacts agreed = HandshakeFacts.of(handshaking.endpoint(), pump.observer());
        pump.observer().handshakeComplete(agreed.negotiated().version());
        try {
            requireAcceptable(agreed, handshaking.endpoint());
            requireOffered(agreed, pump.observer());
        } catch (TlsException refusal) {
            // The engine is content with the handshake, and so would the peer be.
            pump.refuse(FailureMapper.verifyFailure(refusal)
                    .map(VerifyFailure::alert)
                    .or(() -> refusal.alert().flatMap(TlsAlert::description))
                    .orElse(AlertDescription.INTERNAL_ERROR));
            throw refusal;
        }
        requireStillWanted();
        handshaking.endpoint().session().completed(agreed, pump.observer());
        state.agreedOn(agreed);
        records.open(pump, handshaking.endpoint().engine());
        state.advance(handshaking, new Phase.Open(pump, handshaking.endpoint()));
    }

    /** RFC 7301 section 3.2: a server selects what the client has offered; BC-FIPS takes whatever it says. */
    private static void requireOffered(HandshakeFacts agreed, FlightObserver observer) throws TlsException {
        Optional<String> protocol = agreed.negotiated().applicationProtocol();
        if (protocol.isPresent() && !observer.offers(protocol.get())) {
            throw Refusal.of(
                    ErrorReason.BAD_EXTENSION,
                    AlertDescription.ILLEGAL_PARAMETER,
                    "the server selected an application protocol that was not offered: " + protocol.get());
        }
    }

    private static void requireAcceptable(HandshakeFacts agreed, Endpoint endpoint) throws TlsException {
        if (endpoint.fipsRequired() && !agreed.negotiated().fipsApproved()) {
            throw new TlsException(
                    ErrorReason.NOT_FIPS_APPROVED,
                    "the handshake is complete, but not all of it was done in FIPS approved mode");
        }
        agreed.requirePeerJudged();
        if (endpoint.keyLog().isPresent()) {
            endpoint.keyLog().get().requireWritten(agreed.negotiated().version());
        }
    }
}
