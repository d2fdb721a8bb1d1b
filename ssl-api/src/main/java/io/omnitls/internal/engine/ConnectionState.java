package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsSyscallException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the parts of one connection share: its phase, its records, and who may touch them. Locks are always taken in the
 * order handshaking, reading, writing.
 */
final class ConnectionState {
    private final RecordStream records;
    private final Milestones milestones;
    private final ReentrantLock handshaking = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();

    // No AtomicReference: what comes out of one is checked to be a Phase each time, which for an interface is a search.
    private static final AtomicReferenceFieldUpdater<ConnectionState, Phase> PHASE =
            AtomicReferenceFieldUpdater.newUpdater(ConnectionState.class, Phase.class, "phase");

    private volatile Phase phase;
    private volatile Optional<HandshakeFacts> facts = Optional.empty();
    private volatile boolean closeWanted; // by a callback: a wish, while the phase goes on
    private volatile boolean
            sessionSpoilt; // stays when the connection that has failed is closed, which is another phase

    ConnectionState(Phase first, RecordStream records, Milestones milestones) {
        this.phase = first;
        this.records = records;
        this.milestones = milestones;
    }

    RecordStream records() {
        return records;
    }

    /** Held in a handshake, so that waiting for one is not waiting for what its thread reads after it. */
    ReentrantLock handshaking() {
        return handshaking;
    }

    /** Guards the inbound half. */
    ReentrantLock reading() {
        return reading;
    }

    /** Guards the outbound half. */
    ReentrantLock writing() {
        return writing;
    }

    /** What the handshake agreed on; empty until it is complete, and kept after the end. */
    Optional<HandshakeFacts> facts() {
        return facts;
    }

    void agreedOn(HandshakeFacts agreed) {
        facts = Optional.of(agreed);
    }

    Phase now() {
        return phase;
    }

    /** Goes on to {@code next} unless another thread has gone on from {@code before} meanwhile. */
    boolean advance(Phase before, Phase next) {
        boolean advanced = PHASE.compareAndSet(this, before, next);
        if (advanced && next instanceof Phase.Open) {
            milestones.completed();
        } else if (advanced && next instanceof Phase.Ended) {
            milestones.ended(Optional.empty());
        }
        return advanced;
    }

    /** The handshake is wanted. */
    void begun() {
        milestones.begun();
    }

    /** Gives the transport up; what the peer has ended too stays ended. */
    void closed() {
        Phase before =
                PHASE.getAndUpdate(this, now -> now instanceof Phase.Ended ? now : new Phase.Closed(now.lastLive()));
        if (before instanceof Phase.Opening) {
            milestones.failed(shutDown("the connection was closed during the handshake"));
        } else if (before instanceof Phase.Live) {
            milestones.ended(Optional.empty());
        }
    }

    /** Makes {@code failure} the last word unless there was one; returns what to throw. */
    TlsException failed(TlsException failure) {
        Phase before = PHASE.getAndUpdate(this, now -> over(now) ? now : new Phase.Failed(failure, now.lastLive()));
        if (before instanceof Phase.Failed failed && failed.failure() != failure) {
            return failed.failure().again();
        }
        if (over(before)) {
            return failure;
        }
        if (facts.isEmpty() || spoilsSession(failure)) {
            sessionSpoilt = true;
            before.lastLive().ifPresent(live -> live.endpoint().session().dropped());
        }
        if (before instanceof Phase.Opening) {
            milestones.failed(failure);
        } else {
            milestones.ended(Optional.of(failure));
        }
        return failure;
    }

    private static boolean over(Phase now) {
        return now instanceof Phase.Closed || now instanceof Phase.Ended || now instanceof Phase.Failed;
    }

    /**
     * RFC 5246 section 7.2.2, RFC 8446 section 6: after a fatal alert the session is not resumed. That the transport has
     * ended or failed says nothing about it (RFC 5246 section 7.2.1).
     */
    private static boolean spoilsSession(TlsException failure) {
        return !(failure instanceof TlsEofException || failure instanceof TlsSyscallException);
    }

    /** Whether the connection has failed so that its session cannot be trusted any more. */
    boolean sessionSpoilt() {
        return sessionSpoilt;
    }

    /** Whether the handshake has yet to be completed. Asked for each record: comparing with a class costs less than with an interface. */
    boolean awaitsHandshake() {
        Phase now = now();
        return !(now instanceof Phase.Open) && now instanceof Phase.Opening;
    }

    /** The phase with its engine. */
    Phase.Live requireLive() throws TlsException {
        Phase now = now();
        if (now instanceof Phase.Open open) {
            return open;
        }
        if (now instanceof Phase.Live live) {
            return live;
        }
        requireNotOver(now);
        throw shutDown(now instanceof Phase.Ended ? "both ends have sent close_notify" : "the handshake has not begun");
    }

    /** Nothing but {@link Phase.Failed} and {@link Phase.Closed} stands in the way. */
    static void requireNotOver(Phase now) throws TlsException {
        if (now instanceof Phase.Failed failed) {
            throw failed.failure().again(); // whoever is thrown twice may be told to suppress itself
        }
        if (now instanceof Phase.Closed) {
            throw shutDown("the connection is closed");
        }
    }

    static TlsException shutDown(String why) {
        return new TlsException(ErrorReason.PROTOCOL_IS_SHUTDOWN, why);
    }

    /**
     * Whether this thread is inside an operation of this connection already: it is in code of the application that the
     * operation called.
     */
    boolean inCallback() {
        return handshaking.isHeldByCurrentThread()
                || reading.isHeldByCurrentThread()
                || writing.isHeldByCurrentThread();
    }

    void wantClose() {
        closeWanted = true;
    }

    boolean closeWanted() {
        return closeWanted;
    }

    void closeDone() {
        closeWanted = false;
    }
}
